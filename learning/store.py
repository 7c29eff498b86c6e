"""Reading and writing what a learner has done, so that the same message twice counts once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from database import now_utc, reading
from learning import tables
from learning.learner_zone import zone_of
from learning.local_time import UTC, local_date
from learning.snapshot import Snapshot
from learning.sureness import Sureness
from learning.walk import Place

Payload = dict[str, Any]
Read = TypeVar("Read")


class LearningStore:
    """The learner's records.

    Args:
        engine: The database.
        clock: Gives the present moment in UTC, without a zone.
        time_zone: Where learners are who have not said so, as the IANA database names it.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now_utc, time_zone: str = UTC) -> None:
        self.engine = engine
        self.clock = clock
        self._time_zone = time_zone

    def once(self, learner_id: str, message_id: str, work: Callable[[Records], Payload]) -> Payload:
        """Do a piece of work for a message, or give back what it gave the first time.

        The work and the note that it was done are one transaction: after a crash either both are there or neither.

        Returns:
            What ``work`` returned, as JSON keeps it.
        """
        try:
            with self.engine.begin() as connection:
                known = _read_outcome(connection, learner_id, message_id)
                if known is not None:
                    return known
                outcome = work(self._records(connection, learner_id, message_id))
                text = json.dumps(outcome, ensure_ascii=False)
                values = {"outcome": text, "handled_at": self.clock()}
                row = tables.handled.insert().values(learner_id=learner_id, message_id=message_id, **values)
                connection.execute(row)
        except IntegrityError:  # PostgreSQL may let in another writer with the same message; SQLite makes it wait
            known = self.outcome_of(learner_id, message_id)
            if known is None:
                raise
            return known
        return dict(json.loads(text))

    def outcome_of(self, learner_id: str, message_id: str) -> Payload | None:
        """Return what a message gave when it was first handled; None if it was not."""
        with reading(self.engine) as connection:
            return _read_outcome(connection, learner_id, message_id)

    def read(self, learner_id: str, find: Callable[[Records], Read]) -> Read:
        """Read something of what a learner has done, without writing."""
        with reading(self.engine) as connection:
            return find(self._records(connection, learner_id, ""))

    def look(self, learner_id: str) -> Snapshot:
        """Read all that a learner has done, without writing."""
        return self.read(learner_id, Snapshot)

    def _records(self, connection: Connection, learner_id: str, message_id: str) -> Records:
        return Records(connection, learner_id, message_id, self.clock(), self._time_zone)


