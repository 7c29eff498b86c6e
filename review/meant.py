"""What messages meant that were taken for something else: kept by the team, read for tests and for training."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import now_utc, reading
from review import tables

TOPIC = "topic:"
LISTED = 2_000


def tell_meant(meant: str, titles: Mapping[str, str]) -> str:
    """Tell a meaning in words.

    Example:
        >>> tell_meant("topic:a.b", {"a.b": "What value is"}), tell_meant("ask_more", {})
        ('a question about “What value is”', 'ask more')
    """
    if meant.startswith(TOPIC):
        topic = meant.removeprefix(TOPIC)
        return f"a question about “{titles.get(topic, topic)}”"
    return meant.replace("_", " ")


@dataclass(frozen=True)
class Correction:
    """A message and what it meant: an intent, or ``topic:`` and the id of a topic."""

    learner_id: str
    message_id: str
    text: str
    meant: str
    changed_by: str
    changed_at: datetime


class Corrections:
    """Keeps them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, learner_id: str, message_ids: Iterable[str], meant: str, by: str) -> int:
        """Keep what messages of a conversation meant; an empty meaning takes back what was kept.

        Returns:
            How many of the messages there are.
        """
        out, table = tables.outbox, tables.desk_correction
        wanted = (out.c.learner_id == learner_id, out.c.message_id.in_(list(message_ids)), out.c.author == "you")
        with self._engine.begin() as connection:
            known = connection.execute(sa.select(out.c.message_id).where(*wanted).distinct()).scalars().all()
            old = (table.c.learner_id == learner_id, table.c.message_id.in_(known))
            connection.execute(table.delete().where(*old))
            row = {"learner_id": learner_id, "meant": meant, "changed_by": by, "changed_at": now_utc()}
            if meant and known:
                connection.execute(table.insert(), [{**row, "message_id": one} for one in known])
        return len(known)

    def all(self) -> list[Correction]:
        """Return the newest, with what was written."""
        return self._read()

    def find(self, learner_id: str, message_id: str) -> Correction | None:
        """Return what one message meant; None when nobody put it right."""
        table = tables.desk_correction
        return next(iter(self._read(table.c.learner_id == learner_id, table.c.message_id == message_id)), None)

    def _read(self, *conditions: Any) -> list[Correction]:
        out, table = tables.outbox, tables.desk_correction
        same = sa.and_(
            out.c.learner_id == table.c.learner_id, out.c.message_id == table.c.message_id, out.c.author == "you"
        )
        query = sa.select(table, out.c.text).join(out, same).where(*conditions).order_by(table.c.changed_at.desc())
        with reading(self._engine) as connection:
            rows = connection.execute(query.limit(LISTED))
            return [
                Correction(row.learner_id, row.message_id, row.text, row.meant, row.changed_by, row.changed_at)
                for row in rows
            ]
