"""Which day it is where a person is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.local_time import is_zone, local_date

ZONES = sorted(available_timezones())


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        (datetime(2026, 5, 4, 21, 30), "UTC", date(2026, 5, 4)),
        (datetime(2026, 5, 4, 21, 30), "Europe/Tallinn", date(2026, 5, 5)),
        (datetime(2026, 5, 4, 3, 0), "America/Lima", date(2026, 5, 3)),
        (datetime(2026, 3, 29, 21, 30), "Europe/Tallinn", date(2026, 3, 30)),  # clocks went forward that night
        (datetime(2026, 10, 25, 21, 30), "Europe/Tallinn", date(2026, 10, 25)),  # and back
        (datetime(2026, 5, 4, 21, 30), "Nowhere/Such", date(2026, 5, 4)),
    ],
)
def test_date_is_that_of_the_zone(moment: datetime, zone: str, day: date) -> None:
    """Midnight is where the person is; an unknown zone counts as UTC."""
    assert local_date(moment, zone) == day


@pytest.mark.parametrize("name", ["", "Nowhere/Such", "../etc/passwd", "/etc/passwd", "Europe", "a\0b"])
def test_name_of_no_zone_is_refused(name: str) -> None:
    """What the database of zones does not know is no zone, in whatever way it fails."""
    assert not is_zone(name)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.sampled_from(ZONES))
def test_date_is_never_more_than_a_day_off(moment: datetime, zone: str) -> None:
    """No zone is further than a day from UTC, and an hour later it is never an earlier day there."""
    assert abs((local_date(moment, zone) - moment.date()).days) <= 1
    assert local_date(moment + timedelta(hours=25), zone) > local_date(moment, zone)
