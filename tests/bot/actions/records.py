"""Reading what the actions stored."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any


def read(database: Path, query: str) -> list[tuple[Any, ...]]:
    """Read rows from a database file, beside the connections of the actions."""
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()
