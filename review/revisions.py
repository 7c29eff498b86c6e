"""The history of the content: who published what, when and why, with each file's text before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import now_utc, reading
from review import content_tables as tables

LISTED = 100
WHY_LIMIT_CHARS = 500


@dataclass(frozen=True)
class Edited:
    """One file of a publication; no text means that the file was, or is, not there."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Revision:
    """One publication. ``undoes`` names the one that it takes back, ``undone_by`` the one that takes it back."""

    id: int
    made_at: datetime
    made_by: str
    why: str
    files: tuple[Edited, ...]
    undoes: int | None = None
    undone_by: int | None = None
    git_commit: str = ""


class Revisions:
    """Keeps and finds publications; what is in them is never changed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, files: Sequence[Edited], by: str, why: str, undoes: int | None = None) -> int:
        """Write down what will now be written to the files, so that it can be finished if it is cut off."""
        row = {"made_at": now_utc(), "made_by": by, "why": why[:WHY_LIMIT_CHARS], "undoes": undoes}
        with self._engine.begin() as connection:
            insert = tables.content_revision.insert().values(**row, is_written=False, git_commit="")
            number = int(connection.execute(insert).inserted_primary_key[0])
            rows = [{"revision_id": number, **vars(one)} for one in files]
            connection.execute(tables.content_revision_file.insert(), rows)
        return number

    def finish(self, number: int) -> None:
        """Note that all files are written."""
        self._change(number, is_written=True)

    def note_commit(self, number: int, commit: str) -> None:
        """Note the commit that holds it."""
        self._change(number, git_commit=commit)

    def _change(self, number: int, **values: Any) -> None:
        table = tables.content_revision
        with self._engine.begin() as connection:
            connection.execute(table.update().where(table.c.id == number).values(**values))

    def find(self, number: int) -> Revision | None:
        """Return a publication with its files."""
        return next(iter(self._read(tables.content_revision.c.id == number)), None)

    def latest(self, path: str = "") -> list[Revision]:
        """Return the newest publications, newest first; those of one file if one is named."""
        revision, file = tables.content_revision, tables.content_revision_file
        named = revision.c.id.in_(sa.select(file.c.revision_id).where(file.c.path == path)) if path else sa.true()
        return self._read(named)

    def begun(self) -> list[Revision]:
        """Return those whose files may not all be written, oldest first."""
        return self._read(tables.content_revision.c.is_written.is_(False))[::-1]

    def _read(self, condition: Any) -> list[Revision]:
        revision, file = tables.content_revision, tables.content_revision_file
        listed = sa.select(revision).where(condition).order_by(revision.c.id.desc()).limit(LISTED)
        with reading(self._engine) as connection:
            rows = connection.execute(listed).all()
            numbers = [row.id for row in rows]
            files: dict[int, list[Edited]] = {number: [] for number in numbers}
            of_these = sa.select(file).where(file.c.revision_id.in_(numbers)).order_by(file.c.path)
            for row in connection.execute(of_these):
                files[row.revision_id].append(Edited(row.path, row.before, row.after))
            taken = sa.select(revision.c.undoes, revision.c.id).where(revision.c.undoes.in_(numbers))
            undone = {row.undoes: row.id for row in connection.execute(taken)}
        return [
            Revision(
                row.id,
                row.made_at,
                row.made_by,
                row.why,
                tuple(files[row.id]),
                row.undoes,
                undone.get(row.id),
                row.git_commit,
            )
            for row in rows
        ]
