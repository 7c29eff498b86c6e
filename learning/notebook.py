"""The notebook: what a person wrote in reflections, shown, changed and deleted by them alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from knowledge.model import Course
from learning import tables
from learning.store import LearningStore, Payload, Records

NOTES_ON_A_PAGE = 4


@dataclass(frozen=True)
class Note:
    """One reflection, as it was written."""

    id: int
    lesson_id: str
    keep_as: str
    text: str


class Notebook:
    """Reads and changes the notes of learners."""

    def __init__(self, course: Course, store: LearningStore) -> None:
        self._order = {plan.id: number for number, plan in enumerate(course.lessons)}
        self._theme = {plan.id: plan.theme for plan in course.lessons}
        self._store = store

    def notes(self, learner_id: str) -> list[Note]:
        """List all notes: by lesson in the order of the course, and those of a lesson as they were written."""
        return sorted(self._written(learner_id), key=lambda one: self._order.get(one.lesson_id, len(self._order)))

    def latest(self, learner_id: str) -> Note | None:
        """Return what was written last."""
        written = self._written(learner_id)
        return written[-1] if written else None

    def latest_in(self, learner_id: str, lesson_ids: Sequence[str]) -> Note | None:
        """Return what was written last in some lessons."""
        fitting = [note for note in self._written(learner_id) if note.lesson_id in lesson_ids]
        return fitting[-1] if fitting else None

    def earlier(self, learner_id: str, lesson_id: str, *, same_lesson: bool) -> Note | None:
        """Return the latest note of this lesson, or of an earlier lesson of its theme."""
        here = self._order.get(lesson_id, 0)
        fitting = [
            note
            for note in self._written(learner_id)
            if (note.lesson_id == lesson_id) == same_lesson
            and self._theme.get(note.lesson_id) == self._theme.get(lesson_id)
            and self._order.get(note.lesson_id, here) <= here
        ]
        return fitting[-1] if fitting else None

    def find(self, learner_id: str, note_id: int) -> Note | None:
        """Return one of the person's own notes."""
        return next((note for note in self._written(learner_id) if note.id == note_id), None)

    def change(self, learner_id: str, message_id: str, note_id: int, text: str) -> Payload:
        """Put a text in the place of a note."""

        def work(records: Records) -> Payload:
            change = tables.note.update().where(*_own(records, note_id)).values(text=text, changed_at=records.now)
            is_there = bool(records.connection.execute(change).rowcount)
            return {"kind": "note_changed" if is_there else "no_note", "note_id": note_id}

        return self._store.once(learner_id, message_id, work)

    def delete(self, learner_id: str, message_id: str, note_id: int) -> Payload:
        """Delete a note for good."""

        def work(records: Records) -> Payload:
            deletion = tables.note.delete().where(*_own(records, note_id))
            is_there = bool(records.connection.execute(deletion).rowcount)
            return {"kind": "note_deleted" if is_there else "no_note", "note_id": note_id}

        return self._store.once(learner_id, message_id, work)

    def _written(self, learner_id: str) -> list[Note]:
        return self._store.read(learner_id, _read_notes)


def _read_notes(records: Records) -> list[Note]:
    table = tables.note
    query = sa.select(table.c.id, table.c.lesson_id, table.c.keep_as, table.c.text).where(
        table.c.learner_id == records.learner_id
    )
    return [Note(*row) for row in records.connection.execute(query.order_by(table.c.id))]


def _own(records: Records, note_id: int) -> tuple[sa.sql.ColumnElement, ...]:
    return tables.note.c.learner_id == records.learner_id, tables.note.c.id == note_id


def excerpt(text: str, limit_chars: int) -> str:
    """Return the beginning of a text on one line, cut between words where it is too long."""
    line = " ".join(text.split())
    if len(line) <= limit_chars:
        return line
    head = line[: limit_chars - 1]
    whole = head.rpartition(" ")[0] if " " in head[limit_chars // 2 :] else head
    return whole.rstrip(" ,;:") + "…"


def page_of(notes: Sequence[Note], page: int) -> tuple[int, list[tuple[int, Note]]]:
    """Return the nearest page there is, counting from 0, and its notes with their numbers, counting from 1."""
    last = max((len(notes) - 1) // NOTES_ON_A_PAGE, 0)
    page = min(max(page, 0), last)
    numbered: Iterable[tuple[int, Note]] = enumerate(notes, 1)
    return page, list(numbered)[page * NOTES_ON_A_PAGE : (page + 1) * NOTES_ON_A_PAGE]
