"""What people write when they want to be reminded is read as they mean it."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.reminder_words import is_change, read_wish, reminder_words
from learning.reminders import ONCE, Wish

NOW = datetime(2026, 5, 7, 11, 10)  # a Thursday; 14:10 in Tallinn
TALLINN = "Europe/Tallinn"
TODAY = date(2026, 5, 7)


def _read(text: str, known: Wish | None = None) -> Wish | None:
    return read_wish(text, NOW, TALLINN, known)


@pytest.mark.parametrize(
    ("text", "rule", "at"),
    [
        ("remind me every weekday at 12:30", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "12:30"),
        ("every monday morning", "FREQ=WEEKLY;BYDAY=MO", "09:00"),
        ("mon-fri 8.15", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "08:15"),
        ("tuesdays and thursdays at quarter to nine", "FREQ=WEEKLY;BYDAY=TU,TH", "08:45"),
        ("nudge me daily at 7 in the evening", "FREQ=DAILY", "19:00"),
        ("i have time on saturdays, remind me then", "FREQ=WEEKLY;BYDAY=SA", "09:00"),
        ("every other friday at 3pm", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "15:00"),
        ("a reminder twice a week would be good", "FREQ=WEEKLY;BYDAY=MO,TH", "09:00"),
        ("weekly reminder pls", "FREQ=WEEKLY;BYDAY=TH", "09:00"),
        ("every month", "FREQ=MONTHLY;BYMONTHDAY=7", "09:00"),
        ("every wensday after lunch", "FREQ=WEEKLY;BYDAY=WE", "12:30"),
    ],
)
def test_days_that_come_again_are_read_as_a_rule(text: str, rule: str, at: str) -> None:
    """Days and hour, by clock or by the part of the day; slips in longer words are forgiven."""
    wish = _read(text)

    assert wish and (wish.rule, wish.at, wish.starts_on) == (rule, time.fromisoformat(at), TODAY)


@pytest.mark.parametrize(
    ("text", "day", "at", "is_named"),
    [
        ("tomorrow evening", (5, 8), "18:00", False),
        ("remind me tomorrow at 9", (5, 8), "09:00", True),
        ("on Friday at 9", (5, 8), "09:00", True),
        ("reminder friday 18:00 pls", (5, 8), "18:00", True),
        ("message me next thursday at noon to do the quiz", (5, 14), "12:00", False),
        ("thursday at 10", (5, 14), "10:00", True),
        ("on thursday at 16", (5, 7), "16:00", True),
        ("ping me at 7", (5, 7), "19:00", True),
        ("set alarm for 6.30", (5, 8), "06:30", True),
        ("half past eight", (5, 8), "08:30", True),
        ("remind me in three days to finish", (5, 10), "09:00", False),
        ("get back to me on the 15th", (5, 15), "09:00", False),
        ("3 december at 8 am", (12, 3), "08:00", True),
        ("on 24.12. at 10", (12, 24), "10:00", True),
        ("the day after tomorow at 12h30", (5, 9), "12:30", True),
        ("next week", (5, 14), "09:00", False),
        ("tonight", (5, 7), "18:00", False),
    ],
)
def test_single_day_is_read_as_the_next_that_fits(text: str, day: tuple[int, int], at: str, is_named: bool) -> None:
    """A day by name means the next one whose hour is not over; an hour alone means its next time."""
    wish = _read(text)

    assert wish == Wish(ONCE, date(2026, *day), time.fromisoformat(at), is_named)


@pytest.mark.parametrize(
    ("text", "moment", "is_named"),
    [
        ("in two hours", (13, 10), True),
        ("in an hour please, i'm driving", (12, 10), True),
        ("in half an hour", (11, 40), True),
        ("ping me in 45 min", (11, 55), True),
        ("remind me later", (14, 10), False),
        ("this morning", (12, 10), False),
    ],
)
def test_length_of_time_is_read_as_a_moment(text: str, moment: tuple[int, int], is_named: bool) -> None:
    """It counts from now, in UTC; what is over today comes soon."""
    wish = _read(text)

    assert wish and (wish.moment, wish.is_named) == (datetime(2026, 5, 7, *moment), is_named)


@pytest.mark.parametrize(
    "text", ["", "remind me", "set a reminder", "twice a day", "every hour", "today at 9", "at 25:00", "🙏"]
)
def test_text_that_does_not_say_when_is_none(text: str) -> None:
    """What is not understood, is over, or would be more than once a day, is asked about."""
    assert _read(text) is None


def test_hour_alone_moves_the_reminder_that_is_there() -> None:
    """Days stay as they are; other days take the place of the reminder as a whole."""
    known = Wish("FREQ=WEEKLY;BYDAY=MO", TODAY, time(9), False)

    assert is_change("move the reminder to 10 am") and not is_change("remind me at 10 am")
    assert _read("move the reminder to 10 am", known) == Wish(known.rule, TODAY, time(10), True)
    assert _read("change it to fridays", known) == Wish("FREQ=WEEKLY;BYDAY=FR", TODAY, time(9), False)


def test_suggested_words_are_understood() -> None:
    """What the buttons say can be read."""
    assert all(_read(text) for text in reminder_words()["suggested"])


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from("in at every 2 7 12:30 24.12. 31 monday friday the 31st next week hours to half past".split())
    ).map(" ".join)
)
def test_any_text_is_read_without_a_fault(text: str) -> None:
    """Whatever is typed gives a wish or none."""
    wish = _read(text)

    assert wish is None or wish.moment is None or wish.moment > NOW
