"""What the team decided about single questions, so that they are not read again and again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import now_utc, reading
from review import question_tables as tables
from review.questions import Asked

Decided = Literal["variant", "refusal", "entry", "ignored"]


class Decisions:
    """Keeps decisions. One about a question is in the place of an earlier one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, asked: Iterable[Asked], decision: Decided, by: str) -> int:
        """Keep what was decided about some questions; return how many there are."""
        table = tables.desk_decided
        told = {"decision": decision, "decided_by": by, "decided_at": now_utc()}
        rows = [{"question_id": one.question_id, "learner_id": one.learner_id, **told} for one in asked]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(table.delete().where(table.c.question_id.in_([row["question_id"] for row in rows])))
                connection.execute(table.insert(), rows)
        return len(rows)

    def take_back(self, asked: Iterable[Asked]) -> None:
        """Have some questions stand among those to read again."""
        table = tables.desk_decided
        with self._engine.begin() as connection:
            connection.execute(table.delete().where(table.c.question_id.in_([one.question_id for one in asked])))

    def counts(self) -> dict[str, int]:
        """Return how many questions each decision was about."""
        table = tables.desk_decided
        query = sa.select(table.c.decision, sa.func.count()).group_by(table.c.decision)
        with reading(self._engine) as connection:
            return {row[0]: row[1] for row in connection.execute(query)}
