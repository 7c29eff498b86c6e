"""The one database: how it is opened, and how its schema is brought up to date.

Tables are declared beside the code that owns them; their history is one line of migrations.
"""

from __future__ import annotations

import sqlite3
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import DisconnectionError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

MIGRATIONS = Path(__file__).resolve().parent / "learning" / "migrations"
BUSY_TIMEOUT_MS = 5_000
RETRY_SECONDS = 0.02


class DatabaseUnusable(Exception):
    """The database cannot be opened or brought up to date; the text says why."""


def open_engine(url: str) -> Engine:
    """Open the database. SQLite gets a write-ahead log and transactions that begin by writing.

    Beginning with the write lock makes "read the last row, append the next" safe between processes:
    a second writer waits up to ``BUSY_TIMEOUT_MS`` and then sees what the first one wrote.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, future=True, pool_pre_ping=True, hide_parameters=True)
    location = make_url(url).database
    if location and location != ":memory:":
        Path(location).parent.mkdir(parents=True, exist_ok=True)
    arguments = {"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False}
    engine = create_engine(
        url, future=True, hide_parameters=True, poolclass=QueuePool, max_overflow=-1, connect_args=arguments
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    if location and location != ":memory:":
        _let_go_of_replaced_files(engine, Path(location))
    return engine


def _let_go_of_replaced_files(engine: Engine, path: Path) -> None:
    """Open the file anew when another one stands in its place, as after a restore.

    A connection that is kept would go on writing to a file that nobody can find any more.
    """

    def remember(_connection: object, record: Any) -> None:
        record.info["file"] = _file_id(path)

    def compare(_connection: object, record: Any, _proxy: object) -> None:
        if record.info["file"] != _file_id(path):
            raise DisconnectionError("the database file was replaced")

    event.listen(engine, "connect", remember)
    event.listen(engine, "checkout", compare)


def _file_id(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _prepare_sqlite(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # SQLAlchemy begins, not sqlite3
    cursor = connection.cursor()  # type: ignore[attr-defined]
    _use_write_ahead_log(cursor)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):  # what is deleted is overwritten
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _use_write_ahead_log(cursor: sqlite3.Cursor) -> None:
    """Switch the log on; SQLite does not wait by itself when another program does so at the same moment."""
    begun = time.monotonic()
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() - begun > BUSY_TIMEOUT_MS / 1000:
                raise
            time.sleep(RETRY_SECONDS)


def _begin_immediate(connection: Connection) -> None:
    mode = "" if connection.get_execution_options().get("read_only") else " IMMEDIATE"
    connection.exec_driver_sql(f"BEGIN{mode}")


def reading(engine: Engine) -> Connection:
    """Connect for reading only: on SQLite it takes no write lock and waits for no writer."""
    return engine.connect().execution_options(read_only=True)


def drop_deleted(engine: Engine, largest_bytes: int | None = None) -> str:
    """Rewrite SQLite's file without what was deleted, and cut its log to nothing.

    ``secure_delete`` overwrites a row that goes, but not the copies of it that stayed behind when rows moved from one
    page to another; only a rewritten file is without them. Meanwhile writers wait, some 7 s for each GB, and those
    that waited for ``BUSY_TIMEOUT_MS`` fail.

    Args:
        engine: The database.
        largest_bytes: A larger file is left as it is, and only its log is cut.

    Returns:
        Why copies may be left, in a few words; empty when none are, and for databases that see to it themselves.
    """
    if engine.dialect.name != "sqlite":
        return ""
    connection = engine.raw_connection()
    try:
        why = _rewrite(connection.cursor(), largest_bytes)
        return _cut_log(connection.cursor()) or why
    finally:
        connection.close()


def _rewrite(cursor: sqlite3.Cursor, largest_bytes: int | None) -> str:
    try:
        pages, page_bytes = (cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        if largest_bytes is not None and pages * page_bytes > largest_bytes:
            return "the file is too large to be rewritten while people write"
        cursor.execute("VACUUM")
    except sqlite3.OperationalError as error:
        return f"the file was not rewritten ({error})"
    return ""


def _cut_log(cursor: sqlite3.Cursor) -> str:
    try:
        is_busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError as error:
        return f"its log was not cut ({error})"
    return "its log was being read" if is_busy else ""


def migrate(url: str) -> None:
    """Bring the schema up to date; does nothing when it is.

    Raises:
        DatabaseUnusable: The database cannot be opened, or is not one of ours; it is as it was.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes.update(url=url)
    try:
        command.upgrade(config, "head")
    except (SQLAlchemyError, CommandError, OSError, ImportError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise DatabaseUnusable(f"the database cannot be used ({reason}); check DATABASE_URL") from error


def now_utc() -> datetime:
    """The present moment in UTC, without a zone: as every time is stored."""
    return datetime.now(timezone.utc).replace(tzinfo=None)
