"""Rows of the event table: how they are read, and how events become rows and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    BotUttered,
    Event,
    UserUtteranceReverted,
    UserUttered,
)
from sqlalchemy import and_, or_, select
from sqlalchemy.engine import Connection, Row

from bot.components.tracker_tables import conversation_event

WINDOW_EVENTS = 30
NAME_LIMIT_CHARS = 80
TAKES_BACK = (UserUtteranceReverted.type_name, ActionReverted.type_name)

_columns = conversation_event.c
_event_class = lru_cache(maxsize=None)(Event.resolve_by_type)  # a search through all classes: 60 us


@dataclass(frozen=True)
class Past:
    """The stored end of a conversation.

    Attributes:
        last_seq: Number of the newest row, 0 if the conversation is unknown.
        snapshot: The state before ``events``, empty if they reach back to the beginning.
        events: The end of the turn that the snapshot belongs to, and all after it.
    """

    last_seq: int = 0
    snapshot: dict[str, Any] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)


def read_past(connection: Connection, sender_id: str) -> Past:
    """Read the end of a conversation: as much after 1,000 turns as after 20.

    Reads the last ``WINDOW_EVENTS`` rows. If they do not reach back to the first row, they start at
    the first end of a turn among them; if there is none, at the last one before them.
    """
    rows = _rows_of(connection, sender_id, limit=WINDOW_EVENTS)
    if not rows:
        return Past()
    if rows[0].seq > 1:
        start = _first_boundary(rows)
        if start is None:
            rows = _rows_of(connection, sender_id, first_seq=_last_boundary_seq(connection, sender_id))
        rows = rows[start:]
    snapshot = json.loads(rows[0].slots) if rows[0].slots else {}
    return Past(rows[-1].seq, snapshot, [to_event(row.data) for row in rows])


def read_all(connection: Connection, sender_id: str) -> Past:
    """Read a whole conversation, for exports and for the course team."""
    rows = _rows_of(connection, sender_id)
    return Past(rows[-1].seq, {}, [to_event(row.data) for row in rows]) if rows else Past()


def read_replies(connection: Connection, sender_id: str, message_id: str) -> list[BotUttered] | None:
    """Read what was said in answer to a message, or ``None`` if that turn never ended."""
    is_ours = _columns.sender_id == sender_id
    asked = select(_columns.seq).where(is_ours, _columns.message_id == message_id)
    start = max(connection.execute(asked).scalars(), default=None)  # sorted by SQL, it scans by seq
    if start is None:
        return None
    is_end = or_(_columns.slots.is_not(None), _columns.message_id.is_not(None))
    ended = select(_columns.seq, _columns.slots).where(is_ours, _columns.seq > start, is_end)
    end = connection.execute(ended.order_by(_columns.seq).limit(1)).first()
    if end is None or end.slots is None:  # the next message came before this turn was done
        return None
    is_between = and_(_columns.seq > start, _columns.seq < end.seq)
    said = select(_columns.data).where(is_ours, is_between, _columns.type == BotUttered.type_name)
    return [to_event(data) for data in connection.execute(said.order_by(_columns.seq)).scalars()]


def is_boundary(event: Event) -> bool:
    """Tell whether this event ends a turn."""
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME


def to_row(sender_id: str, seq: int, event: Event, snapshot: dict[str, Any] | None) -> dict[str, Any]:
    """Make the row of one event; ``snapshot`` belongs to the end of a turn only."""
    data = event.as_dict()
    intent = event.intent_name if isinstance(event, UserUttered) else None
    action = event.action_name if isinstance(event, ActionExecuted) else None
    return {
        "sender_id": sender_id,
        "seq": seq,
        "type": data["event"],
        "timestamp": event.timestamp,
        "message_id": _message_id(event),
        "intent": intent and intent[:NAME_LIMIT_CHARS],
        "action": action and action[:NAME_LIMIT_CHARS],
        "data": json.dumps(data),
        "slots": None if snapshot is None else json.dumps(snapshot),
    }


def to_event(data: str) -> Event:
    """Make an event from its row. Rasa's own way looks its class up anew each time: 13 times slower."""
    parameters = json.loads(data)
    return _event_class(parameters["event"])._from_parameters(parameters)


def _message_id(event: Event) -> str | None:
    if not isinstance(event, UserUttered):
        return None
    message_id = event.metadata.get("message_id") or event.message_id
    return None if message_id is None else str(message_id)


def _first_boundary(rows: Sequence[Row]) -> int | None:
    """Find where the window may start: at a turn's end, and after all that takes something back.

    An event that takes something back needs what came before it, which the window does not hold.
    """
    after = max((index for index, row in enumerate(rows) if row.type in TAKES_BACK), default=-1)
    return next((index for index, row in enumerate(rows) if index > after and row.slots is not None), None)


def _last_boundary_seq(connection: Connection, sender_id: str) -> int:
    ends = select(_columns.seq).where(_columns.sender_id == sender_id, _columns.slots.is_not(None))
    return connection.execute(ends.order_by(_columns.seq.desc()).limit(1)).scalar() or 0


def _rows_of(connection: Connection, sender_id: str, *, first_seq: int = 0, limit: int | None = None) -> list[Row]:
    """Read rows from the newest backwards, and give them oldest first."""
    query = select(_columns.seq, _columns.type, _columns.data, _columns.slots)
    query = query.where(_columns.sender_id == sender_id, _columns.seq >= first_seq)
    return connection.execute(query.order_by(_columns.seq.desc()).limit(limit)).all()[::-1]
