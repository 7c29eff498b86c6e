"""Where an outcome of ``learning.lessons`` stands: the item it is about, the progress to show, the slots to set."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet

from bot.actions.turn import Event
from knowledge.model import Item, Lesson
from learning.store import Payload


def item_at(lesson: Lesson, outcome: Payload) -> Item:
    """Return the item that an outcome is about."""
    step = lesson.steps[outcome["place"]["number"]]
    assert isinstance(step, Item), f"{outcome['kind']} away from an item"
    return step


def progress(lesson: Lesson, outcome: Payload) -> dict[str, Any]:
    """Return where an outcome stands in its lesson."""
    total = len(lesson.steps)
    return {"lesson": lesson.title, "done": min(outcome["place"]["number"] + 1, total), "total": total}


def place_slots(lesson: Lesson, step: str) -> list[Event]:
    """Set the slots to a step of a lesson: ``card``, ``reflect``, ``item``, ``item_done`` or ``summary``.

    What was told before is over: after a step, "tell me more" is about the step.
    """
    told = [SlotSet(name, None) for name in ("last_topic_id", "last_section", "last_facet", "last_question")]
    return [SlotSet("lesson_id", lesson.id), SlotSet("step", step), SlotSet("interview", None), *told]
