"""Reading and writing comparisons of a person's setting with the pilots, inside the transaction of one message."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from learning import tables
from learning.store import Records


@dataclass(frozen=True)
class Comparison:
    """An interview about a setting: what was chosen by attribute, the attribute asked now, and what came out.

    ``attribute_key`` is empty when it is finished.
    """

    id: int
    chosen: dict[str, list[str]]
    attribute_key: str
    nearest: list[dict[str, Any]]


class CompareRecords:
    """One learner's comparisons; the latest is the one that is worked on."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._connection = records.connection

    def latest(self) -> Comparison | None:
        """Return the latest comparison."""
        table = tables.comparison
        query = sa.select(table).where(table.c.learner_id == self._records.learner_id).order_by(table.c.id.desc())
        row = self._connection.execute(query.limit(1)).mappings().one_or_none()
        if row is None:
            return None
        return Comparison(row["id"], json.loads(row["chosen"]), row["attribute_key"], json.loads(row["nearest"]))

    def begin(self, attribute_key: str) -> Comparison:
        """Begin a comparison."""
        made = self._connection.execute(
            tables.comparison.insert().values(
                learner_id=self._records.learner_id,
                chosen="{}",
                attribute_key=attribute_key,
                nearest="[]",
                message_id=self._records.message_id,
                begun_at=self._records.now,
                updated_at=self._records.now,
            )
        )
        return Comparison(int(made.inserted_primary_key[0]), {}, attribute_key, [])

    def keep(self, comparison: Comparison) -> None:
        """Store how far a comparison is."""
        values = {
            "chosen": json.dumps(comparison.chosen),
            "attribute_key": comparison.attribute_key,
            "nearest": json.dumps(comparison.nearest),
            "updated_at": self._records.now,
        }
        table = tables.comparison
        self._connection.execute(table.update().where(table.c.id == comparison.id).values(**values))
