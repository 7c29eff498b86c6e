"""A double tap is told from a thought that comes again by the seconds between."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.twice import TWICE_WITHIN, came_twice
from tests.learning.histories import NOON


@pytest.mark.parametrize(("seconds", "is_twice"), [(0, True), (0.4, True), (3, True), (3.1, False), (60, False)])
def test_same_words_are_twice_only_within_a_moment(seconds: float, is_twice: bool) -> None:
    """Nobody reads a question and types the same again within three seconds."""
    assert came_twice(NOON, NOON + timedelta(seconds=seconds)) is is_twice


@given(st.datetimes(min_value=datetime(2020, 1, 1)), st.timedeltas(timedelta(days=-9), timedelta(days=9)))
def test_clocks_that_differ_change_nothing(now: datetime, away: timedelta) -> None:
    """The clock of another machine may be ahead as well as behind."""
    assert came_twice(now, now + away) == came_twice(now + away, now) == (abs(away) <= TWICE_WITHIN)
