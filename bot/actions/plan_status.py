"""Telling what is in a plan: how far each stage is, and the answers in short."""

from __future__ import annotations

from bot.actions.plan_place import quote, stage_buttons, stage_slots
from bot.actions.stage_view import gap_buttons, tell_gap
from bot.actions.turn import Button, Event, Turn, button
from knowledge.model import Stage
from knowledge.stage_search import label_of
from learning import plan
from learning.plan import StageStatus
from learning.plan_gaps import find_gap

SHORT_LIMIT_WORDS = 8
CHANGES_OFFERED = 6
OPEN = "still open"  # in words: a dash is nothing to a screen reader


def tell_status(turn: Turn) -> list[Event]:
    """Tell how far each stage is, the answers of the present one in short, and who is missing."""
    found = turn.parts.plan.where(turn.learner_id)
    if found is None:
        return _tell_no_plan(turn)
    project, answers = found
    stages = turn.parts.knowledge.stages
    status = plan.status_of(stages, answers)
    gap = find_gap(stages, answers)
    present = stages.get(project.stage_id)
    is_present = present is not None and any(answers.get(one) for one in plan.ids_of(present))
    buttons = (gap_buttons(turn, gap) if gap else []) + _status_buttons(status)
    turn.say(
        "utter_plan_status",
        [] if gap or is_present else buttons,
        name=quote(project.name),
        answered=sum(len(one.answered) for one in status),
        total=sum(len(one.answered) + len(one.still_open) for one in status),
        lines="\n".join(_line(one) for one in status),
        image=turn.parts.gallery.plan_picture(turn.learner_id, project.id),
    )
    if present and is_present:
        turn.say("utter_plan_stage", [] if gap else buttons, **_stage_values(present, answers))
    if gap:
        tell_gap(turn, gap, buttons)
    return stage_slots()


def tell_status_of_stage(turn: Turn, stage: Stage) -> list[Event]:
    """Tell the answers of a stage in short, each with a button to change it."""
    found = turn.parts.plan.where(turn.learner_id)
    if found is None:
        return _tell_no_plan(turn)
    answers = found[1]
    buttons = [
        button(f"{'Change' if answers.get(one) else 'Answer'}: {label_of(question)}", "edit_plan", question_id=one)
        for question, one in zip(stage.questions, plan.ids_of(stage), strict=True)
    ]
    turn.say("utter_plan_stage", [*buttons, button("My plan", "show_plan")], **_stage_values(stage, answers))
    return stage_slots()


def tell_which_answer(turn: Turn) -> list[Event]:
    """Let a person choose the answer to change, the latest first."""
    found = turn.parts.plan.where(turn.learner_id)
    if found is None:
        return _tell_no_plan(turn)
    stages = turn.parts.knowledge.stages
    named = [(one, at) for one in reversed(found[1]) if (at := plan.question_at(stages, one))]
    if not named:
        turn.say("utter_plan_empty", [button("To the questions", "start_roadmap")])
        return stage_slots()
    buttons = [
        button(f"{stage.title}: {label_of(question)}", "edit_plan", question_id=one)
        for one, (stage, question) in named[:CHANGES_OFFERED]
    ]
    more = [button("Name of the project", "edit_plan", move="rename"), button("My plan", "show_plan")]
    turn.say("utter_edit_which", [*buttons, *more])
    return stage_slots()


def _tell_no_plan(turn: Turn) -> list[Event]:
    turn.say("utter_no_plan", [button("Plan my own project", "start_roadmap"), button("Take a lesson", "start_course")])
    return []


def _status_buttons(status: list[StageStatus]) -> list[Button]:
    begun = [button(f"See {one.stage.title}", "show_plan", stage_id=one.stage.id) for one in status if one.answered]
    fresh = stage_buttons([one for one in status if not one.answered][:2])
    ways = [button("As a document", "export_plan"), button("Change an answer", "edit_plan")] if begun else []
    return [
        button("Go on", "start_roadmap"),
        *begun,
        *fresh,
        *ways,
        button("Other projects", "start_roadmap", move="projects"),
    ]


def _line(status: StageStatus) -> str:
    total = len(status.answered) + len(status.still_open)
    return f"- **{status.stage.title}**: {len(status.answered)} of {total}"


def _stage_values(stage: Stage, answers: dict[str, str]) -> dict[str, object]:
    ids = plan.ids_of(stage)
    lines = [
        f"- **{label_of(question)}**: {quote(answers[one], SHORT_LIMIT_WORDS) if answers.get(one) else OPEN}"
        for question, one in zip(stage.questions, ids, strict=True)
    ]
    answered = sum(1 for one in ids if answers.get(one))
    return {"stage": stage.title, "answered": answered, "total": len(ids), "lines": "\n".join(lines)}
