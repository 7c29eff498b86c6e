"""Where a person is, by what they call it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.local_time import is_zone, to_local
from learning.time_zones import find_zone, zone_in_words

NOW = datetime(2026, 11, 26, 12, 20)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("my time is Tallinn", "Europe/Tallinn"),
        ("I'm in Madrid", "Europe/Madrid"),
        ("set my time zone to europe/helsinki", "Europe/Helsinki"),
        ("i am in the UK", "Europe/London"),
        ("we are in Jönköping", "Europe/Stockholm"),
        ("i live in Estonia", "Europe/Tallinn"),
        ("I'm in New York", "America/New_York"),
        ("my time zone is cet", "Europe/Paris"),
        ("UTC+2", "Etc/GMT-2"),
        ("my time is 14:20", "Europe/Helsinki"),
        ("it is 2:25 pm here", "Europe/Helsinki"),
        ("my clock says 12:20", "Europe/London"),
        ("here it's 9 am", "Etc/GMT+3"),
    ],
)
def test_zone_is_found_by_what_people_say(text: str, zone: str) -> None:
    """By city, country, short name, offset, or by what the clock shows."""
    found = find_zone(text, NOW)

    assert found and found[0] == zone


@pytest.mark.parametrize(
    "text",
    [
        "remind me on friday at 9",
        "remind me in an hour",
        "what did Madrid do",
        "i'm in the US",
        "my time zone is wrong",
        "",
    ],
)
def test_zone_is_not_found_where_none_is_meant(text: str) -> None:
    """A place elsewhere in a sentence, or a country with many hours, is no zone."""
    assert find_zone(text, NOW) is None


def test_zone_takes_its_words_out_of_the_text() -> None:
    """What is left says when."""
    assert find_zone("every weekday at 12:30 tallinn time", NOW) == ("Europe/Tallinn", "every weekday at 12:30 ")


@pytest.mark.parametrize(
    ("text", "zone"), [("Warsaw", "Europe/Warsaw"), ("portugal", "Europe/Lisbon"), ("13:20", "Europe/Paris")]
)
def test_answer_to_where_needs_a_place_or_an_hour_alone(text: str, zone: str) -> None:
    """Asked where they are, people say one word; it means nothing elsewhere."""
    found = find_zone(text, NOW, is_asked=True)

    assert found and found[0] == zone
    assert find_zone(text, NOW) is None


@pytest.mark.parametrize(
    ("zone", "words"),
    [("Europe/Tallinn", "Tallinn"), ("America/New_York", "New York"), ("Etc/GMT-2", "UTC+2"), ("UTC", "UTC")],
)
def test_zone_is_named_as_people_do(zone: str, words: str) -> None:
    """By its city, or its distance from UTC."""
    assert zone_in_words(zone) == words


@given(st.sampled_from(sorted(available_timezones())), st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))
def test_clock_gives_a_zone_that_shows_about_the_same_hour(zone: str, now: datetime) -> None:
    """Whatever a clock shows, the zone found shows it too, give or take half an hour."""
    local = to_local(now, zone)

    found = find_zone(f"my clock shows {local:%H:%M}", now)

    assert found and is_zone(found[0])
    shown = to_local(now, found[0])
    gap = (shown.hour * 60 + shown.minute - local.hour * 60 - local.minute + 720) % 1440 - 720
    assert abs(gap) <= 30


@given(st.text(max_size=80), st.booleans())
def test_any_text_gives_a_known_zone_or_none(text: str, is_asked: bool) -> None:
    """Whatever is typed, no zone is made up."""
    found = find_zone(text, NOW, is_asked=is_asked)

    assert found is None or is_zone(found[0])
