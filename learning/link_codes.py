"""Short codes that open one's course at another door: one use, ten minutes, and few tries.

The letters are consonants and digits that nobody mixes up, so that no code is a word: 27 signs, eight of them, some
2.8e11 codes. With ``MISSES_OF_ALL`` wrong tries in ten minutes, the chance to hit one of a thousand open codes is below
one in a million.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from database import now_utc
from learning import tables
from learning.belongings import Belongings
from learning.joining import join
from learning.twice import TWICE_WITHIN, came_twice

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
LIFE_MINUTES = 10
MISSES_OF_ONE = 5
MISSES_OF_ALL = 200
_CODE = re.compile(rf"\s*([{ALPHABET}]{{4}})[-\s]?([{ALPHABET}]{{4}})\s*", re.I)

Kind = Literal["joined", "ask", "same", "unknown", "too_many"]


@dataclass(frozen=True)
class Joining:
    """What became of a code.

    ``joined``: ``learner_id`` is the one learner now. ``ask``: both have begun, so the person is asked whether to put
    both together; the code still works. ``same``: the code was made at this very door. ``unknown``: wrong, used or too
    old. ``too_many``: no more tries for now. ``is_merged`` says that something was put together.
    """

    kind: Kind
    learner_id: str
    is_merged: bool = False


def read_code(text: str) -> str | None:
    """Return a code that a text is, as it is written; None for any other text.

    Example:
        >>> read_code(" bcdf 2345"), read_code("well-done")
        ('BCDF-2345', None)
    """
    match = _CODE.fullmatch(text)
    return f"{match[1]}-{match[2]}".upper() if match else None


class LinkCodes:
    """Makes codes, and joins with them.

    Args:
        engine: The database.
        secret: Keys the stored hashes, so that a copy of the database alone opens no door.
        clock: Gives the present moment in UTC, without a zone.
    """

    def __init__(self, engine: Engine, secret: str, clock: Callable[[], datetime] = now_utc) -> None:
        self._engine = engine
        self._secret = secret.encode()
        self._clock = clock
        self._belongings = Belongings(engine)

    def make(self, learner_id: str) -> str:
        """Make a code for a learner; an earlier one that was not used stops working.

        One of a moment ago works on: after a double tap two are on the screen, and either may be scanned.
        """
        signs = "".join(secrets.choice(ALPHABET) for _ in range(8))
        code, now, table = f"{signs[:4]}-{signs[4:]}", self._clock(), tables.link_code
        values = {"made_at": now, "expires_at": now + timedelta(minutes=LIFE_MINUTES), "used_at": None}
        with self._engine.begin() as connection:
            connection.execute(_open_of(learner_id).where(table.c.made_at < now - TWICE_WITHIN))
            connection.execute(table.insert().values(code_hash=self._hash(code), learner_id=learner_id, **values))
        return code

    def join(self, code: str, learner_id: str, *, is_confirmed: bool = False) -> Joining:
        """Join a learner, with all doors that lead to them, to the one who made the code. One transaction.

        Args:
            code: As it was typed.
            learner_id: Whoever typed it; empty for a browser that nobody knows yet, which then has nothing to merge.
                It may ask twice in a moment: of a double tap only the second answer reaches it.
            is_confirmed: The person has said yes to putting two histories together.
        """
        with self._engine.begin() as connection:
            if self._is_over(connection, learner_id):
                return Joining("too_many", learner_id)
            target, used_at = self._find(connection, read_code(code) or "")
            if target and target == learner_id:  # used: the same message again, after it had joined them
                return Joining("joined" if used_at else "same", learner_id)
            if not learner_id and used_at and came_twice(used_at, self._clock()):  # its first answer may never come
                return Joining("joined", target)
            if not target or used_at:
                row = {"learner_id": learner_id, "tried_at": self._clock()}
                connection.execute(tables.link_try.insert().values(row))
                return Joining("unknown", learner_id)
            has_begun = bool(learner_id) and self._belongings.has_begun(connection, learner_id)
            if has_begun and not is_confirmed:
                return Joining("ask", learner_id)
            self._use(connection, read_code(code) or "")
            connection.execute(_open_of(target))
            if learner_id:
                join(self._belongings, connection, learner_id, target)
            return Joining("joined", target, has_begun)

    def tidy(self) -> int:
        """Delete codes and tries that are over; returns how many."""
        since = self._clock() - timedelta(minutes=LIFE_MINUTES)
        codes, tries = tables.link_code, tables.link_try
        with self._engine.begin() as connection:
            gone = connection.execute(codes.delete().where(codes.c.expires_at < since)).rowcount
            return int(gone + connection.execute(tries.delete().where(tries.c.tried_at < since)).rowcount)

    def _find(self, connection: Connection, code: str) -> tuple[str, datetime | None]:
        """Return who made a code, and when it was used; nobody for one that is wrong or too old."""
        table = tables.link_code
        works = (table.c.code_hash == self._hash(code), table.c.expires_at > self._clock())
        row = connection.execute(sa.select(table.c.learner_id, table.c.used_at).where(*works)).one_or_none()
        return (row.learner_id, row.used_at) if row else ("", None)

    def _use(self, connection: Connection, code: str) -> None:
        table = tables.link_code
        connection.execute(table.update().where(table.c.code_hash == self._hash(code)).values(used_at=self._clock()))

    def _is_over(self, connection: Connection, learner_id: str) -> bool:
        table = tables.link_try
        since = self._clock() - timedelta(minutes=LIFE_MINUTES)
        recent = sa.select(sa.func.count()).select_from(table).where(table.c.tried_at > since)
        own = connection.execute(recent.where(table.c.learner_id == learner_id)).scalar_one() if learner_id else 0
        return bool(own >= MISSES_OF_ONE or connection.execute(recent).scalar_one() >= MISSES_OF_ALL)

    def _hash(self, code: str) -> str:
        return hmac.new(self._secret, code.encode(), hashlib.sha256).hexdigest()


def _open_of(learner_id: str) -> sa.sql.Delete:
    """Delete the codes that a learner made and nobody used."""
    table = tables.link_code
    return table.delete().where(table.c.learner_id == learner_id, table.c.used_at.is_(None))
