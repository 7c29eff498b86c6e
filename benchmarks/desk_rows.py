"""Writing made-up rows into a fresh database, many at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.components import tracker_tables
from channels import tables as doors
from learning import tables as learning
from review import content_tables, question_tables
from review import tables as desk

BATCH_ROWS = 5_000
TABLES: dict[str, sa.Table] = {
    **learning.metadata.tables,
    **doors.metadata.tables,
    **desk.metadata.tables,
    **content_tables.metadata.tables,
    **question_tables.metadata.tables,
    **tracker_tables.metadata.tables,
}


def write_rows(engine: Engine, rows: Iterable[tuple[str, dict[str, Any]]]) -> Counter[str]:
    """Write rows, each with the name of its table, in one transaction; count them by table.

    Rows of one table must have the same columns.
    """
    waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
    written: Counter[str] = Counter()
    with engine.begin() as connection:
        for name, row in rows:
            waiting[name].append(row)
            written[name] += 1
            if len(waiting[name]) >= BATCH_ROWS:
                _write(connection, name, waiting.pop(name))
        for name, left in waiting.items():
            _write(connection, name, left)
    _count_for_planner(engine)
    return written


def _write(connection: Connection, name: str, rows: list[dict[str, Any]]) -> None:
    connection.execute(TABLES[name].insert(), rows)


def _count_for_planner(engine: Engine) -> None:
    """PostgreSQL does this by itself, a minute after; SQLite never: there the plan must be good without."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))
