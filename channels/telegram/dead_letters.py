"""What could not be sent: named with the reason, and out of the way of what can be. Its text stays in the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from channels.telegram.tables import telegram_dead_letter
from database import now_utc, reading


class DeadLetters:
    """Messages that were given up."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, outbox_id: int, learner_id: str, reason: str) -> None:
        """Keep that a message was given up; done twice, the first reason stays."""
        with self._engine.begin() as connection:
            known = sa.select(telegram_dead_letter.c.outbox_id).where(telegram_dead_letter.c.outbox_id == outbox_id)
            if connection.execute(known).one_or_none() is None:
                row = {"outbox_id": outbox_id, "learner_id": learner_id, "reason": reason, "given_up_at": now_utc()}
                connection.execute(telegram_dead_letter.insert().values(row))

    def reasons(self) -> dict[int, str]:
        """Return why each was given up, by its number in the outbox."""
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(telegram_dead_letter.c.outbox_id, telegram_dead_letter.c.reason))
            return {row.outbox_id: row.reason for row in rows}
