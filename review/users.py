"""Who may look at the desk: names, passwords by argon2, and three roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy.engine import Connection, Engine

from database import now_utc
from review import tables

ROLES = ("reader", "editor", "owner")  # each may what the one before may, and more
PASSWORD_LEAST_CHARS = 12
PASSWORD_LIMIT_CHARS = 200
NAME_LIMIT_CHARS = 80
TRIES_OF_NAME = 5
TRIES_OF_ADDRESS = 30
LOCKED = timedelta(minutes=15)
_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody has this password")  # so that an unknown name takes as long as a known one


class UserError(ValueError):
    """A login that cannot be made or changed; the text says why."""


@dataclass(frozen=True)
class User:
    """Somebody of the course team."""

    name: str
    role: str

    def may(self, role: str) -> bool:
        """Tell whether this one may do what a role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Users:
    """Makes logins and checks passwords."""

    def __init__(self, engine: Engine, hasher: PasswordHasher = _hasher) -> None:
        self._engine = engine
        self._hasher = hasher

    def add(self, name: str, password: str, role: str) -> None:
        """Make a login, or give one a new password and role; its open sessions end.

        Raises:
            UserError: The name, password or role cannot be used.
        """
        name = name.strip()
        if not 0 < len(name) <= NAME_LIMIT_CHARS or not name.isprintable():
            raise UserError(f"a name has 1 to {NAME_LIMIT_CHARS} characters")
        if role not in ROLES:
            raise UserError(f"there is no role {role!r}; the roles are {', '.join(ROLES)}")
        if not PASSWORD_LEAST_CHARS <= len(password) <= PASSWORD_LIMIT_CHARS:
            raise UserError(f"a password has {PASSWORD_LEAST_CHARS} to {PASSWORD_LIMIT_CHARS} characters")
        table = tables.desk_user
        row = {"password_hash": self._hasher.hash(password), "role": role, "created_at": now_utc(), "disabled_at": None}
        with self._engine.begin() as connection:
            if not connection.execute(table.update().where(table.c.name == name).values(row)).rowcount:
                connection.execute(table.insert().values(name=name, **row))
            end_sessions(connection, name)

    def disable(self, name: str) -> None:
        """Close a login; its open sessions end.

        Raises:
            UserError: There is no such login.
        """
        table = tables.desk_user
        with self._engine.begin() as connection:
            change = table.update().where(table.c.name == name).values(disabled_at=now_utc())
            if not connection.execute(change).rowcount:
                raise UserError(f"there is no login {name!r}")
            end_sessions(connection, name)

    def all(self) -> list[tuple[str, str, bool]]:
        """List name, role and whether it is open."""
        table = tables.desk_user
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(table).order_by(table.c.name))
            return [(row.name, row.role, row.disabled_at is None) for row in rows]

    def check(self, name: str, password: str, address: str) -> User | None:
        """Return who that is; None for a wrong name or password, or after too many of them."""
        with self._engine.begin() as connection:
            is_locked = _is_locked(connection, name, address)
            table = tables.desk_user
            query = sa.select(table).where(table.c.name == name, table.c.disabled_at.is_(None))
            row = connection.execute(query).one_or_none()
            is_right = _verify(row.password_hash if row else _NOBODY, password)
            if row and is_right and not is_locked:
                connection.execute(tables.desk_try.delete().where(tables.desk_try.c.name == name))
                return User(row.name, row.role)
            values = {"name": name[:NAME_LIMIT_CHARS], "address": address[:64], "tried_at": now_utc()}
            connection.execute(tables.desk_try.insert().values(values))
            return None


def end_sessions(connection: Connection, name: str) -> None:
    """End every open session of a login."""
    connection.execute(tables.desk_session.delete().where(tables.desk_session.c.name == name))


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password[: PASSWORD_LIMIT_CHARS + 1])
    except VerificationError:
        return False


def _is_locked(connection: Connection, name: str, address: str) -> bool:
    """Tell whether a name or an address has tried too often of late; older tries are forgotten."""
    table = tables.desk_try
    connection.execute(table.delete().where(table.c.tried_at < now_utc() - LOCKED))
    count = sa.select(sa.func.count()).select_from(table)
    of_name = connection.execute(count.where(table.c.name == name[:NAME_LIMIT_CHARS])).scalar_one()
    of_address = connection.execute(count.where(table.c.address == address[:64])).scalar_one()
    return bool(of_name >= TRIES_OF_NAME or of_address >= TRIES_OF_ADDRESS)
