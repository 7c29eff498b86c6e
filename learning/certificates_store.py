"""Certificates that were given out: found by their code, replaced by a newer one, revoked by the course team.

A row holds what was certified and never a name. It outlives its learner: erasing takes the learner's id out, so that
the paper in somebody's hands can still be checked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from database import now_utc, reading
from learning import tables
from learning.certificate import Certified
from learning.certificate_code import LETTERS, TYPED_LIMIT_CHARS, read_code
from learning.errors import LearningError

START_CHARS = 8
START_LEAST_CHARS = 4
REASON_LIMIT_CHARS = 500
State = Literal["valid", "replaced", "revoked"]


class CertificateUnknown(LearningError):
    """No certificate has this code, or several begin with it."""


class CertificateWithheld(LearningError):
    """The course team revoked the learner's certificate; there is no new one before they restore it."""


@dataclass(frozen=True)
class Certificate:
    """One certificate. ``start`` is how its code begins; times are UTC without a zone; ``reason`` is the team's own."""

    start: str
    certified: Certified
    issued_at: datetime
    replaced_at: datetime | None = None
    revoked_at: datetime | None = None
    reason: str = ""

    @property
    def state(self) -> State:
        """Whether it still holds."""
        return "revoked" if self.revoked_at else "replaced" if self.replaced_at else "valid"


