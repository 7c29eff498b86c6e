"""Links to papers that a learner takes away: each is made for one person, works once, and expires.

What stands behind a link is made when it is asked for, by who knows its ``kind``; nothing of it is stored here.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from database import now_utc, reading
from learning import tables

TOKEN_BYTES = 24  # 192 random bits
TOKEN_LIMIT_CHARS = 100
LIFE_HOURS = 24
PATH = "/files/"


@dataclass(frozen=True)
class Link:
    """One link, without its token. Times are UTC without a zone; ``used_at`` is None as long as it works.

    ``kind`` says what is behind it ("plan", "notes", "certificate"), ``subject`` which one, such as a project's id, and
    ``channel`` through which door it was asked for.
    """

    learner_id: str
    kind: str
    subject: str
    format: str
    channel: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None


class Downloads:
    """Makes links, finds what one stands for, and uses it up.

    Args:
        engine: The database.
        clock: Gives the present moment in UTC, without a zone.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now_utc) -> None:
        self._engine = engine
        self._clock = clock

    def make(self, learner_id: str, message_id: str, *, kind: str, format: str, channel: str, subject: str = "") -> str:
        """Make a link on behalf of a message, and return its token; only a hash of it is stored.

        The same message again gets a new token in the place of the old one, so there is never more than one link for
        it; whoever was sent the first one would not be asking again.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = self._clock()
        named = {"learner_id": learner_id, "message_id": message_id, "kind": kind, "subject": subject, "format": format}
        life = {"made_at": now, "expires_at": now + timedelta(hours=LIFE_HOURS), "used_at": None}
        values = {"token_hash": _hash(token), "channel": channel, **life}
        table = tables.download
        with self._engine.begin() as connection:
            same = [table.c[name] == value for name, value in named.items()]
            if not connection.execute(table.update().where(*same).values(**values)).rowcount:
                connection.execute(table.insert().values(**named, **values))
        return token

    def find(self, token: str) -> Link | None:
        """Return what a token stands for, used or not; None for one that is unknown or has expired."""
        with reading(self._engine) as connection:
            link = _find(connection, token)
        return link if link and link.expires_at > self._clock() else None

    def use(self, token: str) -> Link | None:
        """Use a link up, and return it; None for one that is unknown, expired, or was used before.

        Of two that ask at the same moment one gets it.
        """
        now, table = self._clock(), tables.download
        works = (table.c.token_hash == _hash(token), table.c.used_at.is_(None), table.c.expires_at > now)
        with self._engine.begin() as connection:
            if not connection.execute(table.update().where(*works).values(used_at=now)).rowcount:
                return None
            return _find(connection, token)


def address(token: str, public_url: str = "") -> str:
    """Return where a link leads: a path at the door, or a whole address where the page is not its neighbour.

    Example:
        >>> address("abc", "https://tutor.example.org")
        'https://tutor.example.org/files/abc'
    """
    return f"{public_url}{PATH}{token}"


def _find(connection: Connection, token: str) -> Link | None:
    if len(token) > TOKEN_LIMIT_CHARS:
        return None
    table = tables.download
    row = connection.execute(sa.select(table).where(table.c.token_hash == _hash(token))).mappings().one_or_none()
    return _to_link(row) if row else None


def _to_link(row: Any) -> Link:
    return Link(**{name: row[name] for name in Link.__dataclass_fields__})


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
