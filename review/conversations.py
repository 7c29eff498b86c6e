"""Conversations as the team lists them: found by what is in them, and worked through one after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from review import tables
from review.wanted import Wanted, has, is_marked, said_conditions

LISTED = 50
TYPED_LIMIT_CHARS = 120


@dataclass(frozen=True)
class Listed:
    """One conversation in the list. ``typed`` is what was looked for, or else the last that the person said."""

    learner_id: str
    messages: int
    last_at: datetime
    last_id: int
    is_flagged: bool
    is_reviewed: bool
    tags: str
    handed_to: str
    typed: str = ""


def find(connection: Connection, wanted: Wanted, *, before: int | None = None, limit: int = LISTED) -> list[Listed]:
    """List the conversations that have what is wanted, those with the newest message first.

    Args:
        connection: To the database; only read.
        wanted: What they must have.
        before: The ``last_id`` of the last one that was listed already; without it, the list begins.
        limit: How many at most.
    """
    out, mark = tables.outbox, tables.desk_mark
    query = (
        sa.select(out.c.learner_id, sa.func.count().label("messages"), sa.func.max(out.c.id).label("last_id"))
        .where(*has(wanted))
        .group_by(out.c.learner_id)
        .subquery()
    )
    marked = query.outerjoin(mark, mark.c.learner_id == query.c.learner_id)
    older = [query.c.last_id < before] if before is not None else []
    page = (
        sa.select(query, mark.c.is_flagged, mark.c.reviewed_to, mark.c.tags, mark.c.handed_to)
        .select_from(marked)
        .where(*is_marked(wanted, query.c.last_id), *older)
        .order_by(query.c.last_id.desc())
        .limit(limit)
        .subquery()
    )
    listed = sa.select(page, out.c.sent_at).join(out, out.c.id == page.c.last_id).order_by(page.c.last_id.desc())
    rows = connection.execute(listed).all()
    typed = _typed(connection, wanted, [row.learner_id for row in rows])
    return [_to_listed(row, typed.get(row.learner_id, "")) for row in rows]


def _typed(connection: Connection, wanted: Wanted, learner_ids: list[str]) -> dict[str, str]:
    """Read what each person said last that has what is wanted of a message."""
    out, said = tables.outbox, tables.desk_said
    is_theirs = (said.c.learner_id.in_(learner_ids), *said_conditions(wanted))
    last = sa.select(sa.func.max(said.c.outbox_id)).where(*is_theirs).group_by(said.c.learner_id)
    query = sa.select(out.c.learner_id, out.c.text).where(out.c.id.in_(last))
    return {row.learner_id: row.text for row in connection.execute(query)}


def _to_listed(row: Any, typed: str) -> Listed:
    return Listed(
        row.learner_id,
        row.messages,
        row.sent_at,
        row.last_id,
        bool(row.is_flagged),
        (row.reviewed_to or 0) >= row.last_id,
        (row.tags or "").strip(",").replace(",", ", "),
        row.handed_to or "",
        typed,
    )


def find_next(connection: Connection, wanted: Wanted, learner_id: str) -> str:
    """Return whose conversation follows in a list; at its end, whose is first; empty if there is no other.

    Without anything wanted, the list is what is still to read.
    """
    queue = replace(wanted, state="open") if wanted == Wanted(reader=wanted.reader) else wanted
    here = last_id(connection, learner_id)
    following = find(connection, queue, before=here, limit=1) or find(connection, queue, limit=2)
    return next((one.learner_id for one in following if one.learner_id != learner_id), "")


def last_id(connection: Connection, learner_id: str) -> int | None:
    """Return the number of the newest message of a conversation; None if there is none."""
    query = sa.select(sa.func.max(tables.outbox.c.id)).where(tables.outbox.c.learner_id == learner_id)
    found: int | None = connection.execute(query).scalar_one()
    return found
