"""Who is looking at the desk just now: a random token in a cookie, only its hash stored, ending by itself."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import now_utc, reading
from review import tables
from review.users import User

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
TOKEN_LIMIT_CHARS = 100


@dataclass(frozen=True)
class Session:
    """An open visit. ``csrf`` stands in every form of it."""

    user: User
    csrf: str
    token: str


class Sessions:
    """Opens, finds and closes visits."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, user: User) -> Session:
        """Begin a visit with a token that nobody had before: 256 random bits."""
        session = Session(user, secrets.token_urlsafe(24), secrets.token_urlsafe(32))
        now = now_utc()
        row = {"token_hash": _hash(session.token), "name": user.name, "csrf": session.csrf}
        with self._engine.begin() as connection:
            connection.execute(tables.desk_session.insert().values(**row, opened_at=now, seen_at=now))
        return session

    def find(self, token: str | None) -> Session | None:
        """Return the visit of a token; None when there is none, or it has ended."""
        if not token or len(token) > TOKEN_LIMIT_CHARS:
            return None
        visit, user = tables.desk_session, tables.desk_user
        query = (
            sa.select(visit, user.c.role)
            .join(user, user.c.name == visit.c.name)
            .where(visit.c.token_hash == _hash(token), user.c.disabled_at.is_(None))
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        now = now_utc()
        if row is None or now - row.seen_at > IDLE or now - row.opened_at > LONGEST:
            return None
        if now - row.seen_at > SEEN_EVERY:
            self._see(token)
        return Session(User(row.name, row.role), row.csrf, token)

    def _see(self, token: str) -> None:
        table = tables.desk_session
        with self._engine.begin() as connection:
            connection.execute(table.update().where(table.c.token_hash == _hash(token)).values(seen_at=now_utc()))

    def close(self, token: str) -> None:
        """End a visit."""
        table = tables.desk_session
        with self._engine.begin() as connection:
            connection.execute(table.delete().where(table.c.token_hash == _hash(token)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
