"""Who read and changed what at the desk."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import now_utc, reading
from review import tables

SHOWN = 200
REASON_LIMIT_CHARS = 500


class Deed(NamedTuple):
    """One line of the trail."""

    done_at: datetime
    name: str
    action: str
    target: str
    reason: str


class Audit:
    """Keeps the trail; nothing in it is ever changed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, name: str, action: str, target: str, reason: str = "") -> None:
        """Write down a deed."""
        row = {"done_at": now_utc(), "name": name, "action": action, "target": target[:160]}
        with self._engine.begin() as connection:
            connection.execute(tables.desk_audit.insert().values(**row, reason=reason[:REASON_LIMIT_CHARS]))

    def latest(self) -> list[Deed]:
        """Return the newest deeds, newest first."""
        table = tables.desk_audit
        query = sa.select(table).order_by(table.c.id.desc()).limit(SHOWN)
        with reading(self._engine) as connection:
            rows = connection.execute(query)
            return [Deed(row.done_at, row.name, row.action, row.target, row.reason) for row in rows]
