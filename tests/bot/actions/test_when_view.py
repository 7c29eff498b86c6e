"""When a reminder comes, said in words."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.actions.when_view import place_in_words, when_in_words
from learning.reminder_store import to_payload
from learning.reminders import ONCE, Wish

DAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("rule", "due", "words"),
    [
        (ONCE, "2026-05-04T18:00", "today at 18:00"),
        (ONCE, "2026-05-05T09:00", "tomorrow at 09:00"),
        (ONCE, "2026-05-08T09:00", "on Friday, 8 May at 09:00"),
        ("FREQ=DAILY", "2026-05-05T12:30", "every day at 12:30"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "2026-05-09T12:30", "every Saturday and Sunday at 12:30"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-05-06T12:30", "every Monday, Wednesday and Friday at 12:30"),
        ("FREQ=MONTHLY;BYMONTHDAY=7", "2026-05-07T12:30", "on day 7 of every month at 12:30"),
    ],
)
def test_reminder_is_said_as_people_say_it(rule: str, due: str, words: str) -> None:
    """A single one by its day, others by their days."""
    waiting = {"wish": to_payload(Wish(rule, DAY, time(12, 30), True)), "due": due}

    assert when_in_words(waiting, "2026-05-04T11:00") == words


@pytest.mark.parametrize(
    ("zone", "words"), [("Europe/Tallinn", "Tallinn time"), ("Etc/GMT-2", "UTC+2"), ("UTC", "UTC")]
)
def test_place_is_said_by_its_clock(zone: str, words: str) -> None:
    """A city's time, or the distance from UTC."""
    assert place_in_words(zone) == words
