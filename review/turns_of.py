"""The turns of a conversation, read from the assistant's record: what was typed, taken for, done, and where it led."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from review import tables
from review.cases import FIRST_STEP, Turn
from review.conversation import READ_AT_MOST, Understood, read_understood

TURNS_AT_MOST = 60
WAITS = ("action_listen", "action_session_start")


def read_turns(connection: Connection, learner_id: str, message_ids: Collection[str]) -> list[Turn]:
    """Read turns in their order, the last ``TURNS_AT_MOST``; without ids, all.

    Only what reached the assistant is a turn.
    """
    event = tables.event
    columns = (event.c.seq, event.c.type, event.c.message_id, event.c.action, event.c.data, event.c.slots)
    first = _first_seq(connection, learner_id)
    is_told = (event.c.sender_id == learner_id, event.c.seq >= first, event.c.type.in_(("user", "action", "slot")))
    rows = connection.execute(sa.select(*columns).where(*is_told).order_by(event.c.seq)).all()
    ids = [row.message_id for row in rows if row.type == "user" and row.message_id]
    understood = read_understood(connection, learner_id, ids)
    return _to_turns(rows, understood, message_ids)[-TURNS_AT_MOST:]


def _first_seq(connection: Connection, learner_id: str) -> int:
    """Return where to begin: far enough back for what the page shows."""
    event = tables.event
    is_user = (event.c.sender_id == learner_id, event.c.type == "user")
    query = sa.select(event.c.seq).where(*is_user).order_by(event.c.seq.desc()).limit(READ_AT_MOST)
    said = connection.execute(query).scalars().all()
    before = sa.select(sa.func.max(event.c.seq)).where(
        event.c.sender_id == learner_id, event.c.seq < (said[-1] if said else 0), event.c.slots.is_not(None)
    )
    return int(connection.execute(before).scalar_one() or 0)


def _to_turns(rows: Any, understood: dict[str, Understood], chosen: Collection[str]) -> list[Turn]:
    turns: list[Turn] = []
    step = begun_at = FIRST_STEP
    current: tuple[str, dict[str, Any]] | None = None
    did: list[tuple[str, str | None]] = []
    for row in rows:
        data = json.loads(row.data)
        if row.type == "user":
            _close(turns, current, begun_at, did, understood, chosen)
            current, begun_at, did = (row.message_id, data), step, []
        elif row.type == "slot" and data.get("name") == "step":
            step = str(data.get("value") or FIRST_STEP)
            if did:
                did[-1] = (did[-1][0], step)
        elif row.action and row.action not in WAITS:
            did.append((row.action, None))
        if row.slots is not None:
            step = str(json.loads(row.slots).get("step") or FIRST_STEP)
    _close(turns, current, begun_at, did, understood, chosen)
    return turns


def _close(
    turns: list[Turn],
    current: tuple[str, dict[str, Any]] | None,
    step: str,
    did: list[tuple[str, str | None]],
    understood: dict[str, Understood],
    chosen: Collection[str],
) -> None:
    """Add a turn that is over, if it is wanted."""
    if current is None or (chosen and current[0] not in chosen):
        return
    message_id, data = current
    one = understood.get(message_id, Understood())
    text = str(data.get("text") or "")
    if one.intent:
        typed = "" if text.startswith("/") else text
        turns.append(
            Turn(typed, one.intent, step, tuple(did), one.correction, one.decision, one.topics, one.confidence or 0.0)
        )
