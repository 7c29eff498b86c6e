"""Rows of the outbox: how a message of either side is written, and what it looks like when it is read."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from channels import tables
from database import now_utc

_KNOWN_EXTRAS = ("image", "sources", "progress", "files")


def write_said(connection: Connection, learner_id: str, message_id: str, text: str, channel: str) -> None:
    """Keep what the person sees as said."""
    _write(connection, (learner_id, message_id, channel), "you", text, {})


def write_replies(
    connection: Connection, learner_id: str, message_id: str, replies: Iterable[dict[str, Any]], channel: str
) -> None:
    """Keep replies of the tutor as the assistant gives them; their buttons get tokens of this person's own."""
    for reply in replies:
        buttons = [_offer(connection, learner_id, one) for one in reply.get("buttons") or []]
        custom = reply.get("custom") or {}
        extras = {"buttons": buttons, "image": reply.get("image")}
        extras |= {key: custom[key] for key in _KNOWN_EXTRAS if custom.get(key)}
        _write(connection, (learner_id, message_id, channel), "tutor", reply.get("text") or "", extras)


def to_message(row: Any) -> dict[str, Any]:
    """Make the message of a row, as the doors show it."""
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


def newest_buttons(connection: Connection, learner_id: str) -> list[dict[str, Any]]:
    """Return the buttons of the newest message that the tutor answered, those of all its bubbles."""
    table = tables.outbox
    of_tutor = (table.c.learner_id == learner_id, table.c.author == "tutor")
    newest = sa.select(table.c.message_id).where(*of_tutor).order_by(table.c.id.desc()).limit(1).scalar_subquery()
    extras = connection.execute(sa.select(table.c.extras).where(*of_tutor, table.c.message_id == newest)).scalars()
    return [button for one in extras for button in json.loads(one).get("buttons", [])]


def _offer(connection: Connection, learner_id: str, one: dict[str, Any]) -> dict[str, str]:
    token = secrets.token_urlsafe(9)
    values = {"title": one["title"], "payload": one["payload"], "offered_at": now_utc()}
    connection.execute(tables.button.insert().values(token=token, learner_id=learner_id, **values))
    return {"title": one["title"], "token": token, "kind": one.get("kind") or "action"}


def _write(connection: Connection, place: tuple[str, str, str], author: str, text: str, extras: dict[str, Any]) -> None:
    learner_id, message_id, channel = place
    row = {"message_id": message_id, "author": author, "text": text, "sent_at": now_utc(), "channel": channel}
    kept = json.dumps(extras, ensure_ascii=False)
    connection.execute(tables.outbox.insert().values(learner_id=learner_id, extras=kept, **row))
