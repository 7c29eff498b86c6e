"""Reminders are kept, moved with the person's clock, and claimed once, whoever asks."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from learning import tables
from learning.reminder_store import ReminderRecords, from_payload, to_payload
from learning.reminders import ONCE, QuietHours, Wish

MONDAY = datetime(2026, 5, 4, 8)  # 11:00 in Tallinn
WEEKDAYS = Wish("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", MONDAY.date(), time(12, 30), True)
ONE_TIME = Wish(ONCE, MONDAY.date(), time(15), True)
IN_AN_HOUR = Wish(ONCE, MONDAY.date(), time(12), True, MONDAY + timedelta(hours=1))


class Desk:
    """Opens a transaction at a moment of the test's own choice, as the action server and the gateway do."""

    def __init__(self, engine: Engine, time_zone: str = "Europe/Tallinn") -> None:
        self._engine = engine
        self._time_zone = time_zone
        self.now = MONDAY

    def __enter__(self) -> ReminderRecords:
        """Begin."""
        self._context = self._engine.begin()
        return ReminderRecords(self._context.__enter__(), self.now, self._time_zone, QuietHours())

    def __exit__(self, *error: object) -> None:
        """Keep what was done."""
        self._context.__exit__(*error)

    def at(self, hour: float, days: int = 0) -> Desk:
        """Go to an hour of that Monday in UTC, or days later."""
        self.now = datetime(2026, 5, 4) + timedelta(days=days, hours=hour)
        return self


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """Give a desk on a Monday morning."""
    return Desk(engine)


def _claim_all(desk: Desk) -> list[date]:
    """Claim what is due, as the loop does; the days that were sent for."""
    with desk as reminders:
        return [day for one in reminders.due() if (day := reminders.claim(one))]


def _due(desk: Desk, learner_id: str = "ann") -> list[datetime]:
    with desk as reminders:
        return [one.due_at for one in reminders.waiting(learner_id)]


def test_reminder_kept_is_due_by_the_clock_there(desk: Desk) -> None:
    """Half past twelve in Tallinn, and not before it is due."""
    with desk as reminders:
        reminders.keep("ann", "m1", WEEKDAYS, "web")

    assert _due(desk) == [datetime(2026, 5, 4, 9, 30)]
    assert _claim_all(desk.at(9.4)) == []


def test_new_reminder_takes_the_place_of_its_kind(desk: Desk) -> None:
    """One that comes again and one that comes once can wait together; a second of a kind replaces the first."""
    with desk as reminders:
        for number, wish in enumerate((WEEKDAYS, ONE_TIME, Wish("FREQ=DAILY", MONDAY.date(), time(10), True))):
            reminders.keep("ann", f"m{number}", wish, "web")
        reminders.keep("bob", "m1", WEEKDAYS, "web")

    assert _due(desk) == [datetime(2026, 5, 4, 12), datetime(2026, 5, 5, 7)]


def test_due_reminder_is_claimed_once(desk: Desk) -> None:
    """The second who claims what both saw gets nothing; the reminder waits for its next day."""
    with desk as reminders:
        reminders.keep("ann", "m1", WEEKDAYS, "web")
    desk.at(9.6)
    with desk as reminders:
        (seen,) = reminders.due()
        claims = [reminders.claim(seen), reminders.claim(seen)]

    assert claims == [date(2026, 5, 4), None]
    assert _due(desk) == [datetime(2026, 5, 5, 9, 30)]


def test_single_reminder_is_over_once_sent(desk: Desk) -> None:
    """After its moment nothing waits."""
    with desk as reminders:
        reminders.keep("ann", "m1", IN_AN_HOUR, "web")

    assert _claim_all(desk.at(9)) == [date(2026, 5, 4)]
    assert _due(desk) == []