class Records:
    """One learner's records inside a transaction, on behalf of one message. ``now`` is in UTC, without a zone."""

    def __init__(
        self, connection: Connection, learner_id: str, message_id: str, now: datetime, time_zone: str = UTC
    ) -> None:
        self._connection = connection
        self.learner_id = learner_id
        self.message_id = message_id
        self.now = now
        self._time_zone = time_zone

    @property
    def connection(self) -> Connection:
        """The transaction that all is read and written in."""
        return self._connection

    def today(self) -> date:
        """Return which day it is where the learner is."""
        return self.date_of(self.now)

    def date_of(self, moment: datetime) -> date:
        """Return the date of a moment in UTC where the learner is."""
        return local_date(moment, self.zone())

    def zone(self) -> str:
        """Return the time zone that the learner is in, or that of all who have not said theirs."""
        return zone_of(self._connection, self.learner_id) or self._time_zone

    def current_lesson(self) -> str | None:
        """Return the lesson the learner is in."""
        query = sa.select(tables.learner.c.lesson_id).where(tables.learner.c.id == self.learner_id)
        lesson_id: str | None = self._connection.execute(query).scalar_one_or_none()
        return lesson_id

    def place(self, lesson_id: str) -> Place | None:
        """Return the place in a lesson, if it was ever begun."""
        table = tables.lesson_place
        query = sa.select(table).where(table.c.learner_id == self.learner_id, table.c.lesson_id == lesson_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return _to_place(row) if row else None

    def here(self) -> Place | None:
        """Return the place in the current lesson."""
        places, own = tables.lesson_place, tables.learner.c.id == self.learner_id
        is_current = sa.and_(
            places.c.learner_id == tables.learner.c.id, places.c.lesson_id == tables.learner.c.lesson_id
        )
        query = sa.select(places).join_from(tables.learner, places, is_current).where(own)
        row = self._connection.execute(query).mappings().one_or_none()
        return _to_place(row) if row else None

    def touched_at(self) -> datetime | None:
        """Return when the learner last moved in any lesson."""
        table = tables.lesson_place
        query = sa.select(sa.func.max(table.c.updated_at)).where(table.c.learner_id == self.learner_id)
        touched_at: datetime | None = self._connection.execute(query).scalar_one_or_none()
        return touched_at

    def seen_at(self) -> datetime | None:
        """Return when anything of the learner's was last handled."""
        table = tables.handled
        query = sa.select(sa.func.max(table.c.handled_at)).where(table.c.learner_id == self.learner_id)
        seen_at: datetime | None = self._connection.execute(query).scalar_one_or_none()
        return seen_at

    def places(self) -> list[Place]:
        """Return the places in every lesson begun, the latest first."""
        table = tables.lesson_place
        query = sa.select(table).where(table.c.learner_id == self.learner_id).order_by(table.c.updated_at.desc())
        return [_to_place(row) for row in self._connection.execute(query).mappings()]

    def keep_place(self, place: Place) -> None:
        """Store a place and make its lesson the current one."""
        table, own = tables.lesson_place, (tables.lesson_place.c.learner_id == self.learner_id)
        values = {
            "version": place.version,
            "step_key": place.key,
            "step_number": place.number,
            "picked": json.dumps(place.picked),
            "tries": place.tries,
            "is_closed": place.is_closed,
            "is_done": place.is_done,
            "updated_at": self.now,
            "answered": json.dumps(place.answered),
        }
        changed = self._connection.execute(
            table.update().where(own, table.c.lesson_id == place.lesson_id).values(**values)
        )
        if not changed.rowcount:
            self._connection.execute(
                table.insert().values(learner_id=self.learner_id, lesson_id=place.lesson_id, **values)
            )
        self.keep_current(place.lesson_id)

    def keep_current(self, lesson_id: str | None) -> None:
        """Store which lesson the learner is in now."""
        table = tables.learner
        changed = self._connection.execute(
            table.update().where(table.c.id == self.learner_id).values(lesson_id=lesson_id)
        )
        if not changed.rowcount:
            self._connection.execute(
                table.insert().values(id=self.learner_id, lesson_id=lesson_id, created_at=self.now)
            )

    def add_attempt(
        self,
        place: Place,
        item_id: str,
        chosen: tuple[str, ...],
        outcome: str,
        number: int,
        sureness: Sureness | None = None,
    ) -> None:
        """Store one answer to an item; ``number`` counts the tries at it from 1."""
        self._add(
            tables.attempt,
            lesson_id=place.lesson_id,
            item_id=item_id,
            version=place.version,
            chosen=json.dumps(chosen),
            outcome=outcome,
            number=number,
            answered_at=self.now,
            sureness=sureness,
        )

    def outcomes(self, lesson_id: str, since: datetime = datetime.min) -> dict[str, list[str]]:
        """Return the outcomes of each item of a lesson since a moment, oldest first, by item id."""
        table = tables.attempt
        query = sa.select(table.c.item_id, table.c.outcome).where(
            table.c.learner_id == self.learner_id, table.c.lesson_id == lesson_id, table.c.answered_at >= since
        )
        found: dict[str, list[str]] = {}
        for item_id, outcome in self._connection.execute(query.order_by(table.c.id)):
            found.setdefault(item_id, []).append(outcome)
        return found

    def last_try(self, item_id: str) -> tuple[tuple[str, ...], datetime]:
        """Return the options chosen at the latest try of an item, and when; none, long ago, when there was none."""
        table = tables.attempt
        own = (table.c.learner_id == self.learner_id, table.c.item_id == item_id)
        query = sa.select(table.c.chosen, table.c.answered_at).where(*own).order_by(table.c.id.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return (tuple(json.loads(row.chosen)), row.answered_at) if row else ((), datetime.min)

    def all_outcomes(self) -> dict[str, dict[str, list[str]]]:
        """Return the outcomes of each item of every lesson, by lesson id."""
        table = tables.attempt
        query = sa.select(table.c.lesson_id, table.c.item_id, table.c.outcome).where(
            table.c.learner_id == self.learner_id
        )
        found: dict[str, dict[str, list[str]]] = {}
        for lesson_id, item_id, outcome in self._connection.execute(query.order_by(table.c.id)):
            found.setdefault(lesson_id, {}).setdefault(item_id, []).append(outcome)
        return found

    def add_note(self, lesson_id: str, keep_as: str, text: str) -> None:
        """Keep a reflection as it was written."""
        self._add(tables.note, lesson_id=lesson_id, keep_as=keep_as, text=text, written_at=self.now)

    def notes(self) -> list[tuple[str, str, str]]:
        """Return lesson, note name and text of every reflection, oldest first."""
        table = tables.note
        query = sa.select(table.c.lesson_id, table.c.keep_as, table.c.text).where(table.c.learner_id == self.learner_id)
        return [(lesson, name, text) for lesson, name, text in self._connection.execute(query.order_by(table.c.id))]

    def add_question(self, text: str, decision: str, topics: tuple[str, ...], score: float) -> None:
        """Keep a question and what became of it, for the course team."""
        self._add(
            tables.question, text=text, decision=decision, topics=json.dumps(topics), score=score, asked_at=self.now
        )

    def add_rating(self, topic_id: str, *, is_helpful: bool) -> None:
        """Keep whether an answer helped."""
        self._add(tables.rating, topic_id=topic_id, is_helpful=is_helpful, rated_at=self.now)

    def add_reason(self, topic_id: str, reason: str) -> None:
        """Keep why an answer did not help, with its latest rating that says so; without one, rate it so."""
        table = tables.rating
        is_own = sa.and_(table.c.learner_id == self.learner_id, table.c.topic_id == topic_id)
        latest = sa.select(sa.func.max(table.c.id)).where(is_own, table.c.is_helpful.is_(False)).scalar_subquery()
        changed = self._connection.execute(table.update().where(table.c.id == latest).values(reason=reason))
        if not changed.rowcount:
            self._add(table, topic_id=topic_id, is_helpful=False, reason=reason, rated_at=self.now)

    def _add(self, table: sa.Table, **values: Any) -> None:
        self._connection.execute(
            table.insert().values(learner_id=self.learner_id, message_id=self.message_id, **values)
        )


def _read_outcome(connection: Connection, learner_id: str, message_id: str) -> Payload | None:
    table = tables.handled
    query = sa.select(table.c.outcome).where(table.c.learner_id == learner_id, table.c.message_id == message_id)
    known = connection.execute(query).scalar_one_or_none()
    return None if known is None else dict(json.loads(known))


def _to_place(row: Any) -> Place:
    return Place(
        lesson_id=row["lesson_id"],
        version=row["version"],
        key=row["step_key"],
        number=row["step_number"],
        picked=tuple(json.loads(row["picked"])),
        tries=row["tries"],
        is_closed=row["is_closed"],
        is_done=row["is_done"],
        answered=tuple(json.loads(row["answered"])),
    )
