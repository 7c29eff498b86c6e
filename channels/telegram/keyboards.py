"""Which buttons hang under which message of a chat, and which of them were pressed: of each group one, once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from channels import tables
from channels.telegram.keyboard import Button, group_of
from channels.telegram.tables import telegram_keyboard
from database import reading

Press = Literal["first", "again", "other"]
_COLUMNS = {"way": telegram_keyboard.c.way_token, "rate": telegram_keyboard.c.rate_token}


@dataclass(frozen=True)
class Keyboard:
    """The buttons under one message of the tutor."""

    outbox_id: int
    turn_id: str
    buttons: list[Button]

    def button(self, token: str) -> Button:
        """Return one of them."""
        return next(button for button in self.buttons if button["token"] == token)


class Keyboards:
    """Keeps keyboards by the message of the outbox that they belong to."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, learner_id: str, token: str) -> Keyboard | None:
        """Find the keyboard with a button among those that a learner was given."""
        if not token.isascii() or not token:
            return None
        table = tables.outbox
        query = sa.select(table.c.id, table.c.message_id, table.c.extras).where(
            table.c.learner_id == learner_id, table.c.extras.contains(token, autoescape=True)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(table.c.id.desc())).all()
        for row in rows:
            buttons = json.loads(row.extras).get("buttons", [])
            if any(button["token"] == token for button in buttons):
                return Keyboard(row.id, row.message_id, buttons)
        return None

    def hang(self, outbox_id: int, learner_id: str, message_id: int | None) -> None:
        """Keep under which message of the chat a keyboard hangs."""
        with self._engine.begin() as connection:
            _ensure(connection, outbox_id, learner_id)
            values = {"message_id": message_id, "is_shown": True}
            connection.execute(telegram_keyboard.update().where(_is(outbox_id)).values(values))

    def press(self, learner_id: str, keyboard: Keyboard, token: str) -> Press:
        """Take a press: the first of its group counts; the same button again is told from another one."""
        column = _COLUMNS[group_of(keyboard.button(token))]
        with self._engine.begin() as connection:
            _ensure(connection, keyboard.outbox_id, learner_id)
            free = telegram_keyboard.update().where(_is(keyboard.outbox_id), column.is_(None))
            if connection.execute(free.values({column.name: token})).rowcount:
                return "first"
            pressed = connection.execute(sa.select(column).where(_is(keyboard.outbox_id))).scalar_one()
        return "again" if pressed == token else "other"

    def release(self, keyboard: Keyboard, token: str) -> None:
        """Undo a press that could not be taken."""
        column = _COLUMNS[group_of(keyboard.button(token))]
        with self._engine.begin() as connection:
            taken = telegram_keyboard.update().where(_is(keyboard.outbox_id), column == token)
            connection.execute(taken.values({column.name: None}))

    def pressed(self, outbox_id: int) -> list[str]:
        """Return the tokens of what was pressed."""
        query = sa.select(telegram_keyboard.c.way_token, telegram_keyboard.c.rate_token).where(_is(outbox_id))
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        return [token for token in row or () if token]

    def take_down(self, learner_id: str, before: int, turn_id: str) -> list[int]:
        """Mark all keyboards of earlier turns as taken away in which nothing was pressed.

        Returns:
            The messages of the chat that they hang under.
        """
        turn = sa.select(tables.outbox.c.id).where(
            tables.outbox.c.learner_id == learner_id, tables.outbox.c.message_id == turn_id
        )
        earlier = (
            telegram_keyboard.c.learner_id == learner_id,
            telegram_keyboard.c.is_shown.is_(True),
            telegram_keyboard.c.outbox_id < before,
            telegram_keyboard.c.outbox_id.not_in(turn),
        )
        is_free = (telegram_keyboard.c.way_token.is_(None), telegram_keyboard.c.rate_token.is_(None))
        with self._engine.begin() as connection:
            hanging: list[Any] = connection.execute(
                sa.select(telegram_keyboard.c.message_id).where(*earlier, *is_free)
            ).all()
            connection.execute(telegram_keyboard.update().where(*earlier).values(is_shown=False))
        return [row.message_id for row in hanging if row.message_id is not None]


def _is(outbox_id: int) -> sa.sql.ColumnElement:
    return telegram_keyboard.c.outbox_id == outbox_id


def _ensure(connection: Connection, outbox_id: int, learner_id: str) -> None:
    if connection.execute(sa.select(telegram_keyboard.c.outbox_id).where(_is(outbox_id))).one_or_none() is None:
        row = {"outbox_id": outbox_id, "learner_id": learner_id, "is_shown": True}
        try:
            with connection.begin_nested():
                connection.execute(telegram_keyboard.insert().values(row))
        except IntegrityError:
            pass  # somebody else was quicker
