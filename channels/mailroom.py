"""Inbox and outbox: every message is kept before it is handled, and every reply before it is sent.

So a message that comes again gets the reply it already had, a reader who was away finds what was missed, and what a
crash left is still there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from channels import tables
from channels.errors import Conflict, TooMany
from channels.outbox import to_message, write_replies, write_said
from channels.said import Said
from channels.typed_title import typed_title
from channels.words import say
from database import now_utc, reading

HISTORY_LIMIT = 200
WAITING_AT_MOST = 8
OPENING = {  # what a door may say for a person without a button of theirs: to open the chat, or by a command's name
    "start": "/greet",
    "lesson": "/start_course",
    "ask": "/ask_help",
    "plan": "/start_roadmap",
    "compare": "/compare_setting",
    "practise": "/start_repetition",
    "progress": "/ask_progress",
    "notes": "/show_notes",
    "help": "/ask_help",
    "privacy": "/ask_privacy",
    "stop": "/stop_reminders",
}


@dataclass(frozen=True)
class Letter:
    """A message taken in: what the assistant is to be told, and whether it was answered before."""

    payload: str
    is_answered: bool


@dataclass(frozen=True)
class OpenLetter:
    """A message that waits for its answer.

    Attributes:
        tries: How often it failed although everything was there to answer it.
        is_told: Whether the person knows that it waits.
    """

    message_id: str
    payload: str
    channel: str
    received_at: datetime
    tries: int
    is_told: bool


class Mailroom:
    """Keeps what comes in and what goes out, by learner."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take_in(self, learner_id: str, said: Said, channel: str = "web") -> Letter:
        """Keep a message, or find that it is here already.

        Raises:
            Conflict: The id belongs to another message of this person, or the button was never offered to them.
            TooMany: ``WAITING_AT_MOST`` messages of this person wait already; this one was not kept.
        """
        said_hash = hashlib.sha256(f"{said.text!r}|{said.button!r}".encode("utf-8", "replace")).hexdigest()
        with self._engine.begin() as connection:
            known = _find(connection, learner_id, said.message_id)
            if known:
                if known.said_hash != said_hash:
                    raise Conflict("That message id was used for another message.")
                return Letter(known.payload, known.answered_at is not None)
            payload, shown = _resolve(connection, learner_id, said)
            _check_room(connection, learner_id)
            values = {"said_hash": said_hash, "payload": payload, "received_at": now_utc(), "channel": channel}
            values |= {"message_id": said.message_id, "arrival": _next_arrival(connection)}
            connection.execute(tables.inbox.insert().values(learner_id=learner_id, **values))
            if shown:
                write_said(connection, learner_id, said.message_id, shown, channel)
        return Letter(payload, False)

    def first_open(self, learner_id: str) -> OpenLetter | None:
        """Return the person's earliest message without an answer."""
        table = tables.inbox
        query = sa.select(table).where(table.c.learner_id == learner_id, table.c.answered_at.is_(None))
        with reading(self._engine) as connection:
            row = connection.execute(query.order_by(table.c.arrival, table.c.received_at).limit(1)).one_or_none()
        if row is None:
            return None
        is_told = row.told_at is not None
        return OpenLetter(row.message_id, row.payload, row.channel, row.received_at, row.tries, is_told)

    def waiting_people(self, before: datetime) -> list[str]:
        """Return who has a message without an answer that came, or was to be tried again, before a moment."""
        table = tables.inbox
        since = sa.func.coalesce(table.c.next_try_at, table.c.received_at)
        query = sa.select(table.c.learner_id).where(table.c.answered_at.is_(None), since < before)
        with reading(self._engine) as connection:
            return list(connection.execute(query.distinct()).scalars())

    def is_waiting(self, learner_id: str) -> bool:
        """Tell whether a message of this person has no answer yet."""
        return self.first_open(learner_id) is not None

    def note_failure(self, learner_id: str, message_id: str, tries: int, next_try_at: datetime) -> None:
        """Keep that a message failed, and when it is tried again."""
        with self._engine.begin() as connection:
            connection.execute(_open_row(learner_id, message_id).values(tries=tries, next_try_at=next_try_at))

    def note_told(self, learner_id: str, message_id: str, text: str = "") -> bool:
        """Keep that the person knows that a message waits; a text is put into the outbox, for doors that bring it.

        Returns:
            False, and nothing is done, where the message is answered, or this or another one that waits was told.
        """
        table = tables.inbox
        told = sa.select(table.c.told_at).where(
            table.c.learner_id == learner_id, table.c.answered_at.is_(None), table.c.told_at.is_not(None)
        )
        with self._engine.begin() as connection:
            is_told = connection.execute(told.limit(1)).one_or_none() is not None
            if not connection.execute(_open_row(learner_id, message_id).values(told_at=now_utc())).rowcount or is_told:
                return False
            if text:
                channel = _find(connection, learner_id, message_id).channel
                write_replies(connection, learner_id, f"waits-{message_id}", [{"text": text}], channel)
        return True

    def answer(self, learner_id: str, message_id: str, replies: list[dict[str, Any]]) -> None:
        """Keep the replies to a message, and that it is answered; done twice, it changes nothing."""
        self._close(learner_id, message_id, replies, answered_at=now_utc())

    def give_up(self, learner_id: str, message_id: str, apology: str) -> None:
        """End the waiting of a message with an apology in place of replies; done twice, it changes nothing."""
        self._close(learner_id, message_id, [{"text": apology}], answered_at=now_utc(), given_up_at=now_utc())

    def _close(self, learner_id: str, message_id: str, replies: list[dict[str, Any]], **values: Any) -> None:
        with self._engine.begin() as connection:
            if connection.execute(_open_row(learner_id, message_id).values(**values)).rowcount:
                channel = _find(connection, learner_id, message_id).channel
                write_replies(connection, learner_id, message_id, replies, channel)

    def post(
        self, learner_id: str, message_id: str, text: str, buttons: list[dict[str, Any]], channel: str = "web"
    ) -> bool:
        """Keep something that the tutor says by itself, once for each message id.

        Buttons are as the assistant gives them: ``{"title": ..., "payload": "/intent"}``.

        Returns:
            Whether it is new.
        """
        table = tables.outbox
        there = sa.select(table.c.id).where(table.c.learner_id == learner_id, table.c.message_id == message_id)
        with self._engine.begin() as connection:
            if connection.execute(there.limit(1)).one_or_none() is not None:
                return False
            write_replies(connection, learner_id, message_id, [{"text": text, "buttons": buttons}], channel)
        return True

    def undelivered(self, channel: str, limit: int = 100, except_for: Collection[str] = ()) -> list[dict[str, Any]]:
        """Return messages of the tutor that a door has not delivered yet, oldest first, each with ``learner_id``.

        ``except_for`` leaves people out, such as those whose chat takes nothing for a while.
        """
        table = tables.outbox
        query = sa.select(table).where(
            table.c.channel == channel, table.c.delivered_at.is_(None), table.c.author == "tutor"
        )
        query = query.where(table.c.learner_id.not_in(list(except_for))) if except_for else query
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(table.c.id).limit(limit)).all()
        return [{**to_message(row), "learner_id": row.learner_id} for row in rows]

    def delivered(self, *ids: str) -> None:
        """Keep that messages, named by their ``id``, need no more delivering; done twice, it changes nothing."""
        table = tables.outbox
        numbers = [int(one) for one in ids]
        with self._engine.begin() as connection:
            open_rows = table.update().where(table.c.id.in_(numbers), table.c.delivered_at.is_(None))
            connection.execute(open_rows.values(delivered_at=now_utc()))

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
            return [to_message(row) for row in connection.execute(query)]


