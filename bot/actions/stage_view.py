"""Telling the end of a stage: how far it is, who is missing in it, what helped elsewhere, and what to read."""

from __future__ import annotations

from bot.actions.answer_view import topic_buttons
from bot.actions.plan_place import progress, stage_slots, statuses
from bot.actions.turn import Button, Event, Turn, button
from knowledge.model import Passage, Stage
from knowledge.stage_search import label_of
from learning import plan
from learning.plan_gaps import Gap, find_gap
from learning.store import Payload
from telling.stages import advice_bubble, advice_bubbles, sources_of

OFFERED_OF_A_KIND = 2
GAPS_NAMED = 4


def tell_stage_end(turn: Turn, outcome: Payload) -> list[Event]:
    """Say how far a stage is, what is missing, a few tips, and where to go from here."""
    knowledge = turn.parts.knowledge
    stage = knowledge.stages[outcome["project"]["stage_id"]]
    status = next(one for one in statuses(turn, outcome) if one.stage.id == stage.id)
    total = len(status.answered) + len(status.still_open)
    turn.say(
        "utter_stage_end_kept" if outcome.get("is_kept") else "utter_stage_end",
        progress=progress(stage, plan.ids_of(stage)[-1]),
        stage=stage.title,
        answered=len(status.answered),
        total=total,
    )
    if gap := find_gap(knowledge.stages, dict.fromkeys(outcome["answered"], "answered")):
        tell_gap(turn, gap)
    advice, sources = advice_bubble(stage)
    ways = [*_ways_on(turn, stage, outcome), *reading_buttons(turn, stage)]
    turn.say(advice.response, ways, sources=sources, **advice.values)
    return stage_slots()


def tell_gap(turn: Turn, gap: Gap, buttons: list[Button] | None = None) -> None:
    """Remark that the people who use the service are missing in a plan, or which questions about them are open."""
    found = [plan.question_at(turn.parts.knowledge.stages, one) for one in gap.still_open[:GAPS_NAMED]]
    labels = ", ".join(f"{stage.title}: *{label_of(question)}*" for stage, question in filter(None, found))
    turn.say("utter_plan_gap_whole" if gap.is_whole else "utter_plan_gap", buttons, questions=labels)


def gap_buttons(turn: Turn, gap: Gap) -> list[Button]:
    """Make a button to the first of the open questions about people."""
    found = plan.question_at(turn.parts.knowledge.stages, gap.still_open[0])
    return [button(f"Answer: {label_of(found[1])}", "edit_plan", question_id=gap.still_open[0])] if found else []


def tell_tips(turn: Turn, stage: Stage) -> list[Event]:
    """Tell all tips of a stage."""
    ways = [button("All pitfalls", "choose_stage", stage_id=stage.id, move="pitfalls")]
    return _tell_advice(turn, stage, "utter_stage_tips", stage.tips, ways)


def tell_pitfalls(turn: Turn, stage: Stage) -> list[Event]:
    """Tell all pitfalls of a stage."""
    ways = [button("All tips", "choose_stage", stage_id=stage.id, move="tips")]
    return _tell_advice(turn, stage, "utter_stage_pitfalls", stage.pitfalls, ways)


def _tell_advice(
    turn: Turn, stage: Stage, response: str, passages: tuple[Passage, ...], ways: list[Button]
) -> list[Event]:
    bubbles, sources = advice_bubbles(response, passages), sources_of(passages)
    buttons = [*ways, button(f"To the stage {stage.title}", "choose_stage", stage_id=stage.id)]
    for number, bubble in enumerate(bubbles, 1):
        reading = reading_buttons(turn, stage, len(stage.catalysts))
        ways_on = [*buttons, *reading] if number == len(bubbles) else []
        turn.say(bubble.response, ways_on, sources=sources, **bubble.values)
    return stage_slots()


def reading_buttons(turn: Turn, stage: Stage, limit: int = OFFERED_OF_A_KIND) -> list[Button]:
    """Make buttons for the lessons, the catalysts and the pilots that fit a stage, some of each kind."""
    lessons = [turn.parts.knowledge.lessons[one] for one in stage.lessons if one in turn.parts.knowledge.lessons]
    return [
        *(button(f"Lesson: {one.title}", "choose_lesson", lesson_id=one.id) for one in lessons[:limit]),
        *topic_buttons(turn, stage.catalysts)[:limit],
        *topic_buttons(turn, stage.pilots)[:limit],
    ]


def _ways_on(turn: Turn, stage: Stage, outcome: Payload) -> list[Button]:
    answers = dict.fromkeys(outcome["answered"], "answered")
    following = plan.stage_after(turn.parts.knowledge.stages, stage.id, answers)
    ways = [button(f"Next stage: {following.title}", "choose_stage", stage_id=following.id)] if following else []
    if plan.first_open(stage, answers):
        ways.append(button("The questions I skipped", "choose_stage", stage_id=stage.id))
    tips = button("All tips", "choose_stage", stage_id=stage.id, move="tips")
    pitfalls = button("All pitfalls", "choose_stage", stage_id=stage.id, move="pitfalls")
    return [*ways, button("My plan", "show_plan"), tips, pitfalls]
