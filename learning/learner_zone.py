"""The time zone in which a learner is, kept once they or their browser tell it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from learning import tables

ToldBy = Literal["person", "page"]


def zone_of(connection: Connection, learner_id: str) -> str | None:
    """Return the IANA name of a learner's time zone; None when nobody told it."""
    query = sa.select(tables.learner.c.time_zone).where(tables.learner.c.id == learner_id)
    zone: str | None = connection.execute(query).scalar_one_or_none()
    return zone


def keep_zone(connection: Connection, learner_id: str, zone: str, now: datetime, told_by: ToldBy = "person") -> bool:
    """Keep a learner's time zone. What a browser says never takes the place of what the person said.

    Args:
        connection: An open transaction.
        learner_id: Whose.
        zone: An IANA name.
        now: The present moment in UTC, without a zone.
        told_by: Who said so.

    Returns:
        Whether it is another one than before.
    """
    table = tables.learner
    query = sa.select(table.c.time_zone, table.c.time_zone_from).where(table.c.id == learner_id)
    known = connection.execute(query).one_or_none()
    values = {"time_zone": zone, "time_zone_from": told_by}
    if known is None:
        connection.execute(table.insert().values(id=learner_id, created_at=now, **values))
        return True
    if known.time_zone_from == "person" and told_by == "page":
        return False
    connection.execute(table.update().where(table.c.id == learner_id).values(**values))
    return bool(known.time_zone != zone)
