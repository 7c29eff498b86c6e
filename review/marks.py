"""What the team notes about a conversation: read up to here, flagged, tags, a note, handed to somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import now_utc, reading
from review import tables

TAG_LIMIT_CHARS = 30
TAGS_AT_MOST = 8
NOTE_LIMIT_CHARS = 2_000


def read_tags(text: str) -> list[str]:
    """Read tags as they are typed: small letters, digits and dashes, apart by commas.

    Example:
        >>> read_tags("Wrong answer, wrong answer, Pilot!")
        ['wrong-answer', 'pilot']
    """
    tags = [re.sub(r"[^\w]+", "-", one.strip().lower()).strip("-")[:TAG_LIMIT_CHARS] for one in text.split(",")]
    return list(dict.fromkeys(tag for tag in tags if tag))[:TAGS_AT_MOST]


class Marks:
    """Reads and changes the marks."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, learner_id: str) -> dict[str, Any]:
        """Return the marks of a conversation; empty when there are none yet."""
        table = tables.desk_mark
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(table).where(table.c.learner_id == learner_id)).mappings().one_or_none()
        return {**row, "tags": row["tags"].strip(",").replace(",", ", ")} if row else {}

    def change(self, learner_id: str, by: str, **values: Any) -> None:
        """Change some of the marks; the others stay."""
        table = tables.desk_mark
        changed = {**values, "changed_by": by, "changed_at": now_utc()}
        with self._engine.begin() as connection:
            if not connection.execute(table.update().where(table.c.learner_id == learner_id).values(changed)).rowcount:
                fresh = {"is_flagged": False, "tags": "", "note": "", **changed}
                connection.execute(table.insert().values(learner_id=learner_id, **fresh))


def to_stored(tags: Iterable[str]) -> str:
    """Write tags so that one can be searched for whole."""
    return "".join(f",{tag}" for tag in tags) + "," if tags else ""
