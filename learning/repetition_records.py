"""Reading and writing when a learner's questions come back, and the sitting in which they are asked."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from learning import tables
from learning.repetition import Schedule
from learning.sitting import Sitting
from learning.store import Records


class RepetitionRecords:
    """The repetitions in one learner's records."""

    def __init__(self, records: Records) -> None:
        self._connection = records.connection
        self._learner_id = records.learner_id
        self._own = tables.repetition.c.learner_id == records.learner_id

    def schedules(self) -> list[Schedule]:
        """Return every schedule, the one that is due first at the front."""
        table = tables.repetition
        query = sa.select(table).where(self._own).order_by(table.c.due_on, table.c.item_id)
        return [_to_schedule(row) for row in self._connection.execute(query).mappings()]

    def schedule(self, item_id: str) -> Schedule | None:
        """Return the schedule of an item, if it has one."""
        query = sa.select(tables.repetition).where(self._own, tables.repetition.c.item_id == item_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return _to_schedule(row) if row else None

    def keep(self, schedule: Schedule) -> None:
        """Store a schedule in place of the one before."""
        self.drop(schedule.item_id)
        values = {"learner_id": self._learner_id, **asdict(schedule)}
        self._connection.execute(tables.repetition.insert().values(**values))

    def drop(self, item_id: str) -> None:
        """Take an item off the list."""
        self._connection.execute(tables.repetition.delete().where(self._own, tables.repetition.c.item_id == item_id))

    def sitting(self) -> Sitting | None:
        """Return the sitting begun last."""
        table = tables.sitting
        row = self._connection.execute(sa.select(table).where(table.c.learner_id == self._learner_id)).one_or_none()
        return Sitting(tuple(json.loads(row.item_ids)), row.begun_at) if row else None

    def keep_sitting(self, sitting: Sitting) -> None:
        """Store a sitting in place of the one before."""
        table = tables.sitting
        self._connection.execute(table.delete().where(table.c.learner_id == self._learner_id))
        values = {"item_ids": json.dumps(sitting.item_ids), "begun_at": sitting.begun_at}
        self._connection.execute(table.insert().values(learner_id=self._learner_id, **values))


def _to_schedule(row: Any) -> Schedule:
    return Schedule(**{name: value for name, value in row.items() if name != "learner_id"})
