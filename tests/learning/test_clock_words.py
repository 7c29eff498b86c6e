"""Hours of the day as people write them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.clock_words import Hour, read_clock, take_hour
from learning.reminder_words import reminder_words
from learning.saying import Saying


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("12:30", (12, 30)),
        ("at 9.05", (9, 5)),
        ("7pm", (19, 0)),
        ("12 am", (0, 0)),
        ("12 p.m.", (12, 0)),
        ("at 7 in the morning", (7, 0)),
        ("at 7", (19, 0)),
        ("at 8", (8, 0)),
        ("quarter to one", (12, 45)),
        ("20 past six in the evening", (18, 20)),
        ("half eight", (8, 30)),
        ("nine o'clock", (9, 0)),
        ("midnight", (0, 0)),
    ],
)
def test_hour_by_the_clock_is_named(text: str, at: tuple[int, int]) -> None:
    """By figures or words; an hour alone before eight is one of the afternoon."""
    assert take_hour(Saying(text), reminder_words()) == Hour(time(*at), True)


@pytest.mark.parametrize("text", ["", "at 25:00", "in 2 days", "24.12.", "1:2", "for 3 weeks"])
def test_text_without_an_hour_gives_none(text: str) -> None:
    """Other numbers are no hours."""
    assert take_hour(Saying(text), reminder_words()) is None


def test_part_of_the_day_is_an_hour_that_nobody_named() -> None:
    """The file says which hour a part of the day is."""
    assert take_hour(Saying("tomorrow evening"), reminder_words()) == Hour(time(18), False)


@given(st.times())
def test_clock_as_written_is_read_back(hour: time) -> None:
    """Four figures are read as they stand."""
    assert read_clock(f"my clock says {hour:%H:%M}") == hour.replace(second=0, microsecond=0)
