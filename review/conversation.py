"""One conversation as it looked, with what the tutor understood beside each message, and what it did."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from learning import tables as learning
from review import tables

READ_AT_MOST = 400
RANKED = 3
LIKELY = 0.05  # what was less likely is not told


@dataclass(frozen=True)
class Understood:
    """What the tutor made of a message.

    Attributes:
        intent: What it was taken for; empty if it never reached the assistant.
        others: What else it might have been, with how likely that was, 0 to 1.
        decision: Of a question: answer, choose or abstain; empty if it was none.
        topics: The topics that came near, the best first, by id; ``score`` is how near the best came.
        actions: What the tutor did, in its order, by the assistant's names.
        correction: What it meant, if somebody of the team put it right.
    """

    intent: str = ""
    confidence: float | None = None
    others: tuple[tuple[str, float], ...] = ()
    decision: str = ""
    topics: tuple[str, ...] = ()
    score: float = 0.0
    actions: tuple[str, ...] = ()
    correction: str = ""


@dataclass(frozen=True)
class Line:
    """One message. ``understood`` is empty beside the tutor's own."""

    author: str
    text: str
    sent_at: datetime
    message_id: str
    channel: str = ""
    buttons: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    understood: Understood = field(default_factory=Understood)


def read(connection: Connection, learner_id: str) -> list[Line]:
    """Read one conversation as it looked, oldest first, the latest ``READ_AT_MOST`` messages."""
    out = tables.outbox
    query = sa.select(out).where(out.c.learner_id == learner_id).order_by(out.c.id.desc()).limit(READ_AT_MOST)
    rows = connection.execute(query).all()[::-1]
    understood = read_understood(connection, learner_id, [row.message_id for row in rows if row.author == "you"])
    nothing = Understood()
    return [_to_line(row, understood.get(row.message_id, nothing) if row.author == "you" else nothing) for row in rows]


def _to_line(row: Any, understood: Understood) -> Line:
    extras = json.loads(row.extras)
    buttons = tuple(str(one["title"]) for one in extras.get("buttons") or ())
    sources = tuple(str(one.get("title", one) if isinstance(one, dict) else one) for one in extras.get("sources") or ())
    return Line(row.author, row.text, row.sent_at, row.message_id, row.channel, buttons, sources, understood)


def read_understood(connection: Connection, learner_id: str, message_ids: Sequence[str]) -> dict[str, Understood]:
    """Read what was understood of messages, by their ids."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    event, asked, put_right = tables.event, learning.question, tables.desk_correction
    is_user = (event.c.sender_id == learner_id, event.c.type == "user", event.c.message_id.in_(message_ids))
    parsed = connection.execute(sa.select(event.c.seq, event.c.message_id, event.c.data).where(*is_user)).all()
    for row in parsed:
        found[row.message_id] |= _parsed(json.loads(row.data))
    for message_id, actions in _actions(connection, learner_id, parsed).items():
        found[message_id]["actions"] = tuple(actions)
    is_asked = (asked.c.learner_id == learner_id, asked.c.message_id.in_(message_ids))
    for row in connection.execute(sa.select(asked).where(*is_asked)):
        found[row.message_id] |= {"decision": row.decision, "topics": tuple(json.loads(row.topics)), "score": row.score}
    is_right = (put_right.c.learner_id == learner_id, put_right.c.message_id.in_(message_ids))
    for row in connection.execute(sa.select(put_right).where(*is_right)):
        found[row.message_id]["correction"] = row.meant
    return {message_id: Understood(**values) for message_id, values in found.items()}


def _parsed(data: dict[str, Any]) -> dict[str, Any]:
    parse = data.get("parse_data") or {}
    intent = parse.get("intent") or {}
    ranking = [(str(one["name"]), float(one["confidence"])) for one in parse.get("intent_ranking") or ()]
    others = [(name, share) for name, share in ranking if name != intent.get("name") and share >= LIKELY]
    return {
        "intent": intent.get("name") or "",
        "confidence": intent.get("confidence"),
        "others": tuple(others[: RANKED - 1]),
    }


def _actions(connection: Connection, learner_id: str, parsed: Sequence[Any]) -> dict[str, list[str]]:
    """Read which actions followed each message, but for waiting for the next one."""
    if not parsed:
        return {}
    event = tables.event
    is_since = (event.c.sender_id == learner_id, event.c.seq > min(row.seq for row in parsed))
    query = sa.select(event.c.seq, event.c.message_id, event.c.action).where(
        *is_since, event.c.type.in_(("user", "action"))
    )
    message_of, found = {row.seq: row.message_id for row in parsed}, defaultdict(list)
    current = message_of[min(message_of)]
    for row in connection.execute(query.order_by(event.c.seq)):
        if row.action is None:
            current = row.message_id
        elif row.action not in ("action_listen", "action_session_start") and current:
            found[current].append(row.action)
    return dict(found)
