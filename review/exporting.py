"""What the desk gives out: rows of conversations, questions, progress and figures, read in small pieces.

Between two pieces the database is let go, so a long export holds nobody up, and who is forgotten meanwhile is not in
what follows. People go by pseudonyms that cannot be turned back into the ids on the desk.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from database import reading
from learning import tables as learning
from review import tables
from review.masking import mask

PIECE_ROWS = 1_000
PSEUDONYM_CHARS = 16
Row = dict[str, Any]


@dataclass(frozen=True)
class Veil:
    """How people are hidden in what is given out, and how much is read at once.

    Attributes:
        secret: Keys the pseudonyms, so that the same person has the same one in each export, and nobody can guess it.
        is_masked: Whether personal data in texts is hidden.
        piece_rows: How many rows are read in one transaction.
    """

    secret: str
    is_masked: bool = True
    piece_rows: int = PIECE_ROWS

    def person(self, learner_id: str) -> str:
        """Return the pseudonym of a person."""
        digest = hmac.new(self.secret.encode(), f"export:{learner_id}".encode(), hashlib.sha256)
        return f"learner-{digest.hexdigest()[:PSEUDONYM_CHARS]}"

    def text(self, text: str) -> str:
        """Return what somebody wrote, hidden as far as it was found, or as it is."""
        return mask(text) if self.is_masked else text


def _stamp(moment: datetime | None) -> str | None:
    return f"{moment.isoformat(timespec='milliseconds')}Z" if moment else None


def conversations(engine: Engine, veil: Veil, since: datetime | None) -> Iterator[Row]:
    """Give every message, oldest first: who, from which side, when, by which door, and what was understood."""
    out, said = tables.outbox, tables.desk_said
    query = sa.select(out, said.c.intent, said.c.confidence).select_from(
        sa.outerjoin(out, said, said.c.outbox_id == out.c.id)
    )
    if since:
        query = query.where(out.c.sent_at >= since)
    for row in _in_pieces(engine, query, veil.piece_rows, out.c.id):
        yield {
            "person": veil.person(row.learner_id),
            "message": row.id,
            "sent_at": _stamp(row.sent_at),
            "channel": row.channel,
            "author": "person" if row.author == "you" else "tutor",
            "text": veil.text(row.text),
            "intent": row.intent,
            "confidence": row.confidence,
        }


def questions(engine: Engine, veil: Veil, since: datetime | None) -> Iterator[Row]:
    """Give every question, oldest first, with what the tutor decided and the topics that came near."""
    asked = learning.question
    query = sa.select(asked) if since is None else sa.select(asked).where(asked.c.asked_at >= since)
    for row in _in_pieces(engine, query, veil.piece_rows, asked.c.id):
        yield {
            "person": veil.person(row.learner_id),
            "asked_at": _stamp(row.asked_at),
            "text": veil.text(row.text),
            "decision": row.decision,
            "topics": " ".join(json.loads(row.topics)),
            "score": round(row.score, 4),
        }


def progress(engine: Engine, veil: Veil, since: datetime | None) -> Iterator[Row]:
    """Give each person's place in each lesson; in the order of people's ids."""
    place = learning.lesson_place
    query = sa.select(place) if since is None else sa.select(place).where(place.c.updated_at >= since)
    for row in _in_pieces(engine, query, veil.piece_rows, place.c.learner_id, place.c.lesson_id):
        yield {
            "person": veil.person(row.learner_id),
            "lesson": row.lesson_id,
            "step": row.step_number,
            "is_done": bool(row.is_done),
            "updated_at": _stamp(row.updated_at),
        }


def attempts(engine: Engine, veil: Veil, since: datetime | None) -> Iterator[Row]:
    """Give every answer to a quiz question, oldest first."""
    attempt = learning.attempt
    query = sa.select(attempt) if since is None else sa.select(attempt).where(attempt.c.answered_at >= since)
    for row in _in_pieces(engine, query, veil.piece_rows, attempt.c.id):
        yield {
            "person": veil.person(row.learner_id),
            "lesson": row.lesson_id,
            "item": row.item_id,
            "number": row.number,
            "chosen": " ".join(json.loads(row.chosen)) if row.chosen.startswith("[") else row.chosen,
            "outcome": row.outcome,
            "answered_at": _stamp(row.answered_at),
        }


def _in_pieces(engine: Engine, query: Any, count: int, *keys: Any) -> Iterator[Any]:
    """Read a query by its keys, a piece at a time, each in a transaction of its own."""
    last: tuple[Any, ...] | None = None
    while True:
        with reading(engine) as connection:
            rows = _piece(connection, query.limit(count), keys, last)
        yield from rows
        if len(rows) < count:
            return
        last = tuple(rows[-1]._mapping[key.name] for key in keys)


def _piece(connection: Connection, query: Any, keys: tuple[Any, ...], last: tuple[Any, ...] | None) -> list[Any]:
    if last is not None:
        query = query.where(sa.tuple_(*keys) > sa.tuple_(*last) if len(keys) > 1 else keys[0] > last[0])
    rows: list[Any] = connection.execute(query.order_by(*keys)).all()
    return rows


Source = Callable[[Engine, Veil, datetime | None], Iterator[Row]]
