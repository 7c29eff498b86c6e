"""What was typed, ready to be searched: folded words and how they were understood, one short row a message.

Both databases search a plain table alike, without accents and capitals: a hundred thousand short rows are read in a
fraction of a second. The desk fills it from what is shown; a row goes with the person it belongs to.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from database import reading
from review import tables
from review.name_words import folded

log = logging.getLogger(__name__)
BATCH_ROWS = 500
PAUSE_SECONDS = 0.05  # between batches: on SQLite, whoever writes lets nobody else write
LATE_ROWS = 1_000  # on PostgreSQL, a row with a smaller number may come to sight after one with a larger
TERMS_AT_MOST = 8
_WORD = re.compile(r"\w+")
_TERM = re.compile(r'"([^"]+)"|(\S+)')


def to_words(text: str) -> str:
    """Write a text as its folded words, each between blanks.

    Example:
        >>> to_words("Wie geht's, Zoë?")
        ' wie geht s zoe '
    """
    words = _WORD.findall(folded(text))
    return f" {' '.join(words)} " if words else ""


def patterns_of(typed: str) -> list[str]:
    """Read what is searched: words match beginnings of words, all in one message; "in quotes" they stand in a row.

    Example:
        >>> patterns_of('fund "Who pays"')
        [' fund', ' who pays ']
    """
    found = [(phrase, word) for phrase, word in _TERM.findall(typed)]
    terms = [to_words(phrase) if phrase else to_words(word).rstrip() for phrase, word in found]
    return list(dict.fromkeys(term for term in terms if term))[:TERMS_AT_MOST]


class SaidIndex:
    """Keeps the table up with what people said."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()

    def catch_up(self) -> int:
        """Add what was said since the last time, in short transactions, so that nobody waits long.

        When another thread is at it, as at the desk's first start over a long history, nothing is waited for.

        Returns:
            How many messages were added, or are now known to be understood.
        """
        if not self._lock.acquire(blocking=False):
            return 0
        try:
            return self._catch_up()
        except IntegrityError:  # somebody was forgotten, or another desk added them, in this very moment
            log.info("what is searched was changed by another; the rest is added next time")
            return 0
        finally:
            self._lock.release()

    def _catch_up(self) -> int:
        total = 0
        while self._is_behind():
            if total:
                time.sleep(PAUSE_SECONDS)
            with self._engine.begin() as connection:
                total += _add(connection) + _complete(connection)
        if total:
            with self._engine.begin() as connection:
                connection.execute(_left_behind(connection))
        return total

    def _is_behind(self) -> bool:
        with reading(self._engine) as connection:
            queries = (_missing(connection), _unfinished(connection))
            return any(connection.execute(query.limit(1)).first() is not None for query in queries)


def _first_late(connection: Connection) -> int:
    newest = connection.execute(sa.select(sa.func.max(tables.desk_said.c.outbox_id))).scalar_one()
    return int(newest or 0) - LATE_ROWS


def _left_behind(connection: Connection) -> Any:
    """Take away what was added while its message was being forgotten; only PostgreSQL lets both happen at once."""
    out, said = tables.outbox, tables.desk_said
    is_there = sa.select(out.c.id).where(out.c.id == said.c.outbox_id).exists()
    return said.delete().where(said.c.outbox_id > _first_late(connection) - 2 * BATCH_ROWS, ~is_there)


def _missing(connection: Connection) -> Any:
    """Select the messages that are not there yet, with what the assistant understood, if it has them."""
    out, said, event = tables.outbox, tables.desk_said, tables.event
    return (
        sa.select(out.c.id, out.c.learner_id, out.c.text, event.c.intent, event.c.data)
        .select_from(sa.outerjoin(out, said, said.c.outbox_id == out.c.id).outerjoin(event, _is_of(out)))
        .where(out.c.id > _first_late(connection), out.c.author == "you", said.c.outbox_id.is_(None))
        .order_by(out.c.id)
    )


def _is_of(out: Any) -> Any:
    """Return the condition for the assistant's record of a message."""
    event = tables.event
    is_same = sa.and_(event.c.sender_id == out.c.learner_id, event.c.message_id == out.c.message_id)
    return sa.and_(is_same, event.c.type == "user", event.c.intent.is_not(None))


def _add(connection: Connection) -> int:
    found = {row.id: row for row in connection.execute(_missing(connection).limit(BATCH_ROWS))}
    rows = [
        {"outbox_id": row.id, "learner_id": row.learner_id, "words": to_words(row.text), **_understood(row)}
        for row in found.values()
    ]
    if rows:
        connection.execute(tables.desk_said.insert(), rows)
    return len(rows)


def _understood(row: Any) -> dict[str, Any]:
    return {"intent": row.intent, "confidence": confidence_of(json.loads(row.data)) if row.data else None}


def _unfinished(connection: Connection) -> Any:
    """Select late messages that the assistant has understood by now."""
    out, said, event = tables.outbox, tables.desk_said, tables.event
    return (
        sa.select(said.c.outbox_id, event.c.intent, event.c.data)
        .select_from(said.join(out, out.c.id == said.c.outbox_id).join(event, _is_of(out)))
        .where(said.c.outbox_id > _first_late(connection), said.c.intent.is_(None))
    )


def _complete(connection: Connection) -> int:
    rows = connection.execute(_unfinished(connection)).all()
    said = tables.desk_said
    change = said.update().where(said.c.outbox_id == sa.bindparam("number"))
    values = [{"number": row.outbox_id, **_understood(row)} for row in rows]
    if values:
        connection.execute(change, values)
    return len(values)


def confidence_of(data: dict[str, Any]) -> float | None:
    """Return how sure the assistant was of what it took a message for, 0 to 1."""
    intent = (data.get("parse_data") or {}).get("intent") or {}
    confidence = intent.get("confidence")
    return None if confidence is None else float(confidence)
