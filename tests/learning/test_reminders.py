"""When a reminder is due: always later, never twice a day, never in quiet hours unless the person named the hour."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.local_time import local_date, to_local
from learning.reminders import LATE_LIMIT, ONCE, QuietHours, Wish, fit, is_to_be_sent, next_due

ZONES = sorted(available_timezones())
QUIET = QuietHours()
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
DAILY = "FREQ=DAILY"
RULES = (
    DAILY,
    WEEKDAYS,
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
    "FREQ=MONTHLY;BYMONTHDAY=28",
    "FREQ=DAILY;INTERVAL=2",
    ONCE,
)
TALLINN = "Europe/Tallinn"

moments = st.datetimes(datetime(2005, 1, 1), datetime(2060, 1, 1))
quiets = st.builds(QuietHours, st.times(), st.times())


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    """Make any wish that people can say."""
    at = draw(st.times().map(lambda one: one.replace(second=0, microsecond=0)))
    return Wish(draw(st.sampled_from(RULES)), draw(moments).date(), at, draw(st.booleans()))


@pytest.mark.parametrize(
    ("wish", "after", "due"),
    [
        (
            Wish(WEEKDAYS, date(2026, 5, 4), time(12, 30), True),
            datetime(2026, 5, 8, 9, 31),
            datetime(2026, 5, 11, 9, 30),
        ),
        (Wish(DAILY, date(2026, 3, 1), time(12, 30), True), datetime(2026, 3, 28, 11), datetime(2026, 3, 29, 9, 30)),
        (Wish(DAILY, date(2026, 3, 1), time(3, 30), True), datetime(2026, 3, 28, 11), datetime(2026, 3, 29, 1, 30)),
        (Wish(DAILY, date(2026, 10, 1), time(3, 30), True), datetime(2026, 10, 24, 11), datetime(2026, 10, 25, 0, 30)),
        (
            Wish(DAILY, date(2026, 10, 1), time(3, 30), True),
            datetime(2026, 10, 25, 0, 30),
            datetime(2026, 10, 26, 1, 30),
        ),
        (Wish(ONCE, date(2026, 5, 5), time(9), False), datetime(2026, 5, 4, 12), datetime(2026, 5, 5, 6)),
        (Wish(ONCE, date(2026, 5, 5), time(9), False), datetime(2026, 5, 5, 6), None),
        (Wish(DAILY, date(2026, 5, 5), time(6), False), datetime(2026, 5, 5, 6), None),
        (
            Wish(ONCE, date(2026, 5, 5), time(14), True, datetime(2026, 5, 5, 11)),
            datetime(2026, 5, 5, 9),
            datetime(2026, 5, 5, 11),
        ),
    ],
    ids=[
        "friday's is over, so monday's",
        "same hour on clocks after they went forward",
        "an hour that clocks leave out comes as much later",
        "an hour that clocks show twice comes the first time",
        "and not the second time",
        "once",
        "once is over",
        "a quiet hour that nobody named never comes",
        "a moment",
    ],
)
def test_next_due_follows_clocks_where_the_person_is(wish: Wish, after: datetime, due: datetime | None) -> None:
    """The hour is that of clocks in Tallinn, whatever they do in spring and autumn."""
    assert next_due(wish, after, TALLINN, QUIET) == due


@given(wishes(), moments, st.sampled_from(ZONES), quiets)
def test_next_due_is_later_and_welcome(wish: Wish, after: datetime, zone: str, quiet: QuietHours) -> None:
    """In any zone, at any moment: due after now, and in a quiet hour only if the person named the hour."""
    due = next_due(wish, after, zone, quiet)

    if due is not None:
        assert due > after
        assert wish.is_named or not quiet.hold(to_local(due, zone).time())


@given(wishes(), moments, st.sampled_from(ZONES), st.integers(-1, 3))
def test_next_due_is_on_a_later_day_than_the_last(wish: Wish, after: datetime, zone: str, days: int) -> None:
    """Where a day has had its reminder, of whatever kind, the next one is on a later day there."""
    told_on = local_date(after, zone) + timedelta(days=days)

    due = next_due(wish, after, zone, QUIET, told_on=told_on)

    assert due is None or local_date(due, zone) > told_on


@given(wishes(), moments, st.sampled_from(ZONES))
def test_reminders_in_a_row_come_once_a_day(wish: Wish, after: datetime, zone: str) -> None:
    """Each next one is on a later day where the person is, also when a day is left out there."""
    days, told_on = [], None
    for _ in range(4):
        due = next_due(wish, after, zone, QUIET, told_on=told_on)
        if due is None:
            break
        days.append(local_date(due, zone))
        after, told_on = due, days[-1]

    assert days == sorted(set(days))


@given(
    st.integers(-72, 72),
    st.integers(0, 1439),
    st.sampled_from(["Europe/Tallinn", "Australia/Lord_Howe", "America/St_Johns"]),
)
def test_daily_reminder_near_a_clock_change_comes_every_day(hours: int, minutes: int, zone: str) -> None:
    """Around the nights on which clocks change no day is left out, at whatever hour."""
    at = time(minutes // 60, minutes % 60)
    wish = Wish(DAILY, date(2026, 1, 1), at, True)
    for change in (
        datetime(2026, 3, 29, 1),
        datetime(2026, 10, 25, 1),
        datetime(2026, 4, 4, 15),
        datetime(2026, 3, 8, 6),
    ):
        first = next_due(wish, change + timedelta(hours=hours), zone, QUIET)
        assert first
        second = next_due(wish, first, zone, QUIET)
        assert second
        assert (local_date(second, zone) - local_date(first, zone)).days == 1


@given(wishes(), quiets)
def test_hour_that_was_not_named_is_fitted_out_of_quiet_hours(wish: Wish, quiet: QuietHours) -> None:
    """The tutor's own choice of an hour moves to the end of the quiet hours; what was named stays."""
    fitted = fit(wish, quiet)

    assert wish.is_named or not quiet.hold(fitted.at)
    assert not wish.is_named or fitted == wish


def test_later_in_the_evening_is_fitted_to_the_next_morning() -> None:
    """Said in the evening, "later" means the end of the quiet hours."""
    late = Wish(ONCE, date(2026, 5, 4), time(22), False, datetime(2026, 5, 4, 19))

    assert fit(late, QUIET) == Wish(ONCE, date(2026, 5, 5), time(8), False)


@pytest.mark.parametrize(
    ("at", "late", "is_sent"),
    [
        (time(12, 30), timedelta(0), True),
        (time(12, 30), LATE_LIMIT, True),
        (time(12, 30), LATE_LIMIT + timedelta(minutes=1), False),
        (time(20), timedelta(hours=2), False),
        (time(22), timedelta(minutes=1), True),
        (time(22), timedelta(minutes=30), False),
    ],
    ids=["punctual", "late", "too late", "late into the quiet hours", "at a named quiet hour", "late at a quiet hour"],
)
def test_late_reminder_is_sent_within_hours(at: time, late: timedelta, is_sent: bool) -> None:
    """After the tutor was down, a reminder comes if it is not hours late, and does not wake anybody."""
    due = datetime.combine(date(2026, 5, 4), at)

    assert is_to_be_sent(Wish(DAILY, due.date(), at, True), due, due + late, "UTC", QUIET) is is_sent
