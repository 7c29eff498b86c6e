"""Telling what happened in a plan: a question, the end of a stage, the stages to choose from."""

from __future__ import annotations

from bot.actions.plan_place import (
    found_at,
    interview_slots,
    progress,
    question_buttons,
    quote,
    stage_buttons,
    stage_slots,
    statuses,
)
from bot.actions.stage_view import tell_stage_end
from bot.actions.turn import Event, Turn, button
from knowledge.model import Stage
from learning.store import Payload
from telling.cards import Bubble
from telling.stages import example_bubble, help_bubble, note_on_help, opening_bubble, question_bubble


def tell_plan(turn: Turn, outcome: Payload) -> list[Event]:
    """Say an outcome of ``learning.plan_walk`` and set where the conversation is."""
    return _TELLERS[outcome["kind"]](turn, outcome)


def _tell_stages(turn: Turn, outcome: Payload) -> list[Event]:
    found = statuses(turn, outcome)
    told = {
        "name": quote(outcome["project"]["name"]),
        "answered": sum(len(status.answered) for status in found),
        "total": sum(len(status.answered) + len(status.still_open) for status in found),
    }
    buttons = [
        *stage_buttons(found),
        button("My plan", "show_plan"),
        button("Other projects", "start_roadmap", move="projects"),
    ]
    if outcome.get("is_opening"):
        buttons = [*stage_buttons(found), button("Name my project", "edit_plan", move="rename")]
        turn.say("utter_plan_opening", buttons, stages=len(found))
    elif outcome.get("is_made"):
        turn.say("utter_plan_made", buttons, **told)
    elif outcome.get("is_renamed"):
        turn.say("utter_plan_renamed", buttons, **told)
    elif outcome.get("is_switched"):
        turn.say("utter_plan_switched", buttons, **told)
    else:
        turn.say("utter_plan_stages", buttons, **told)
    return stage_slots()


def _tell_question(turn: Turn, outcome: Payload) -> list[Event]:
    stage, question = found_at(turn, outcome)
    _tell_lead(turn, outcome)
    if outcome.get("is_entered"):
        opening = opening_bubble(stage)
        turn.say(opening.response, sources=stage.purpose.sources, **opening.values)
        _tell_note(turn, stage, outcome)
    question_id = outcome["project"]["question_id"]
    asked = question_bubble(stage, question, quote(outcome["before"]))
    buttons = question_buttons(stage, question_id)
    turn.say(asked.response, buttons, progress=progress(stage, question_id), **asked.values)
    return interview_slots("plan")


def _tell_note(turn: Turn, stage: Stage, outcome: Payload) -> None:
    """Remind of what the person wrote in a lesson that belongs to the stage."""
    note = turn.parts.notebook.latest_in(turn.learner_id, stage.lessons)
    if note is None or outcome.get("is_opening"):  # then three bubbles are said already
        return
    titles = {one.id: one.title for one in turn.parts.knowledge.course.lessons}
    turn.say("utter_stage_note", lesson=titles.get(note.lesson_id, note.lesson_id), note=quote(note.text))


def _tell_lead(turn: Turn, outcome: Payload) -> None:
    """Say in a bubble of its own what came before the question."""
    if outcome.get("is_opening"):
        turn.say("utter_plan_opening", stages=len(turn.parts.knowledge.stages))
    elif outcome.get("is_twice"):
        turn.say("utter_plan_twice")
    elif outcome.get("is_changed"):
        turn.say("utter_plan_changed")
    elif outcome.get("is_kept"):
        turn.say("utter_plan_kept" if len(outcome["answered"]) == 1 else "utter_plan_kept_too")
    elif outcome.get("is_resumed"):
        turn.say("utter_plan_resumed", name=quote(outcome["project"]["name"]))
    elif outcome.get("is_first"):
        turn.say("utter_first_question")


def _tell_help(turn: Turn, outcome: Payload) -> list[Event]:
    _, question = found_at(turn, outcome)
    told = help_bubble(question)
    if note_on_help(question):
        turn.say(told.response, sources=question.sources, **told.values)
        return _tell_question(turn, {**outcome, "before": ""})
    _say_at_question(turn, outcome, told)
    return interview_slots("plan")


def _say_at_question(turn: Turn, outcome: Payload, bubble: Bubble) -> None:
    """Say something about the open question, with its buttons."""
    stage, question = found_at(turn, outcome)
    question_id = outcome["project"]["question_id"]
    buttons, at = question_buttons(stage, question_id), progress(stage, question_id)
    turn.say(bubble.response, buttons, sources=question.sources, progress=at, **bubble.values)


def _tell_example(turn: Turn, outcome: Payload) -> list[Event]:
    _say_at_question(turn, outcome, example_bubble(found_at(turn, outcome)[1]))
    return interview_slots("plan")


def tell_waiting(turn: Turn, outcome: Payload) -> list[Event]:
    """Say that the question waits for an answer in the person's own words."""
    if outcome["kind"] != "plan_question":
        return tell_plan(turn, outcome)
    stage, question = found_at(turn, outcome)
    turn.say("utter_plan_waits", question_buttons(stage, outcome["project"]["question_id"]), ask=question.ask)
    return interview_slots("plan")


def tell_name_waits(turn: Turn) -> list[Event]:
    """Say that a name is still asked for: what came was none, and nothing was changed."""
    turn.say("utter_project_name_waits", [button("Back to my plan", "start_roadmap")])
    return interview_slots(str(turn.slot("interview")))


def _tell_stale(turn: Turn, outcome: Payload) -> list[Event]:
    turn.say("utter_stale_button", [button("Back to my plan", "start_roadmap"), button("My plan", "show_plan")])
    return []


_TELLERS = {
    "plan_stages": _tell_stages,
    "plan_question": _tell_question,
    "plan_stage_end": tell_stage_end,
    "plan_help": _tell_help,
    "plan_example": _tell_example,
    "plan_stale": _tell_stale,
}
