"""What a person does with reminders is done once for each message, and told the same when it comes again."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from sqlalchemy.engine import Engine

from learning.reminder_book import ReminderBook
from learning.reminders import ONCE, QuietHours, Wish
from learning.store import LearningStore

NOW = datetime(2026, 5, 4, 8)
TOMORROW = Wish(ONCE, date(2026, 5, 5), time(9), False)
NIGHTLY = Wish("FREQ=DAILY", date(2026, 5, 4), time(22), True)


@pytest.fixture
def book(engine: Engine) -> ReminderBook:
    """Give a book on a Monday morning, where people are in Tallinn."""
    return ReminderBook(LearningStore(engine, lambda: NOW, "Europe/Tallinn"), QuietHours())


def test_reminder_set_twice_by_one_message_is_set_once(book: ReminderBook) -> None:
    """The same message hears the same, and one reminder waits."""
    first, again = (book.set("ann", "m1", TOMORROW, "web") for _ in range(2))

    assert first == again
    assert [one["due"] for one in book.look("ann")["waiting"]] == ["2026-05-05T09:00"]


def test_reminder_with_a_zone_counts_by_it(book: ReminderBook) -> None:
    """Where the person is stands in the same message as when."""
    told = book.set("ann", "m1", TOMORROW, "web", "Europe/Madrid")

    assert (told["zone"], told["now"], told["waiting"][0]["due"]) == (
        "Europe/Madrid",
        "2026-05-04T10:00",
        "2026-05-05T09:00",
    )


def test_hour_named_in_quiet_hours_is_kept_and_marked(book: ReminderBook) -> None:
    """A night worker who names ten in the evening gets it; an hour of our own choice would move."""
    told = book.set("ann", "m1", NIGHTLY, "web")
    unnamed = book.set("bob", "m1", Wish("FREQ=DAILY", date(2026, 5, 4), time(22), False), "web")

    assert told["is_quiet"] and told["waiting"][0]["due"] == "2026-05-04T22:00"
    assert not unnamed["is_quiet"] and unnamed["waiting"][0]["due"] == "2026-05-05T08:00"
    assert not told["is_moved"] and not unnamed["is_moved"]


def test_reminder_that_never_comes_is_unclear(book: ReminderBook) -> None:
    """A day that is over sets nothing, and leaves what waits."""
    book.set("ann", "m1", NIGHTLY, "web")

    assert book.set("ann", "m2", Wish(ONCE, date(2026, 5, 3), time(9), True), "web") == {"kind": "reminder_unclear"}
    assert len(book.look("ann")["waiting"]) == 1


def test_zone_set_moves_what_waits(book: ReminderBook) -> None:
    """The clock there is told, and the reminder with it."""
    book.set("ann", "m1", TOMORROW, "web")

    told = book.set_zone("ann", "m2", "Asia/Tokyo")

    assert (told["now"], told["waiting"][0]["due"]) == ("2026-05-04T17:00", "2026-05-05T09:00")
    assert book.here("ann") == (NOW, "Asia/Tokyo")


def test_stop_says_how_many_waited(book: ReminderBook) -> None:
    """Stopping twice stops nothing the second time."""
    book.set("ann", "m1", TOMORROW, "web")

    assert [book.stop("ann", message)["count"] for message in ("m2", "m2", "m3")] == [1, 1, 0]
