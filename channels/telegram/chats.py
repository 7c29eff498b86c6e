"""Who is behind a chat, and which updates were taken. Nothing else in the project knows the number of a chat."""

from __future__ import annotations

import secrets
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from channels.telegram.tables import telegram_chat, telegram_update
from database import now_utc, reading

OPEN, BLOCKED, GONE = "open", "blocked", "gone"
CLAIM_KEPT_DAYS = 7  # Telegram itself keeps updates for one day


class Chats:
    """Learners by chat, and chats by learner."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def learner(self, chat_id: int) -> str:
        """Return the learner behind a chat, somebody new for a chat that is new; it is open from now on."""
        with reading(self._engine) as connection:
            known = connection.execute(sa.select(telegram_chat).where(_is_chat(chat_id))).one_or_none()
        if known and known.state == OPEN:
            return str(known.learner_id)
        if known:
            self.set_state(chat_id, OPEN)
            return str(known.learner_id)
        return self._welcome(chat_id)

    def _welcome(self, chat_id: int) -> str:
        row = {"chat_id": chat_id, "learner_id": secrets.token_hex(16), "state": OPEN}
        try:
            with self._engine.begin() as connection:
                times = {"created_at": now_utc(), "changed_at": now_utc()}
                connection.execute(telegram_chat.insert().values(**row, **times))
        except IntegrityError:  # welcomed at the same moment by somebody else
            with reading(self._engine) as connection:
                query = sa.select(telegram_chat.c.learner_id).where(_is_chat(chat_id))
                return str(connection.execute(query).scalar_one())
        return str(row["learner_id"])

    def of(self, learner_id: str) -> list[int]:
        """Return the chats in which a learner can be reached."""
        query = sa.select(telegram_chat.c.chat_id).where(
            telegram_chat.c.learner_id == learner_id, telegram_chat.c.state == OPEN
        )
        with reading(self._engine) as connection:
            return list(connection.execute(query.order_by(telegram_chat.c.created_at)).scalars())

    def set_state(self, chat_id: int, state: str) -> None:
        """Keep whether a chat takes messages; a chat that nobody knows stays unknown."""
        values = {"state": state, "changed_at": now_utc()}
        with self._engine.begin() as connection:
            connection.execute(telegram_chat.update().where(_is_chat(chat_id)).values(values))

    def move(self, chat_id: int, new_chat_id: int) -> None:
        """Keep that a chat has another number now; if that one is known already, the old one is only gone."""
        with self._engine.begin() as connection:
            if _exists(connection, new_chat_id):
                values = {"state": GONE, "changed_at": now_utc()}
            else:
                values = {"chat_id": new_chat_id, "changed_at": now_utc()}
            connection.execute(telegram_chat.update().where(_is_chat(chat_id)).values(values))


class Claims:
    """Updates that were taken, each once.

    Args:
        bot: The bot's own number, as another bot counts its updates anew.
    """

    def __init__(self, engine: Engine, bot: str) -> None:
        self._engine = engine
        self._bot = bot

    def is_taken(self, update_id: int) -> bool:
        """Tell whether an update was taken before."""
        with reading(self._engine) as connection:
            query = sa.select(telegram_update.c.update_id).where(self._is(update_id))
            return connection.execute(query).one_or_none() is not None

    def claim(self, update_id: int) -> bool:
        """Take an update; False if it was taken before."""
        row = {"bot": self._bot, "update_id": update_id, "taken_at": now_utc()}
        try:
            with self._engine.begin() as connection:
                connection.execute(telegram_update.insert().values(row))
        except IntegrityError:
            return False
        return True

    def forget_old(self) -> None:
        """Forget updates that cannot come again."""
        limit = now_utc() - timedelta(days=CLAIM_KEPT_DAYS)
        with self._engine.begin() as connection:
            connection.execute(telegram_update.delete().where(telegram_update.c.taken_at < limit))

    def _is(self, update_id: int) -> sa.sql.ColumnElement:
        return sa.and_(telegram_update.c.bot == self._bot, telegram_update.c.update_id == update_id)


def _is_chat(chat_id: int) -> sa.sql.ColumnElement:
    return telegram_chat.c.chat_id == chat_id


def _exists(connection: Connection, chat_id: int) -> bool:
    return connection.execute(sa.select(telegram_chat.c.chat_id).where(_is_chat(chat_id))).one_or_none() is not None
