"""Telling a learner what happened in their lesson."""

from __future__ import annotations

from bot.actions.card_view import tell_card
from bot.actions.item_view import NEXT, tell_answer_first, tell_graded, tell_hint, tell_item, tell_picked
from bot.actions.lesson_place import item_at, place_slots, progress
from bot.actions.order_view import tell_arranged, tell_graded_order, tell_not_whole
from bot.actions.repetition_view import (
    tell_not_practising,
    tell_nothing_due,
    tell_sitting_opening,
    tell_sitting_over,
    tell_stopped,
)
from bot.actions.sure_view import tell_how_sure
from bot.actions.turn import Button, Event, Turn, button
from knowledge.model import Card, Lesson
from learning.notebook import excerpt
from learning.plan import first_open
from learning.sitting import REPETITION, as_lesson
from learning.store import Payload

EARLIER_LIMIT_CHARS = 120


def tell_outcome(turn: Turn, outcome: Payload) -> list[Event]:
    """Say an outcome of ``learning.lessons`` and set where the conversation is."""
    kind = outcome["kind"]
    if kind in _TELLERS_WITHOUT_PLACE:
        return _TELLERS_WITHOUT_PLACE[kind](turn, outcome)
    lesson = _lesson_of(turn, outcome)
    return _TELLERS[kind](turn, lesson, outcome) if lesson else _tell_no_lesson(turn, outcome)


def _lesson_of(turn: Turn, outcome: Payload) -> Lesson | None:
    """Return the lesson that an outcome is about; of a sitting, its items as a lesson."""
    knowledge = turn.parts.knowledge
    if outcome["lesson_id"] == REPETITION:
        return as_lesson(knowledge, outcome["item_ids"])
    return knowledge.lessons.get(outcome["lesson_id"])


def _tell_no_lesson(turn: Turn, outcome: Payload) -> list[Event]:
    turn.say("utter_no_lesson", [button("Take the first lesson", "start_course"), button("Ask a question", "ask_help")])
    return []


def _tell_step(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    number = outcome["place"]["number"]
    if outcome.get("is_resumed"):
        turn.say("utter_resumed", lesson=lesson.title, number=number + 1, total=len(lesson.steps))
    elif outcome.get("is_opening") and lesson.id == REPETITION:
        tell_sitting_opening(turn, outcome)
    elif outcome.get("is_opening"):
        _tell_opening(turn, lesson)
    step = lesson.steps[number]
    if isinstance(step, Card) and step.kind == "reflect" and not outcome.get("is_resumed"):
        _tell_earlier(turn, lesson, step)
    return tell_card(turn, lesson, outcome, step) if isinstance(step, Card) else tell_item(turn, lesson, outcome)


def _tell_opening(turn: Turn, lesson: Lesson) -> None:
    """Say what a lesson is for, and what the person wrote in an earlier lesson of its theme."""
    aim = lesson.objective[0].lower() + lesson.objective[1:]
    note = turn.parts.notebook.earlier(turn.learner_id, lesson.id, same_lesson=False)
    titles = {plan.id: plan.title for plan in turn.parts.knowledge.course.lessons}
    turn.say(
        "utter_lesson_opening_wrote" if note else "utter_lesson_opening",
        lesson=lesson.title,
        objective=aim,
        minutes=lesson.minutes,
        earlier=titles.get(note.lesson_id, "") if note else "",
        note=excerpt(note.text, EARLIER_LIMIT_CHARS) if note else "",
    )


def _tell_earlier(turn: Turn, lesson: Lesson, card: Card) -> None:
    """Show at a reflection what the person wrote at the one before, in the same lesson."""
    note = turn.parts.notebook.earlier(turn.learner_id, lesson.id, same_lesson=True)
    if note and note.keep_as != card.keep_as:
        turn.say("utter_earlier_wrote", note=excerpt(note.text, EARLIER_LIMIT_CHARS))


def _tell_picked(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    is_order = item_at(lesson, outcome).kind == "put in order"
    return (tell_arranged if is_order else tell_picked)(turn, lesson, outcome)


def _tell_graded(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    is_order = item_at(lesson, outcome).kind == "put in order"
    return (tell_graded_order if is_order else tell_graded)(turn, lesson, outcome)


def _tell_no_item(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    turn.say("utter_no_item", [NEXT, button("To the questions", "start_quiz")], progress=progress(lesson, outcome))
    return []


def _tell_first_step(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    turn.say("utter_first_step", [NEXT], progress=progress(lesson, outcome))
    return []


def _tell_stale(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    turn.say("utter_stale_button", [button("Show me where I am", "repeat_card")], progress=progress(lesson, outcome))
    return []


def _tell_noted(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    turn.say("utter_noted", [NEXT, button("My notes", "show_notes")], progress=progress(lesson, outcome))
    return place_slots(lesson, "card")


def _tell_summary(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    turn.say(
        "utter_summary",
        sources=(),
        progress=progress(lesson, outcome),
        lesson=lesson.title,
        summary=lesson.summary,
    )
    ready = [one for one in turn.parts.knowledge.course.lessons if one.id in turn.parts.knowledge.lessons]
    position = next((n for n, one in enumerate(ready) if one.id == lesson.id), len(ready))
    following = ready[position + 1 : position + 2]
    buttons = [button(f"Next lesson: {one.title}", "choose_lesson", lesson_id=one.id) for one in following]
    if not following:
        buttons = [button("Plan my own project", "start_roadmap"), button("Take another lesson", "start_course")]
    if outcome["answered"] < outcome["items"]:
        buttons.append(button("The questions I skipped", "start_quiz"))
    buttons += _apply_button(turn, lesson)
    buttons += [button("My progress", "ask_progress"), button("Ask a question", "ask_help")]
    response = "utter_score" if outcome["answered"] else "utter_score_none"
    turn.say(response, buttons, **{key: outcome[key] for key in ("right_first", "right", "answered", "items")})
    return place_slots(lesson, "summary")


def _apply_button(turn: Turn, lesson: Lesson) -> list[Button]:
    """Make the button that leads from a lesson to a stage of the Roadmap, one with open questions if there is one."""
    found = turn.parts.plan.where(turn.learner_id)
    answers = found[1] if found else {}
    listing = [stage for stage in turn.parts.knowledge.stages.values() if lesson.id in stage.lessons]
    fitting = sorted(listing, key=lambda stage: first_open(stage, answers) is None)
    return [button("Apply this to my project", "choose_stage", stage_id=one.id) for one in fitting[:1]]


_TELLERS = {
    "step": _tell_step,
    "summary": _tell_summary,
    "picked": _tell_picked,
    "graded": _tell_graded,
    "not_whole": tell_not_whole,
    "hint": tell_hint,
    "answer_first": tell_answer_first,
    "no_item": _tell_no_item,
    "first_step": _tell_first_step,
    "stale": _tell_stale,
    "noted": _tell_noted,
    "how_sure": tell_how_sure,
    "sitting_over": tell_sitting_over,
}
_TELLERS_WITHOUT_PLACE = {
    "no_lesson": _tell_no_lesson,
    "nothing_due": tell_nothing_due,
    "stopped": tell_stopped,
    "not_practising": tell_not_practising,
}
