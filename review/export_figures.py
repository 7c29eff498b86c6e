"""The figures that are given out: each day's counts, rounded so that none tells of one person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import reading
from learning import tables as learning
from review import tables
from review.exporting import Row, Veil
from review.small_groups import to_fives


def figures(engine: Engine, veil: Veil, since: datetime | None) -> Iterator[Row]:
    """Give for each day how many people wrote, and how many questions had which end.

    All are rounded to fives: 0 is none, one or two. Days are those of UTC.
    """
    out, asked = tables.outbox, learning.question
    people = _daily(engine, out.c.sent_at, sa.func.count(sa.distinct(out.c.learner_id)), since, out.c.author == "you")
    ends = {
        decision: _daily(engine, asked.c.asked_at, sa.func.count(), since, asked.c.decision == decision)
        for decision in ("answer", "choose", "abstain")
    }
    for day, count in sorted(people.items()):
        told = {f"questions_{decision}": to_fives(counts.get(day, 0)) for decision, counts in ends.items()}
        yield {"day": day, "people": to_fives(count), **told}


def _daily(engine: Engine, moment: Any, count: Any, since: datetime | None, condition: Any) -> dict[str, int]:
    day = sa.func.date(moment)
    query = sa.select(day, count).where(condition, *([moment >= since] if since else [])).group_by(day)
    with reading(engine) as connection:
        return {str(row[0]): int(row[1]) for row in connection.execute(query)}