def _find(connection: Connection, learner_id: str, message_id: str) -> Any:
    table = tables.inbox
    query = sa.select(table).where(table.c.learner_id == learner_id, table.c.message_id == message_id)
    return connection.execute(query).one_or_none()


def _open_row(learner_id: str, message_id: str) -> Any:
    table = tables.inbox
    of_message = (table.c.learner_id == learner_id, table.c.message_id == message_id)
    return table.update().where(*of_message, table.c.answered_at.is_(None))


def _resolve(connection: Connection, learner_id: str, said: Said) -> tuple[str, str]:
    """Return what the assistant is told and what the person sees as said."""
    if said.button in OPENING:
        return OPENING[said.button], ""
    token = said.button or typed_title(connection, learner_id, said.text or "")
    table = tables.button
    query = sa.select(table).where(table.c.token == token, table.c.learner_id == learner_id)
    found = connection.execute(query).one_or_none() if token else None
    if said.button is None:
        return (found.payload if found else said.text or ""), said.text or ""
    if found is None:
        raise Conflict(say("button_gone"))
    return found.payload, found.title


def _check_room(connection: Connection, learner_id: str) -> None:
    table = tables.inbox
    is_open = (table.c.learner_id == learner_id, table.c.answered_at.is_(None))
    if connection.execute(sa.select(sa.func.count()).where(*is_open)).scalar_one() >= WAITING_AT_MOST:
        raise TooMany(say("too_many_waiting"))


def _next_arrival(connection: Connection) -> int:
    newest: int | None = connection.execute(sa.select(sa.func.max(tables.inbox.c.arrival))).scalar_one()
    return (newest or 0) + 1
