"""Logins of the desk, made where the tutor runs."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from sqlalchemy.engine import Engine

from database import migrate, open_engine
from review.users import UserError, Users
from settings import Settings


def add_user(settings: Settings, name: str, role: str) -> int:
    """Make a login, or give one a new password and role.

    The password is the first line of the file that ``REVIEW_PASSWORD_FILE`` names, or is typed twice.
    """
    Users(_engine(settings)).add(name, _read_password(), role)
    print(f"tutor: {name.strip()} can come in to the desk as {role}")
    return 0


def disable_user(settings: Settings, name: str) -> int:
    """Close a login."""
    Users(_engine(settings)).disable(name)
    print(f"tutor: the login of {name} is closed")
    return 0


def list_users(settings: Settings) -> int:
    """Print every login."""
    for name, role, is_open in Users(_engine(settings)).all():
        print(f"{name:24} {role:8} {'open' if is_open else 'closed'}")
    return 0


def _engine(settings: Settings) -> Engine:
    migrate(settings.database_url)
    return open_engine(settings.database_url)


def _read_password() -> str:
    if named := os.environ.get("REVIEW_PASSWORD_FILE"):
        try:
            return Path(named).read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"REVIEW_PASSWORD_FILE: {named} cannot be read ({error})") from error
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password (at least 12 characters): ")
    if password != getpass.getpass("Once more: "):
        raise UserError("the two passwords differ")
    return password
