"""Which rows of the one database belong to a person: every table that names its owner, whichever part declared it.

The tables are read from the database itself, so that a part which adds one need not be known here. What each holds and
why is told in ``belongings.yml`` beside this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from ruamel.yaml import YAML
from sqlalchemy.engine import Connection, Engine

from database import reading

OWNER_COLUMNS = ("learner_id", "sender_id")
LEARNER = "learner"  # its own id is the owner
MENTIONS = {"desk_audit": "target"}  # whose conversation somebody of the team read
FILE = Path(__file__).with_name("belongings.yml")
BEGUN = ("lesson_place", "attempt", "note", "question", "rating", "project", "comparison", "repetition")


@dataclass(frozen=True)
class Holding:
    """A table with rows of people, and the column that says whose a row is."""

    table: sa.Table
    owner: sa.Column

    @property
    def name(self) -> str:
        """Name of the table."""
        return str(self.table.name)


@dataclass(frozen=True)
class Told:
    """What a table holds, in words: a short ``name``, ``what`` stands in a row, and ``why`` it is kept."""

    name: str
    what: str
    why: str


class Belongings:
    """The tables with people's rows.

    Args:
        engine: The database; it is read when a table is asked for first.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """All of them, by name."""
        return tuple(one for one in _read_holdings(self._engine) if one.name not in MENTIONS)

    @property
    def mentions(self) -> tuple[Holding, ...]:
        """Tables whose rows are not a person's, but name one: there the number is taken out."""
        return tuple(one for one in _read_holdings(self._engine) if one.name in MENTIONS)

    def holding(self, name: str) -> Holding | None:
        """Return the table of a name, if it is there and holds rows of people."""
        return next((one for one in self.holdings if one.name == name), None)

    def has_begun(self, connection: Connection, learner_id: str) -> bool:
        """Tell whether a person has done more than say hello."""
        begun = [one for one in self.holdings if one.name in BEGUN]
        return any(count(connection, one, learner_id) for one in begun)


@lru_cache(maxsize=4)
def _read_holdings(engine: Engine) -> tuple[Holding, ...]:
    metadata = sa.MetaData()
    with reading(engine) as connection:  # also in the middle of a transaction of the same thread
        metadata.reflect(connection)
    found = [find_holding(table) for table in metadata.tables.values()]
    return tuple(sorted((one for one in found if one), key=lambda one: one.name))


def find_holding(table: sa.Table) -> Holding | None:
    """Return a table with its owner's column; None for one in which no row is anybody's."""
    named = {LEARNER: ("id",), **{name: (column,) for name, column in MENTIONS.items()}}
    names = named.get(str(table.name), OWNER_COLUMNS)
    owner = next((table.c[name] for name in names if name in table.c), None)
    return None if owner is None else Holding(table, owner)


def count(connection: Connection, holding: Holding, learner_id: str) -> int:
    """Count the rows of a person in a table."""
    query = sa.select(sa.func.count()).select_from(holding.table).where(holding.owner == learner_id)
    return int(connection.execute(query).scalar_one())


@lru_cache(maxsize=1)
def told() -> dict[str, Told]:
    """Read what the tables hold, by name of table."""
    rows = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    return {name: Told(**row) for name, row in rows.items()}


def name_of(table: str) -> str:
    """Name what a table holds, for people; one that nobody described goes by its own name."""
    known = told().get(table)
    return known.name if known else table.replace("_", " ")