def test_reminder_missed_for_days_is_sent_once_or_skipped(desk: Desk) -> None:
    """After days without the tutor one reminder comes if the last was hours ago at most, and none else."""
    with desk as reminders:
        reminders.keep("ann", "m1", WEEKDAYS, "web")

    assert _claim_all(desk.at(14, days=2)) == []
    assert _due(desk) == [datetime(2026, 5, 7, 9, 30)]
    assert _claim_all(desk.at(11, days=3)) == [date(2026, 5, 7)]


def test_two_reminders_on_a_day_become_one(desk: Desk) -> None:
    """The one that comes again gives way to one that was asked for that day."""
    with desk as reminders:
        reminders.keep("ann", "m1", WEEKDAYS, "web")
        reminders.keep("ann", "m2", ONE_TIME, "web")

    assert _claim_all(desk.at(9.6)) == []
    assert _claim_all(desk.at(12.1)) == [date(2026, 5, 4)]
    assert _claim_all(desk.at(9.6, days=1)) == [date(2026, 5, 5)]


def test_second_reminder_of_a_day_moves_to_the_next(desk: Desk) -> None:
    """Who had a reminder today and asks for one in two hours gets it tomorrow at that hour."""
    with desk as reminders:
        reminders.keep("ann", "m1", WEEKDAYS, "web")
    _claim_all(desk.at(9.6))
    with desk as reminders:
        kept = reminders.keep(
            "ann", "m2", Wish(ONCE, MONDAY.date(), time(14, 36), True, desk.now + timedelta(hours=2)), "web"
        )

    assert kept == Wish(ONCE, date(2026, 5, 5), time(14, 36), True)
    assert datetime(2026, 5, 5, 11, 36) in _due(desk)


def test_stopped_reminders_are_not_due(desk: Desk) -> None:
    """All of one person's stop, and nobody else's."""
    with desk as reminders:
        for learner in ("ann", "bob"):
            reminders.keep(learner, "m1", WEEKDAYS, "web")
        count = reminders.stop("ann")

    assert count == 1
    desk.at(9.6)
    with desk as reminders:
        assert [one.learner_id for one in reminders.due()] == ["bob"]


def test_move_to_another_zone_moves_what_is_due(desk: Desk) -> None:
    """Half past twelve is half past twelve there; a moment stays a moment."""
    with desk as reminders:
        reminders.keep("ann", "m1", WEEKDAYS, "web")
        reminders.keep("ann", "m2", IN_AN_HOUR, "web")
        reminders.move_to_zone("ann", "Europe/Madrid")

    assert _due(desk) == [datetime(2026, 5, 4, 9), datetime(2026, 5, 4, 10, 30)]


def test_zone_of_the_page_gives_way_to_what_the_person_said(desk: Desk) -> None:
    """A browser may tell and change the zone until the person says theirs."""
    zones = []
    for zone, told_by in (
        ("Europe/Rome", "page"),
        ("Europe/Madrid", "page"),
        ("Europe/Tallinn", "person"),
        ("Asia/Tokyo", "page"),
    ):
        with desk as reminders:
            reminders.move_to_zone("ann", zone, told_by)  # type: ignore[arg-type]
            zones.append(reminders.zone("ann"))

    assert zones == ["Europe/Rome", "Europe/Madrid", "Europe/Tallinn", "Europe/Tallinn"]


def test_day_of_a_learner_cannot_have_two_rows(desk: Desk, engine: Engine) -> None:
    """Even where two processes are as quick as each other the database keeps one reminder a day."""
    row = {"learner_id": "ann", "day": MONDAY.date(), "reminder_id": 1, "sent_at": MONDAY}
    with engine.begin() as connection:
        connection.execute(tables.reminded.insert().values(**row))

    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(tables.reminded.insert().values(**{**row, "reminder_id": 2}))


@pytest.mark.parametrize("wish", [WEEKDAYS, ONE_TIME, IN_AN_HOUR])
def test_wish_survives_as_plain_data(wish: Wish) -> None:
    """What an outcome keeps is what was wished."""
    assert from_payload(to_payload(wish)) == wish
