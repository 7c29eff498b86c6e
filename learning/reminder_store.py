"""Reminders as they are stored: set, stopped, moved with the person's time zone, claimed once when they are due."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from learning import tables
from learning.learner_zone import ToldBy, keep_zone, zone_of
from learning.local_time import local_date, to_local
from learning.reminders import ONCE, QuietHours, Wish, is_to_be_sent, next_due

DUE_LIMIT = 100


@dataclass(frozen=True)
class Reminder:
    """A reminder that waits. ``due_at`` is in UTC, without a zone."""

    id: int
    learner_id: str
    wish: Wish
    due_at: datetime
    channel: str


@dataclass(frozen=True)
class ReminderRecords:
    """The reminders of everybody, inside a transaction.

    Args:
        connection: The transaction.
        now: The present moment in UTC, without a zone.
        time_zone: Where learners are who have not said so.
        quiet: The quiet hours.
    """

    connection: Connection
    now: datetime
    time_zone: str
    quiet: QuietHours

    def waiting(self, learner_id: str) -> list[Reminder]:
        """Return a learner's reminders that wait, the one that is due first at the front."""
        table = tables.reminder
        query = sa.select(table).where(table.c.learner_id == learner_id, table.c.due_at.is_not(None))
        return [_to_reminder(row) for row in self.connection.execute(query.order_by(table.c.due_at, table.c.id))]

    def due(self) -> list[Reminder]:
        """Return the reminders of everybody that are due now, the one that has waited longest at the front."""
        table = tables.reminder
        query = sa.select(table).where(table.c.due_at <= self.now).order_by(table.c.due_at, table.c.id)
        return [_to_reminder(row) for row in self.connection.execute(query.limit(DUE_LIMIT))]

    def keep(self, learner_id: str, message_id: str, wish: Wish, channel: str) -> Wish | None:
        """Keep a reminder in place of the one of its kind: one that comes again, or one that comes once.

        Nobody is written to twice a day: where the day has had its reminder, a single one moves to the next day.

        Returns:
            The wish as it is kept; None when it never comes.
        """
        told_on = self._told_on(learner_id)
        due = self._next(learner_id, wish, self.now, told_on)
        if due is None and wish.is_once and told_on and self._next(learner_id, wish, self.now, None):
            wish = replace(wish, starts_on=max(wish.starts_on, told_on) + timedelta(days=1), moment=None)
            due = self._next(learner_id, wish, self.now, told_on)
        if due is None:
            return None
        self._end(learner_id, self._same_kind(wish))
        values = {**asdict(wish), "due_at": due, "channel": channel, "made_at": self.now}
        row = {"learner_id": learner_id, "message_id": message_id, **values}
        self.connection.execute(tables.reminder.insert().values(**row))
        return wish

    def stop(self, learner_id: str) -> int:
        """Stop all reminders of a learner, and say how many waited."""
        return self._end(learner_id, sa.true())

    def move_to_zone(self, learner_id: str, zone: str, told_by: ToldBy = "person") -> None:
        """Keep where a learner is; what is due by the clock there is due by the new clock."""
        if not keep_zone(self.connection, learner_id, zone, self.now, told_by):
            return
        for reminder in self.waiting(learner_id):
            if reminder.wish.moment is None:
                due = self._next(learner_id, reminder.wish, self.now, self._told_on(learner_id))
                self._move(reminder, due)

    def claim(self, reminder: Reminder) -> date | None:
        """Take a due reminder, so that nobody else does, and plan it anew.

        Returns:
            The day for which it is to be sent now; None when somebody else took it, it is hours late, it is a quiet
            hour, or the day has had its reminder.
        """
        zone = self.zone(reminder.learner_id)
        day = local_date(self.now, zone)
        told_on = self._told_on(reminder.learner_id)
        is_sent = (
            is_to_be_sent(reminder.wish, reminder.due_at, self.now, zone, self.quiet)
            and (told_on is None or told_on < day)
            and not self._gives_way(reminder, day, zone)
        )
        later = self._next(reminder.learner_id, reminder.wish, self.now, day if is_sent else told_on)
        if not self._move(reminder, later) or not is_sent:
            return None
        values = {"day": day, "reminder_id": reminder.id, "sent_at": self.now}
        self.connection.execute(tables.reminded.insert().values(learner_id=reminder.learner_id, **values))
        return day

    def zone(self, learner_id: str) -> str:
        """Return where a learner is."""
        return zone_of(self.connection, learner_id) or self.time_zone

    def _gives_way(self, reminder: Reminder, day: date, zone: str) -> bool:
        """Tell whether one that comes again gives way to one that was asked for, later on the same day."""
        if reminder.wish.is_once:
            return False
        others = (one for one in self.waiting(reminder.learner_id) if one.wish.is_once)
        return any(to_local(one.due_at, zone).date() == day for one in others)

    def _move(self, reminder: Reminder, due: datetime | None) -> bool:
        table = tables.reminder
        is_as_seen = sa.and_(table.c.id == reminder.id, table.c.due_at == reminder.due_at)
        return bool(self.connection.execute(table.update().where(is_as_seen).values(due_at=due)).rowcount)

    def _next(self, learner_id: str, wish: Wish, after: datetime, told_on: date | None) -> datetime | None:
        return next_due(wish, after, self.zone(learner_id), self.quiet, told_on=told_on)

    def _told_on(self, learner_id: str) -> date | None:
        table = tables.reminded
        query = sa.select(sa.func.max(table.c.day)).where(table.c.learner_id == learner_id)
        day: date | None = self.connection.execute(query).scalar_one_or_none()
        return day

    def _end(self, learner_id: str, which: Any) -> int:
        table = tables.reminder
        waits = sa.and_(table.c.learner_id == learner_id, table.c.due_at.is_not(None), which)
        return int(self.connection.execute(table.update().where(waits).values(due_at=None)).rowcount)

    def _same_kind(self, wish: Wish) -> Any:
        rule = tables.reminder.c.rule
        return rule == ONCE if wish.is_once else rule != ONCE


def _to_reminder(row: Any) -> Reminder:
    wish = Wish(row.rule, row.starts_on, row.at, row.is_named, row.moment)
    return Reminder(row.id, row.learner_id, wish, row.due_at, row.channel)


def to_payload(wish: Wish) -> dict[str, Any]:
    """Write a wish as plain data."""
    told = {**asdict(wish), "starts_on": wish.starts_on.isoformat(), "at": wish.at.isoformat(timespec="minutes")}
    return {**told, "moment": wish.moment.isoformat() if wish.moment else None}


def from_payload(told: dict[str, Any]) -> Wish:
    """Read a wish from plain data."""
    moment = told["moment"] and datetime.fromisoformat(told["moment"])
    day, at = date.fromisoformat(told["starts_on"]), time.fromisoformat(told["at"])
    return Wish(told["rule"], day, at, told["is_named"], moment or None)
