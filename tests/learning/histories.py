"""Two people with rows in every table, to be joined, packed, or erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from learning.belongings import Belongings, Holding

NOON = datetime(2026, 5, 4, 12)
_NUMBERS = count(1)


def a_row(holding: Holding, learner_id: str, number: int, **values: Any) -> dict[str, Any]:
    """Make a row of a table: every column filled with something of its kind that bears the number."""
    row = {column.name: _value(column, number) for column in holding.table.columns if not _is_made_by_database(column)}
    return {**row, holding.owner.name: learner_id, **values}


def _is_made_by_database(column: sa.Column) -> bool:
    return bool(column.primary_key and column.name == "id" and isinstance(column.type, sa.Integer))


def _value(column: sa.Column, number: int) -> Any:
    kind = column.type
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.DateTime):
        return NOON + timedelta(minutes=number)
    if isinstance(kind, sa.Date):
        return date(2026, 5, 4) + timedelta(days=number)
    if isinstance(kind, sa.Time):
        return time(number // 60 % 24, number % 60)
    if isinstance(kind, (sa.Integer, sa.Numeric)):
        return number
    if isinstance(kind, sa.LargeBinary):
        return f"{column.name}-{number}".encode()
    return f"{column.name}-{number}"[: getattr(kind, "length", None) or 80]


def fill(connection: Connection, belongings: Belongings, learner_id: str, rows: int = 1) -> None:
    """Give somebody rows in every table; no two of them name the same thing."""
    for holding in belongings.holdings:
        single = {column.name for column in holding.table.primary_key.columns} == {holding.owner.name}
        for _ in range(1 if single else rows):
            connection.execute(holding.table.insert().values(a_row(holding, learner_id, next(_NUMBERS))))


def count_rows(connection: Connection, belongings: Belongings, learner_id: str) -> dict[str, int]:
    """Count somebody's rows, by table."""
    return {one.name: len(rows_of(connection, one, learner_id)) for one in belongings.holdings}


def rows_of(connection: Connection, holding: Holding, learner_id: str) -> list[dict[str, Any]]:
    """Read somebody's rows of a table."""
    query = sa.select(holding.table).where(holding.owner == learner_id)
    return [dict(row) for row in connection.execute(query).mappings()]


def contents(connection: Connection, belongings: Belongings, learner_id: str) -> Iterator[tuple[str, str]]:
    """Yield each row as a text without ids, owner and numbering, beside its table's name."""
    for holding in belongings.holdings:
        for row in rows_of(connection, holding, learner_id):
            told = {name: value for name, value in row.items() if name not in ("id", "seq", holding.owner.name)}
            yield holding.name, str(sorted(told.items(), key=str))
