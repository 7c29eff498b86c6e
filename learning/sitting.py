"""One sitting of repetition: items of many lessons, walked through like a lesson of their own. Pure functions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from knowledge.model import Item, Knowledge, Lesson, Place
from learning.repetition import Schedule, fingerprint, lesson_of

REPETITION = "repetition"  # the id under which a sitting has its place among the lessons
TITLE = "Practise again"
NOWHERE = Place("", 0)


@dataclass(frozen=True)
class Sitting:
    """The items of a sitting, in their order. ``begun_at`` is in UTC, without a zone."""

    item_ids: tuple[str, ...]
    begun_at: datetime


def find_item(knowledge: Knowledge, item_id: str) -> Item | None:
    """Find an item of any lesson."""
    lesson = knowledge.lessons.get(lesson_of(item_id))
    return next((item for item in lesson.items if item.id == item_id), None) if lesson else None


def as_lesson(knowledge: Knowledge, item_ids: Iterable[str]) -> Lesson | None:
    """Make a lesson of the items that still stand in the course; its steps' keys are the items' ids.

    Nobody is asked there how sure they are: once a lesson is enough.
    """
    found = [item for item_id in item_ids if (item := find_item(knowledge, item_id))]
    if not found:
        return None
    version = hashlib.sha256("".join(item.id + fingerprint(item) for item in found).encode()).hexdigest()[:12]
    steps = tuple(replace(item, key=item.id, asks_sure=False) for item in found)
    return Lesson(REPETITION, TITLE, "", 0, (), (), steps, "", version, NOWHERE)


def is_current(knowledge: Knowledge, schedule: Schedule) -> bool:
    """Tell whether the item of a schedule still stands in the course as it was answered."""
    item = find_item(knowledge, schedule.item_id)
    return item is not None and fingerprint(item) == schedule.fingerprint


def due(knowledge: Knowledge, schedules: Iterable[Schedule], today: date) -> list[Schedule]:
    """List the schedules that are due, of items that still stand in the course."""
    return [one for one in schedules if one.due_on <= today and is_current(knowledge, one)]
