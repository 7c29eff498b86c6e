"""What is told of a move in a lesson or a sitting, and what the move leaves behind in the records."""

from __future__ import annotations

from dataclasses import asdict

from knowledge.model import Item, Lesson
from learning import walk
from learning.editions import Edit, edition_of, find_edit, outline
from learning.grading import Outcome
from learning.repetition import schedule
from learning.repetition_records import RepetitionRecords
from learning.sitting import REPETITION
from learning.store import Payload, Records
from learning.sureness import Sureness
from learning.walk import Place


def show(records: Records, lesson: Lesson, place: Place, *, entered: str = "") -> Payload:
    """Store a place and tell its step; at the end of a lesson or a sitting, its score."""
    records.keep_place(place)
    shown = told("step" if walk.step_at(lesson, place) else "summary", lesson, place)
    if shown["kind"] == "summary" and lesson.id == REPETITION:
        sitting = RepetitionRecords(records).sitting()
        assert sitting is not None, "a sitting that is walked is stored"
        shown |= score(lesson, records.outcomes(REPETITION, sitting.begun_at)) | {"kind": "sitting_over"}
        leave_sitting(records)
    elif shown["kind"] == "summary":
        shown |= score(lesson, records.outcomes(lesson.id))
    return {**shown, "is_opening": entered == "new", "is_resumed": entered == "again"}


def find_place(records: Records, lesson: Lesson, known: Place) -> tuple[Place, Edit | None]:
    """Find a stored place in the lesson as it is now, and what an author changed since; of a sitting, nothing."""
    if known.version == lesson.version:
        return known, None
    before = edition_of(records.connection, lesson.id, known.version)
    settled = walk.settle(lesson, known, before)
    edit = find_edit(before, outline(lesson), known.key) if lesson.id != REPETITION else None
    return settled, edit


def with_edit(outcome: Payload, edit: Edit | None) -> Payload:
    """Add to an outcome what an author changed since the learner was last there."""
    return {**outcome, "edit": asdict(edit)} if edit else outcome


def leave_sitting(records: Records) -> None:
    """Make the lesson that the learner was in before a sitting the current one."""
    lessons = (place.lesson_id for place in records.places() if place.lesson_id != REPETITION)
    records.keep_current(next(lessons, None))


def told(kind: str, lesson: Lesson, place: Place) -> Payload:
    """Say what happened, and where; of a sitting also which items it holds."""
    items = {"item_ids": [item.id for item in lesson.items]} if lesson.id == REPETITION else {}
    return {"kind": kind, "lesson_id": lesson.id, "place": asdict(place), **items}


def plan_repetition(records: Records, item: Item, outcome: Outcome, sureness: Sureness | None) -> None:
    """Put an item on the list of those that come back, or move its day, after its first answer."""
    repetitions = RepetitionRecords(records)
    known = repetitions.schedule(item.id)
    planned = schedule(item, outcome, sureness, records.today(), known)
    if planned and planned != known:
        repetitions.keep(planned)


def score(lesson: Lesson, outcomes: dict[str, list[str]]) -> Payload:
    """Count the items of a lesson: right at the first try, right in the end, answered, all."""
    tries = [outcomes.get(item.id, []) for item in lesson.items]
    return {
        "right_first": sum(1 for one in tries if one[:1] == ["right"]),
        "right": sum(1 for one in tries if "right" in one),
        "answered": sum(1 for one in tries if one),
        "items": len(tries),
    }