class Certificates:
    """Gives out certificates, finds them, and takes them back.

    Args:
        engine: The database.
        clock: Gives the present moment in UTC, without a zone.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now_utc) -> None:
        self._engine = engine
        self._clock = clock

    def issue(self, code: str, learner_id: str, certified: Certified) -> Certificate:
        """Give out a certificate, or return the one with this code; the learner's earlier ones are replaced by it.

        Raises:
            CertificateWithheld: The course team revoked one of this learner.
        """
        try:
            with self._engine.begin() as connection:
                known = _read(connection, code)
                if known is None:
                    return self._add(connection, code, learner_id, certified)
                return self._take_up_again(connection, code, learner_id) if known.state == "replaced" else known
        except IntegrityError:  # PostgreSQL may let in another writer with the same code; SQLite makes it wait
            known = self.find(code)
            if known is None:
                raise
            return known

    def _add(self, connection: Connection, code: str, learner_id: str, certified: Certified) -> Certificate:
        if _is_withheld(connection, learner_id):
            raise CertificateWithheld("a certificate of this learner was revoked; restore it first")
        table, now = tables.certificate, self._clock()
        self._replace(connection, learner_id)
        facts = asdict(certified) | {"titles": json.dumps(certified.titles, ensure_ascii=False)}
        row = {"code_hash": _hash(code), "code_start": code[:START_CHARS], "learner_id": learner_id, "issued_at": now}
        connection.execute(table.insert().values(**row, **facts))
        return Certificate(code[:START_CHARS], certified, now)

    def _take_up_again(self, connection: Connection, code: str, learner_id: str) -> Certificate:
        """Let a certificate hold again in the place of the one that replaced it, as when a name is put back."""
        if _is_withheld(connection, learner_id):
            raise CertificateWithheld("a certificate of this learner was revoked; restore it first")
        self._replace(connection, learner_id)
        table = tables.certificate
        connection.execute(table.update().where(table.c.code_hash == _hash(code)).values(replaced_at=None))
        known = _read(connection, code)
        assert known is not None
        return known

    def _replace(self, connection: Connection, learner_id: str) -> None:
        table = tables.certificate
        earlier = (table.c.learner_id == learner_id, table.c.replaced_at.is_(None))
        connection.execute(table.update().where(*earlier).values(replaced_at=self._clock()))

    def find(self, code: str) -> Certificate | None:
        """Return the certificate with a code. It is looked up by a hash, so that time tells nothing of others."""
        with reading(self._engine) as connection:
            return _read(connection, code)

    def owner(self, code: str) -> str | None:
        """Return whose a certificate is; None for an unknown code, or once its learner was erased."""
        table = tables.certificate
        query = sa.select(table.c.learner_id).where(table.c.code_hash == _hash(code))
        with reading(self._engine) as connection:
            owner: str | None = connection.execute(query).scalar_one_or_none()
        return owner

    def is_withheld(self, learner_id: str) -> bool:
        """Tell whether the course team revoked a certificate of this learner."""
        with reading(self._engine) as connection:
            return _is_withheld(connection, learner_id)

    def list(self, limit: int = 200) -> list[Certificate]:
        """Return the certificates given out, the newest first."""
        table = tables.certificate
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(table).order_by(table.c.issued_at.desc()).limit(limit)).mappings()
            return [_to_certificate(row) for row in rows]

    def look_up(self, typed: str, limit: int = 50) -> Sequence[Certificate]:
        """Return those with a code, or whose code begins so, the newest first; none for what cannot be a code."""
        table, is_it = tables.certificate, _has_code(typed)
        if is_it is None:
            return []
        query = sa.select(table).where(is_it).order_by(table.c.issued_at.desc()).limit(limit)
        with reading(self._engine) as connection:
            return [_to_certificate(row) for row in connection.execute(query).mappings()]

    def revoke(self, code: str, reason: str) -> Certificate:
        """Take a certificate back; one that was taken back already keeps its day. The reason stays with the team.

        Args:
            code: The whole code, or how it begins, at least four letters.
            reason: Why; only the team reads it.

        Raises:
            CertificateUnknown: There is none, or there are several.
        """
        revoked_at = sa.func.coalesce(tables.certificate.c.revoked_at, self._clock())
        return self._change(code, revoked_at=revoked_at, reason=reason[:REASON_LIMIT_CHARS])

    def restore(self, code: str) -> Certificate:
        """Let a certificate hold again that was revoked.

        Raises:
            CertificateUnknown: There is none, or there are several.
        """
        return self._change(code, revoked_at=None, reason=None)

    def _change(self, code: str, **values: Any) -> Certificate:
        table = tables.certificate
        with self._engine.begin() as connection:
            code_hash = _one_hash(connection, code)
            connection.execute(table.update().where(table.c.code_hash == code_hash).values(**values))
            query = sa.select(table).where(table.c.code_hash == code_hash)
            return _to_certificate(connection.execute(query).mappings().one())


def _one_hash(connection: Connection, typed: str) -> str:
    is_it = _has_code(typed)
    if is_it is None:
        raise CertificateUnknown(f"{typed!r} is no code; give the whole code, or its first four to eight letters")
    found = connection.execute(sa.select(tables.certificate.c.code_hash).where(is_it)).scalars().all()
    if len(found) != 1:
        how_many = "no certificate has" if not found else f"{len(found)} certificates have"
        raise CertificateUnknown(f"{how_many} the code {typed!r}; see the list")
    return str(found[0])


def _has_code(typed: str) -> Any:
    """Return the condition for a code, whole or how it begins; None for what cannot be one."""
    table = tables.certificate
    letters = "".join(letter for letter in typed[:TYPED_LIMIT_CHARS].upper() if letter in LETTERS)
    if code := read_code(typed):
        return table.c.code_hash == _hash(code)
    is_start = START_LEAST_CHARS <= len(letters) <= START_CHARS
    return table.c.code_start.like(f"{letters}%") if is_start else None


def _is_withheld(connection: Connection, learner_id: str) -> bool:
    table = tables.certificate
    query = sa.select(table.c.code_hash).where(table.c.learner_id == learner_id, table.c.revoked_at.is_not(None))
    return connection.execute(query.limit(1)).first() is not None


def _read(connection: Connection, code: str) -> Certificate | None:
    query = sa.select(tables.certificate).where(tables.certificate.c.code_hash == _hash(code))
    row = connection.execute(query).mappings().one_or_none()
    return _to_certificate(row) if row else None


def _to_certificate(row: Any) -> Certificate:
    facts = {name: row[name] for name in Certified.__dataclass_fields__} | {"titles": tuple(json.loads(row["titles"]))}
    times = {name: row[name] for name in ("issued_at", "replaced_at", "revoked_at")}
    return Certificate(row["code_start"], Certified(**facts), **times, reason=row["reason"] or "")


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
