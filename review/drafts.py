"""Drafts of content files: kept in the database until somebody publishes them, one a file, for the whole team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from database import now_utc, reading
from review.content_paths import tidy_text
from review.content_tables import content_draft as table
from review.draft_sources import Notice, follow_lines, let_go, notices, without_forgotten
from review.errors import DraftChanged
from review.new_entry import COURSE_MAP, add_to_lesson, add_topic, plan_entry
from review.publishing import Change, Publisher, mark_of

TOLD_FORGOTTEN = (
    "While you were writing, something was taken out of this draft: a person who had asked a question has been "
    "forgotten. Your text is here; what was theirs is left out when you save again."
)


@dataclass(frozen=True)
class Draft:
    """A draft of one file.

    Attributes:
        base: Mark of the file that it was begun from, as ``publishing.mark_of``.
        saves: How often it was saved; who saves names the number that they saw.
        goes_with: Other files whose drafts belong to it.
    """

    id: int
    path: str
    text: str
    base: str
    saves: int
    goes_with: tuple[str, ...]
    changed_by: str
    changed_at: datetime

    @property
    def change(self) -> Change:
        """The draft as a change to publish."""
        return Change(self.path, self.text, self.base)


class Drafts:
    """Keeps drafts. A draft that somebody else saved in the meantime is never written over."""

    def __init__(self, engine: Engine, publisher: Publisher) -> None:
        self._engine = engine
        self._publisher = publisher

    def find(self, path: str) -> Draft | None:
        """Return the draft of a file; None when there is none."""
        return next(iter(self._read(table.c.path == path)), None)

    def get(self, draft_id: int) -> Draft | None:
        """Return a draft by its number; None when it is gone."""
        return next(iter(self._read(table.c.id == draft_id)), None)

    def all(self) -> list[Draft]:
        """Return all drafts, by their files."""
        return self._read(sa.true())

    def _read(self, condition: Any) -> list[Draft]:
        with reading(self._engine) as connection:
            rows = connection.execute(_select(condition)).mappings()
            return [Draft(**{**row, "goes_with": tuple(row["goes_with"].split())}) for row in rows]

    def save(self, path: str, text: str, by: str, *, seen: int, base: str = "", goes_with: Sequence[str] = ()) -> Draft:
        """Save a draft.

        Args:
            path: The file.
            text: Its whole text.
            by: Who saves.
            seen: ``saves`` of the draft that was written on; 0 when there was none.
            base: Mark of the file that a new draft is begun from; empty: the file as it is now.
            goes_with: Other files whose drafts belong to it.

        Raises:
            DraftChanged: Somebody else saved it in the meantime.
            PublishingError: A path or a text that is refused.
        """
        base = base or mark_of(self._publisher.text(path))
        values = {"text": tidy_text(path, text), "changed_by": by, "changed_at": now_utc()}
        with self._engine.begin() as connection:
            if not self._write(connection, path, seen, {**values, "base": base, "goes_with": " ".join(goes_with)}):
                raise DraftChanged(_told(connection, path))
        found = self.find(path)
        if found is None:  # published or thrown away in this very moment
            raise DraftChanged(f"The draft of {path} is gone: it was just published, or thrown away.")
        return found

    def _write(self, connection: Connection, path: str, seen: int, values: dict[str, Any]) -> bool:
        if seen:
            return self._write_again(connection, path, seen, values)
        try:
            with connection.begin_nested():
                connection.execute(table.insert().values(path=path, saves=1, **values))
        except IntegrityError:
            return False
        return True

    def _write_again(self, connection: Connection, path: str, seen: int, values: dict[str, Any]) -> bool:
        before = connection.execute(sa.select(table.c.text).where(table.c.path == path)).scalar_one_or_none()
        kept = {name: value for name, value in values.items() if name not in ("base", "goes_with")}
        kept["text"] = without_forgotten(connection, path, values["text"])
        same = (table.c.path == path, table.c.saves == seen)
        if not connection.execute(table.update().where(*same).values(**kept, saves=seen + 1)).rowcount:
            return False
        follow_lines(connection, path, before or "", kept["text"])
        return True

    def rebase(self, path: str, by: str, *, seen: int) -> None:
        """Take the file as it is now for what the draft was begun from: somebody has looked at both."""
        values = {"base": mark_of(self._publisher.text(path)), "changed_by": by, "saves": seen + 1}
        with self._engine.begin() as connection:
            same = (table.c.path == path, table.c.saves == seen)
            if not connection.execute(table.update().where(*same).values(**values)).rowcount:
                raise DraftChanged(_told(connection, path))

    def notices(self, path: str) -> list[Notice]:
        """Return what erasures took out of a draft, as far as nobody has looked at it yet."""
        with reading(self._engine) as connection:
            return notices(connection, path)

    def discard(self, paths: Sequence[str]) -> None:
        """Throw drafts away, as after they were published."""
        with self._engine.begin() as connection:
            connection.execute(table.delete().where(table.c.path.in_(paths)))
            let_go(connection, paths)

    def start_entry(self, questions: Sequence[str], by: str, *, title: str = "", home: str = "") -> int:
        """Begin the draft of a new answer, with questions that people asked; and its topic in the map and the lesson.

        Args:
            questions: As people asked them; personal data in them is hidden.
            by: Who begins it.
            title: What the answer is called; a name to change later, if empty.
            home: The lesson that it belongs to, or ``roadmap`` or ``about``; the first lesson, if empty.

        Returns:
            The number of the answer's draft.

        Raises:
            PublishingError: There is no such home, or the map cannot take the topic.
        """
        taken = {*self._publisher.paths(), *(draft.path for draft in self.all())}
        entry = plan_entry(questions, self._publisher.course(), taken, title=title, home=home)
        added = {COURSE_MAP: add_topic(self._text(COURSE_MAP), entry)}
        if lesson := self._lesson_file(entry.home):
            added[lesson] = add_to_lesson(self._text(lesson), entry)
        for path, text in added.items():
            draft = self.find(path)
            self.save(path, text, by, seen=draft.saves if draft else 0)
        return self.save(entry.path, entry.text, by, seen=0, goes_with=list(added)).id

    def _text(self, path: str) -> str:
        """Return what a file says, as its draft has it if there is one."""
        draft = self.find(path)
        return draft.text if draft else self._publisher.text(path) or ""

    def _lesson_file(self, lesson_id: str) -> str | None:
        lessons = (path for path in self._publisher.paths() if path.startswith("lessons/"))
        return next((path for path in lessons if f"\nid: {lesson_id}\n" in self._text(path)), None)


def _select(condition: Any) -> Any:
    return sa.select(table).where(condition).order_by(table.c.path)


def _told(connection: Connection, path: str) -> str:
    row = connection.execute(_select(table.c.path == path)).one_or_none()
    if row is None:
        return f"The draft of {path} is gone: it was published, or thrown away. Your text is still here."
    if notices(connection, path):
        return TOLD_FORGOTTEN
    return f"{row.changed_by} saved this draft at {row.changed_at:%H:%M} UTC while you were writing. Your text is here."
