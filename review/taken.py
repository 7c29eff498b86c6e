"""Test files that somebody took along, and whose messages are in them: to be told when one of those is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from database import now_utc
from review.question_tables import desk_taken as table


@dataclass(frozen=True)
class TakenFile:
    """A file with messages of somebody who was forgotten. ``line_ids`` are those of its lines; none: all of it."""

    id: int
    file: str
    line_ids: tuple[str, ...]
    taken_by: str
    taken_at: datetime


def note_taken(engine: Engine, learner_id: str, file: str, line_ids: Sequence[str], by: str) -> None:
    """Keep that a file holds messages of a person."""
    row = {"learner_id": learner_id, "file": file, "line_ids": " ".join(line_ids)}
    with engine.begin() as connection:
        connection.execute(table.insert().values(**row, taken_by=by, taken_at=now_utc()))


def to_mend(connection: Connection) -> list[TakenFile]:
    """Return the files with messages of people who have been forgotten since, oldest first."""
    rows = connection.execute(sa.select(table).where(table.c.learner_id.is_(None)).order_by(table.c.id))
    return [TakenFile(row.id, row.file, tuple(row.line_ids.split()), row.taken_by, row.taken_at) for row in rows]
