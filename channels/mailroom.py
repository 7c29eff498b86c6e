"""Inbox and outbox: every message is kept before it is handled, and every reply before it is sent.

So a message that comes again gets the reply it already had, and a reader who was away finds what was missed.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from channels import tables
from channels.errors import Conflict
from channels.said import Said
from channels.words import say
from database import now_utc, reading

HISTORY_LIMIT = 200
OPENING = {"start": "/greet"}
_KNOWN_EXTRAS = ("image", "sources", "progress", "files")


@dataclass(frozen=True)
class Letter:
    """A message taken in: what the assistant is to be told, and whether it was answered before."""

    payload: str
    is_answered: bool


class Mailroom:
    """Keeps what comes in and what goes out, by learner."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take_in(self, learner_id: str, said: Said) -> Letter:
        """Keep a message, or find that it is here already.

        Raises:
            Conflict: The id belongs to another message of this person, or the button was never offered to them.
        """
        said_hash = hashlib.sha256(f"{said.text!r}|{said.button!r}".encode("utf-8", "replace")).hexdigest()
        with self._engine.begin() as connection:
            known = self._find(connection, learner_id, said.message_id)
            if known:
                if known.said_hash != said_hash:
                    raise Conflict("That message id was used for another message.")
                return Letter(known.payload, known.answered_at is not None)
            payload, shown = self._resolve(connection, learner_id, said)
            values = {
                "message_id": said.message_id,
                "said_hash": said_hash,
                "payload": payload,
                "received_at": now_utc(),
            }
            connection.execute(tables.inbox.insert().values(learner_id=learner_id, **values))
            if shown:
                _send(connection, learner_id, said.message_id, "you", shown, {})
        return Letter(payload, False)

    def _find(self, connection: Connection, learner_id: str, message_id: str) -> Any:
        table = tables.inbox
        query = sa.select(table).where(table.c.learner_id == learner_id, table.c.message_id == message_id)
        return connection.execute(query).one_or_none()

    def _resolve(self, connection: Connection, learner_id: str, said: Said) -> tuple[str, str]:
        """Return what the assistant is told and what the person sees as said."""
        if said.button is None:
            return said.text or "", said.text or ""
        if said.button in OPENING:
            return OPENING[said.button], ""
        table = tables.button
        query = sa.select(table).where(table.c.token == said.button, table.c.learner_id == learner_id)
        found = connection.execute(query).one_or_none()
        if found is None:
            raise Conflict(say("button_gone"))
        return found.payload, found.title

    def answer(self, learner_id: str, message_id: str, replies: list[dict[str, Any]]) -> None:
        """Keep the replies to a message, and that it is answered; done twice, it changes nothing."""
        table = tables.inbox
        with self._engine.begin() as connection:
            open_row = (
                table.c.learner_id == learner_id,
                table.c.message_id == message_id,
                table.c.answered_at.is_(None),
            )
            if not connection.execute(table.update().where(*open_row).values(answered_at=now_utc())).rowcount:
                return
            for reply in replies:
                buttons = [_offer(connection, learner_id, one) for one in reply.get("buttons") or []]
                custom = reply.get("custom") or {}
                extras = {"buttons": buttons, "image": reply.get("image")}
                extras |= {key: custom[key] for key in _KNOWN_EXTRAS if custom.get(key)}
                _send(connection, learner_id, message_id, "tutor", reply.get("text") or "", extras)

    def replies(self, learner_id: str, message_id: str) -> list[dict[str, Any]]:
        """Return the replies to one message, oldest first."""
        table = tables.outbox
        of_message = (table.c.message_id == message_id, table.c.author == "tutor")
        return self._read(sa.select(table).where(table.c.learner_id == learner_id, *of_message).order_by(table.c.id))

    def history(self, learner_id: str, after: int = 0) -> list[dict[str, Any]]:
        """Return what was said on both sides after a message, oldest first, the latest ``HISTORY_LIMIT`` at most."""
        table = tables.outbox
        newest = sa.select(table).where(table.c.learner_id == learner_id, table.c.id > after)
        return self._read(newest.order_by(table.c.id.desc()).limit(HISTORY_LIMIT))[::-1]

    def _read(self, query: Any) -> list[dict[str, Any]]:
        with reading(self._engine) as connection:
            return [_to_message(row) for row in connection.execute(query)]


def _offer(connection: Connection, learner_id: str, one: dict[str, Any]) -> dict[str, str]:
    token = secrets.token_urlsafe(9)
    values = {"title": one["title"], "payload": one["payload"], "offered_at": now_utc()}
    connection.execute(tables.button.insert().values(token=token, learner_id=learner_id, **values))
    return {"title": one["title"], "token": token, "kind": one.get("kind") or "action"}


def _send(
    connection: Connection, learner_id: str, message_id: str, author: str, text: str, extras: dict[str, Any]
) -> None:
    row = {"message_id": message_id, "author": author, "text": text, "sent_at": now_utc()}
    kept = json.dumps(extras, ensure_ascii=False)
    connection.execute(tables.outbox.insert().values(learner_id=learner_id, extras=kept, **row))


def _to_message(row: Any) -> dict[str, Any]:
    extras = json.loads(row.extras)
    return {
        "id": str(row.id),
        "from": row.author,
        "client_id": row.message_id,
        "text": row.text,
        "buttons": extras.get("buttons", []),
        "sources": extras.get("sources", []),
        "files": extras.get("files", []),
        "image": extras.get("image"),
        "progress": extras.get("progress"),
        "sent_at": row.sent_at.isoformat() + "Z",
    }
