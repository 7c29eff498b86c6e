"""The doors that lead to a learner: browsers and chats, each a row of a door's own table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from database import now_utc, reading
from learning.belongings import Belongings, Holding

TABLES = {"web": "web_session", "telegram": "telegram_chat"}  # by channel


class Doorways:
    """Reads and changes who is behind a door. All inside a transaction of the caller's.

    Args:
        belongings: The tables with people's rows.
        clock: Gives the present moment in UTC, without a zone.
    """

    def __init__(self, belongings: Belongings, clock: Callable[[], datetime] = now_utc) -> None:
        self._belongings = belongings
        self._clock = clock

    def counts(self, connection: Connection, learner_id: str) -> dict[str, int]:
        """Count the doors that lead to a learner, by channel."""
        found = {channel: len(self._keys(connection, holding, learner_id)) for channel, holding in self._all().items()}
        return {channel: number for channel, number in found.items() if number}

    def leads_here(self, connection: Connection, learner_id: str) -> bool:
        """Tell whether any door leads to a learner."""
        return bool(self.counts(connection, learner_id))

    def close_others(self, connection: Connection, learner_id: str, channel: str, key: str) -> int:
        """Let no other door lead to a learner than the named one; returns how many there were."""
        closed = 0
        for name, holding in self._all().items():
            kept = self._named(connection, holding, learner_id, key) if name == channel else None
            rows = [holding.owner == learner_id]
            if kept is not None:
                rows.append(_key(holding) != kept)
            closed += connection.execute(holding.table.delete().where(*rows)).rowcount
        return closed

    def turn(self, connection: Connection, learner_id: str, channel: str, key: str, to: str) -> None:
        """Let the named door lead to somebody else from now on."""
        holding = self._all().get(channel)
        kept = self._named(connection, holding, learner_id, key) if holding else None
        if holding is None or kept is None:
            return
        values: dict[str, object] = {holding.owner.name: to}
        if "created_at" in holding.table.c:
            values["created_at"] = self._clock()
        connection.execute(holding.table.update().where(_key(holding) == kept).values(values))

    def _named(self, connection: Connection, holding: Holding, learner_id: str, key: str) -> object:
        """Return the key of the door that is meant; of one that is not named, the newest."""
        keys = self._keys(connection, holding, learner_id)
        named = [one for one in keys if str(one) == key]
        return next(iter([*named, *reversed(keys)]), None)

    def _keys(self, connection: Connection, holding: Holding, learner_id: str) -> list[object]:
        order = holding.table.c.get("created_at", _key(holding))
        query = sa.select(_key(holding)).where(holding.owner == learner_id).order_by(order)
        return list(connection.execute(query).scalars())

    def _all(self) -> dict[str, Holding]:
        found = {channel: self._belongings.holding(name) for channel, name in TABLES.items()}
        return {channel: holding for channel, holding in found.items() if holding}


class OpenDoors:
    """Tells which doors lead to learners, to those who only want to know."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._doorways = Doorways(Belongings(engine))

    def count(self, learner_id: str) -> int:
        """Count the doors that lead to a learner."""
        with reading(self._engine) as connection:
            return sum(self._doorways.counts(connection, learner_id).values())

    def channels(self, learner_id: str) -> set[str]:
        """Return the channels through which a learner can come."""
        with reading(self._engine) as connection:
            return set(self._doorways.counts(connection, learner_id))


def _key(holding: Holding) -> sa.Column:
    return next(iter(holding.table.primary_key.columns))
