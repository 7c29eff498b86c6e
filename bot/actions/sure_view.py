"""Asking how sure a person is, and what is said when they were sure, or not, and right, or not."""

from __future__ import annotations

from bot.actions.lesson_place import item_at, place_slots, progress
from bot.actions.turn import Event, Turn, button
from knowledge.model import Lesson
from learning.ordering import letters
from learning.store import Payload
from telling.bubbles import join_names

TITLES = {"sure": "Sure", "unsure": "Not sure", "guess": "A guess"}


def tell_how_sure(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    """Ask how sure the person is of the answer that waits."""
    item = item_at(lesson, outcome)
    named = {key: letter for key, letter in letters(item).items() if key in outcome["place"]["answered"]}
    turn.say(
        "utter_how_sure",
        [
            *(button(title, "answer_item", "option", item_id=item.id, sureness=key) for key, title in TITLES.items()),
            button("Rather not say", "skip_step"),
        ],
        progress=progress(lesson, outcome),
        letters=join_names(list(named.values())),
    )
    return place_slots(lesson, "item")


def graded_response(outcome: Payload, *, is_short: bool) -> str:
    """Choose what is said of an answer: by how good it is, and by how sure the person was if they were asked."""
    sureness = outcome.get("sureness")
    if sureness == "sure":
        return f"utter_sure_{outcome['outcome']}"
    if sureness == "unsure":
        return f"utter_unsure_{outcome['outcome']}"
    if sureness == "guess":
        return f"utter_guess_{outcome['outcome']}"
    return "utter_graded_short" if is_short else f"utter_graded_{outcome['outcome']}"
