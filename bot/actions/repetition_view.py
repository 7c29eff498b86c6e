"""Telling about repetition: what is due, how a sitting begins, ends or is stopped, and when the next question comes."""

from __future__ import annotations

from datetime import date

from rasa_sdk.events import SlotSet

from bot.actions.answer_view import way_to_lesson
from bot.actions.lesson_place import place_slots
from bot.actions.turn import Button, Event, Turn, button
from knowledge.model import Lesson
from learning.repetition import SITTING_LIMIT_ITEMS
from learning.store import Payload

NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
PRACTISE = button("Practise what is due", "start_repetition")
PROGRESS = button("My progress", "ask_progress")


def in_words(number: int) -> str:
    """Write a small number as a word that begins a sentence."""
    return (NUMBERS[number] if number < len(NUMBERS) else str(number)).capitalize()


def say_due(turn: Turn, count: int, buttons: list[Button]) -> None:
    """Say how many questions are due today."""
    turn.say("utter_due_one" if count == 1 else "utter_due_some", buttons, count=in_words(count))


def tell_sitting_opening(turn: Turn, outcome: Payload) -> None:
    """Say what is waiting; that a question changed or left the course is told, too."""
    if outcome["dropped"]:
        turn.say("utter_repetition_dropped")
    due = outcome["due"]
    response = "utter_repetition_one" if due == 1 else "utter_repetition_some"
    turn.say(
        "utter_repetition_many" if due > SITTING_LIMIT_ITEMS else response,
        count=in_words(due),
        limit=in_words(SITTING_LIMIT_ITEMS).lower(),
    )


def tell_sitting_over(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    """Say how it went, and what is left."""
    left = turn.parts.repeating.count_due(turn.learner_id)
    more = [button("Go on practising", "start_repetition")] if left else []
    response = "utter_sitting_over_more" if left else "utter_sitting_over"
    counts = {key: outcome[key] for key in ("right_first", "right", "items")}
    ways = way_to_lesson(turn) or [button("Next lesson", "start_course")]
    turn.say(response, [*more, *ways, PROGRESS], left=in_words(left), **counts)
    return place_slots(lesson, "summary")


def tell_nothing_due(turn: Turn, outcome: Payload) -> list[Event]:
    """Say that nothing is due, and when the next question comes back."""
    buttons = [*(way_to_lesson(turn) or [button("Next lesson", "start_course")]), PROGRESS]
    if outcome["dropped"]:
        turn.say("utter_repetition_dropped")
    if outcome["next_on"]:
        day = date.fromisoformat(outcome["next_on"])
        turn.say("utter_nothing_due", buttons, day=f"{day:%A}, {day.day} {day:%B}")
    else:
        turn.say("utter_nothing_to_repeat", buttons)
    return []


def tell_stopped(turn: Turn, outcome: Payload) -> list[Event]:
    """Say that what is due stays due, and lead back to the lesson."""
    ways = way_to_lesson(turn) or [button("Next lesson", "start_course")]
    turn.say("utter_repetition_stopped", [*ways, button("Go on practising", "start_repetition"), PROGRESS])
    return [SlotSet("step", "none"), SlotSet("lesson_id", None)]


def tell_not_practising(turn: Turn, outcome: Payload) -> list[Event]:
    """Say that there is nothing to stop."""
    turn.say("utter_not_practising", [*way_to_lesson(turn), button("What can you do?", "ask_help")])
    return []
