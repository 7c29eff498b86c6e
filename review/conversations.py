"""Conversations as the team reads them: found by what is in them, shown as they looked, with what was understood."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from learning import tables as learning
from review import tables

LISTED = 50
READ_AT_MOST = 400


@dataclass(frozen=True)
class Wanted:
    """What a conversation must have to be listed; empty means anything.

    Attributes:
        decision: Of one of its questions: answer, choose or abstain.
        feedback: Of one of its ratings: helpful or unhelpful.
        words: Words that somebody typed.
        state: What the team did with it: open, reviewed or flagged.
    """

    since: datetime | None = None
    decision: str = ""
    feedback: str = ""
    lesson: str = ""
    intent: str = ""
    words: str = ""
    tag: str = ""
    state: str = ""


@dataclass(frozen=True)
class Listed:
    """One conversation in the list."""

    learner_id: str
    messages: int
    last_at: datetime
    last_id: int
    is_flagged: bool
    is_reviewed: bool
    tags: str
    handed_to: str


@dataclass(frozen=True)
class Line:
    """One message, and what the tutor made of it.

    Attributes:
        why: Intent and confidence, decision, topics and score: what there is, by name.
    """

    author: str
    text: str
    sent_at: datetime
    message_id: str
    buttons: tuple[str, ...] = ()
    sources: int = 0
    why: dict[str, Any] = field(default_factory=dict)


def find(connection: Connection, wanted: Wanted) -> list[Listed]:
    """List the conversations that have what is wanted, those with the newest message first."""
    out, mark = tables.outbox, tables.desk_mark
    last_id = sa.func.max(out.c.id)
    query = (
        sa.select(out.c.learner_id, sa.func.count().label("messages"), last_id.label("last_id"))
        .where(*_conditions(wanted))
        .group_by(out.c.learner_id)
        .subquery()
    )
    listed = (
        sa.select(query, out.c.sent_at, mark)
        .select_from(
            query.join(out, out.c.id == query.c.last_id).outerjoin(mark, mark.c.learner_id == query.c.learner_id)
        )
        .where(*_states(wanted, query.c.last_id))
        .order_by(query.c.last_id.desc())
        .limit(LISTED)
    )
    return [_to_listed(row) for row in connection.execute(listed)]


def _conditions(wanted: Wanted) -> list[Any]:
    out, asked, rated, place = tables.outbox, learning.question, learning.rating, learning.lesson_place
    conditions: list[Any] = [out.c.sent_at >= wanted.since] if wanted.since else []
    if wanted.decision:
        conditions.append(
            out.c.learner_id.in_(sa.select(asked.c.learner_id).where(asked.c.decision == wanted.decision))
        )
    if wanted.feedback:
        is_helpful = rated.c.is_helpful.is_(wanted.feedback == "helpful")
        conditions.append(out.c.learner_id.in_(sa.select(rated.c.learner_id).where(is_helpful)))
    if wanted.lesson:
        conditions.append(out.c.learner_id.in_(sa.select(place.c.learner_id).where(place.c.lesson_id == wanted.lesson)))
    if wanted.intent:
        is_meant = tables.event.c.intent == wanted.intent  # only what people said has an intent
        conditions.append(out.c.learner_id.in_(sa.select(tables.event.c.sender_id).where(is_meant)))
    if wanted.words:
        conditions.append(out.c.learner_id.in_(_who_wrote(wanted.words)))
    return conditions


def _who_wrote(words: str) -> Any:
    said = tables.outbox.alias("said")
    has_words = sa.func.lower(said.c.text).contains(words.lower(), autoescape=True)
    return sa.select(said.c.learner_id).where(said.c.author == "you", has_words)


def _states(wanted: Wanted, last_id: Any) -> list[Any]:
    mark = tables.desk_mark
    states = {
        "reviewed": mark.c.reviewed_to >= last_id,
        "open": sa.or_(mark.c.reviewed_to.is_(None), mark.c.reviewed_to < last_id),
        "flagged": mark.c.is_flagged.is_(True),
    }
    chosen = [states[wanted.state]] if wanted.state in states else []
    return [*chosen, mark.c.tags.contains(f",{wanted.tag},", autoescape=True)] if wanted.tag else chosen


def _to_listed(row: Any) -> Listed:
    return Listed(
        row[0],
        row.messages,
        row.sent_at,
        row.last_id,
        bool(row.is_flagged),
        (row.reviewed_to or 0) >= row.last_id,
        (row.tags or "").strip(",").replace(",", ", "),
        row.handed_to or "",
    )


def read(connection: Connection, learner_id: str) -> list[Line]:
    """Read one conversation as it looked, oldest first, the latest ``READ_AT_MOST`` messages."""
    out = tables.outbox
    query = sa.select(out).where(out.c.learner_id == learner_id).order_by(out.c.id.desc()).limit(READ_AT_MOST)
    rows = connection.execute(query).all()[::-1]
    understood = _understood(connection, learner_id, [row.message_id for row in rows if row.author == "you"])
    return [_to_line(row, understood.get(row.message_id, {}) if row.author == "you" else {}) for row in rows]


def _to_line(row: Any, why: dict[str, Any]) -> Line:
    extras = json.loads(row.extras)
    buttons = tuple(one["title"] for one in extras.get("buttons") or ())
    sources = len(extras.get("sources") or ())
    return Line(row.author, row.text, row.sent_at, row.message_id, buttons, sources, why)


def _understood(connection: Connection, learner_id: str, message_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    event, asked = tables.event, learning.question
    found: dict[str, dict[str, Any]] = {}
    is_user = (event.c.sender_id == learner_id, event.c.type == "user", event.c.message_id.in_(message_ids))
    for row in connection.execute(sa.select(event.c.message_id, event.c.data).where(*is_user)):
        intent = (json.loads(row.data).get("parse_data") or {}).get("intent") or {}
        found[row.message_id] = {"intent": intent.get("name"), "confidence": intent.get("confidence")}
    is_asked = (asked.c.learner_id == learner_id, asked.c.message_id.in_(message_ids))
    for row in connection.execute(sa.select(asked).where(*is_asked)):
        decided = {"decision": row.decision, "topics": json.loads(row.topics), "score": row.score}
        found[row.message_id] = {**found.get(row.message_id, {}), **decided}
    return found


def last_id(connection: Connection, learner_id: str) -> int | None:
    """Return the number of the newest message of a conversation; None if there is none."""
    query = sa.select(sa.func.max(tables.outbox.c.id)).where(tables.outbox.c.learner_id == learner_id)
    found: int | None = connection.execute(query).scalar_one()
    return found
