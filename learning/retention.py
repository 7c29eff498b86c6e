"""Forgetting who has been away for long: daily, and by command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from database import now_utc
from learning.belongings import Belongings
from learning.erasure import erase

SIGNS_OF_LIFE = {  # by table, the column that says when the person was last there
    "conversation_event": "timestamp",
    "handled": "handled_at",
    "inbox": "received_at",
    "learner": "created_at",
    "telegram_chat": "created_at",
    "web_session": "created_at",
}


class Retention:
    """Erases people of whom nothing was heard for a number of days.

    Args:
        engine: The database.
        days: How many; 0 keeps everybody.
        clock: Gives the present moment in UTC, without a zone.
    """

    def __init__(self, engine: Engine, days: int, clock: Callable[[], datetime] = now_utc) -> None:
        self._engine = engine
        self._days = days
        self._clock = clock
        self._belongings = Belongings(engine)

    def run(self) -> int:
        """Erase them, one transaction a person; returns how many people."""
        if not self._days:
            return 0
        since = self._clock() - timedelta(days=self._days)
        with self._engine.connect() as connection:
            silent = self._silent(connection, since)
        return sum(self._forget(learner_id, since) for learner_id in silent)

    def _forget(self, learner_id: str, since: datetime) -> bool:
        """Erase a person who is still silent: they may have come back a moment ago."""
        with self._engine.begin() as connection:
            if learner_id not in self._silent(connection, since, learner_id):
                return False
            erase(self._belongings, connection, learner_id)
            return True

    def _silent(self, connection: Connection, since: datetime, only: str | None = None) -> list[str]:
        """List those with a sign of life, but none since a moment."""
        heard: dict[str, datetime] = {}
        for name, column in SIGNS_OF_LIFE.items():
            holding = self._belongings.holding(name)
            if holding is None or column not in holding.table.c:
                continue
            query = sa.select(holding.owner, sa.func.max(holding.table.c[column])).group_by(holding.owner)
            rows = connection.execute(query if only is None else query.where(holding.owner == only))
            for learner_id, found in rows:
                heard[learner_id] = max(heard.get(learner_id, datetime.min), _moment(found))
        return sorted(one for one, moment in heard.items() if moment < since)


def _moment(value: datetime | float) -> datetime:
    """Read a time as it stands in a table: a moment in UTC, or seconds since 1970."""
    if isinstance(value, datetime):
        return value
    return datetime.fromtimestamp(value, timezone.utc).replace(tzinfo=None)
