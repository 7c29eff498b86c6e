"""When a reminder is due: next, after it was sent, and after the tutor was down. Pure functions.

A rule is an RRULE (RFC 5545) of days, read by ``dateutil``; the hour stands beside it, as clocks show it where the
person is. So "at 12:30" stays at 12:30 when the clocks change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from learning.local_time import to_local, to_utc

ONCE = "FREQ=DAILY;COUNT=1"
LATE_LIMIT = timedelta(hours=3)
PUNCTUAL_LIMIT = timedelta(minutes=15)
LOOKED_AT_DAYS = 1100  # a yearly rule comes by three times


@dataclass(frozen=True)
class QuietHours:
    """The hours in which nobody is written to of the tutor's own choice; they may go over midnight."""

    begin: time = time(21)
    end: time = time(8)

    def hold(self, hour: time) -> bool:
        """Tell whether an hour is a quiet one.

        Example:
            >>> QuietHours().hold(time(22, 30)), QuietHours().hold(time(8))
            (True, False)
        """
        if self.begin <= self.end:
            return self.begin <= hour < self.end
        return hour >= self.begin or hour < self.end


@dataclass(frozen=True)
class Wish:
    """When a person wants to be reminded.

    ``at`` is the hour on clocks where they are, on the days of ``rule`` counted from ``starts_on``. ``is_named`` says
    that they named the hour themselves: it counts in quiet hours too. ``moment``, in UTC without a zone, takes the
    place of day and hour: "in two hours".
    """

    rule: str
    starts_on: date
    at: time
    is_named: bool = False
    moment: datetime | None = None

    @property
    def is_once(self) -> bool:
        """Tell a single reminder from one that comes again."""
        return self.rule == ONCE


def fit(wish: Wish, quiet: QuietHours) -> Wish:
    """Move an hour that the person did not name out of the quiet hours, to their end."""
    if wish.is_named or not quiet.hold(wish.at):
        return wish
    is_evening = wish.moment is not None and wish.at >= quiet.end
    return replace(wish, starts_on=wish.starts_on + timedelta(days=is_evening), at=quiet.end, moment=None)


def next_due(
    wish: Wish, after: datetime, zone: str, quiet: QuietHours, *, told_on: date | None = None
) -> datetime | None:
    """Say when a reminder is due next.

    Args:
        wish: When it is wanted.
        after: A moment in UTC, without a zone.
        zone: Where the person is.
        quiet: The quiet hours.
        told_on: The latest day, where the person is, on which they were reminded of anything.

    Returns:
        A moment in UTC after ``after``, on a later day than ``told_on``, and in no quiet hour unless the person named
        that hour; None when there is none.
    """
    for due in _moments(wish, after, zone):
        local = to_local(due, zone)
        is_welcome = wish.is_named or not quiet.hold(local.time())
        if due > after and is_welcome and (told_on is None or local.date() > told_on):
            return due
    return None


def _moments(wish: Wish, after: datetime, zone: str) -> Iterator[datetime]:
    if wish.moment is not None:
        yield wish.moment
        return
    start = datetime.combine(wish.starts_on, wish.at)
    first = to_local(after, zone) - timedelta(days=1)
    last = max(start, first) + timedelta(days=LOOKED_AT_DAYS)
    for local in rrulestr(wish.rule, dtstart=start).xafter(first, inc=True):
        if local > last:
            return
        yield to_utc(local, zone)


def is_to_be_sent(wish: Wish, due: datetime, now: datetime, zone: str, quiet: QuietHours) -> bool:
    """Tell whether a reminder that is due is still sent: not hours late, and a late one not in quiet hours.

    Args:
        wish: When it is wanted.
        due: When it was due, in UTC without a zone.
        now: The present moment, likewise.
        zone: Where the person is.
        quiet: The quiet hours.
    """
    late = now - due
    is_quiet = quiet.hold(to_local(now, zone).time())
    is_punctual = late <= PUNCTUAL_LIMIT and quiet.hold(to_local(due, zone).time())
    return late <= LATE_LIMIT and (not is_quiet or is_punctual)
