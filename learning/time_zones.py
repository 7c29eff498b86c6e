"""Which time zone a person means: by city, country, short name, or by what their clock shows. Pure functions."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytz  # comes with dateparser; here only for the IANA list of countries

from knowledge.markup import parse_yaml, read_text
from learning.clock_words import read_clock
from learning.local_time import to_local
from learning.wording import to_plain

FILE = Path(__file__).with_name("time_zones.yml")
PLACE_LIMIT_WORDS = 4
ONE_COUNTRY_LIMIT_OFFSETS = 3
DAY_MINUTES = 24 * 60
STEP_MINUTES = 30
_IANA = re.compile(r"\b[A-Za-z]+(?:/[A-Za-z_+\-0-9]+){1,2}")
_OFFSET = re.compile(r"\b(?:utc|gmt) ?([+-]) ?(\d{1,2})(?::?00)?\b")
_BEFORE = r"(?:\b(?:in|to|from|is|zone|near|for|on|at)|[:=])"
_HERE = re.compile(
    r"(?:i'?m|i am|we are|we're|i live|i work|we live)(?: now)? in (?:the )?[^\W\d_]+(?:[ -][^\W\d_]+){0,2}\W*$"
)
_CLOCK_CUE = re.compile(
    r"\b(?:my (?:time|clock|watch)|time here|clock says|it'?s? (?:is )?(?:now )?[\d: .apm]+ here)\b|\bhere\b.*\d"
)


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return dict(parse_yaml(read_text(FILE, FILE.name), FILE.name))


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    """Return the zone of each place that can be named, in small letters; what is written in our file wins."""
    cities = {name.rpartition("/")[2].replace("_", " ").lower(): name for name in sorted(available_timezones())}
    countries = {name.lower(): pytz.country_timezones[code][0] for code, name in _plain_countries().items()}
    own = {str(place): str(zone) for zone, places in _words()["places"].items() for place in places}
    short = {str(place): str(zone) for zone, places in _words()["short"].items() for place in places}
    found = {name: zone for name, zone in cities.items() if "/" in zone and not zone.startswith("Etc/")}
    return {name: zone for name, zone in {**found, **countries, **own, **short}.items() if name not in _no_places()}


def _no_places() -> set[str]:
    return set(_words()["no_places"])


def _plain_countries() -> dict[str, str]:
    """Return the names of countries that lie in one or two zones; in others only a city tells the hour."""
    summer = datetime(2026, 7, 1)
    few = {}
    for code, zones in pytz.country_timezones.items():
        offsets = {to_local(summer, zone) for zone in zones}
        if len(offsets) <= ONE_COUNTRY_LIMIT_OFFSETS:
            few[code] = str(pytz.country_names[code])
    return few


def says_where(text: str, now: datetime) -> str | None:
    """Read a sentence that says where a person is, and nothing else; None for any other text.

    Example:
        >>> says_where("I'm in Madrid", datetime(2026, 5, 4)), says_where("What did Madrid do?", datetime(2026, 5, 4))
        ('Europe/Madrid', None)
    """
    found = find_zone(text, now) if _HERE.match(to_plain(text)) else None
    return found[0] if found else None


def find_zone(text: str, now: datetime, *, is_asked: bool = False) -> tuple[str, str] | None:
    """Find the time zone that a text names.

    Args:
        text: As typed: "my time is Tallinn", "at 9 in Madrid", "Europe/Helsinki", "my clock says 14:20", "UTC+2".
        now: The present moment in UTC, without a zone.
        is_asked: Whether the person was asked where they are: then a place or an hour alone will do.

    Returns:
        The zone's IANA name, and the text without what named it; None when none is named.
    """
    if found := _find_iana(text):
        return found
    plain = to_plain(text)
    if offset := _OFFSET.search(plain):
        sign = "-" if offset.group(1) == "+" else "+"  # POSIX counts westwards
        hours = int(offset.group(2))
        return _known(f"Etc/GMT{sign}{hours}" if hours else "UTC", plain, offset)
    return _find_place(plain, is_asked) or _find_by_clock(plain, now, is_asked)


def _known(zone: str, text: str, found: re.Match[str]) -> tuple[str, str] | None:
    return (zone, _without(text, found)) if zone in available_timezones() else None


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _find_iana(text: str) -> tuple[str, str] | None:
    for found in _IANA.finditer(text):
        zone = _iana_names().get(found.group().lower())
        if zone:
            return zone, _without(text, found)
    return None


@lru_cache(maxsize=1)
def _iana_names() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if "/" in name}


def _find_place(text: str, is_asked: bool) -> tuple[str, str] | None:
    words = list(re.finditer(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", text))
    for length in range(PLACE_LIMIT_WORDS, 0, -1):
        for first in range(len(words) - length + 1):
            start, end = words[first].start(), words[first + length - 1].end()
            zone = _places().get(text[start:end])
            if zone and (is_asked or _is_cued(text[:start], text[end:])):
                return zone, f"{text[:start].rstrip()} {re.sub(r'^ (?:time(?: zone)?)', '', text[end:])}"
    return None


def _is_cued(before: str, after: str) -> bool:
    """Tell whether a place stands where people say that they are there: "in Madrid", "Tallinn time"."""
    is_named = re.search(rf"{_BEFORE}\s*(?:the )?$", before)
    return bool(is_named) or bool(re.match(r"\s*(?:local )?time\b", after))


def _find_by_clock(text: str, now: datetime, is_asked: bool) -> tuple[str, str] | None:
    if not (_CLOCK_CUE.search(text) or (is_asked and len(text.split()) <= PLACE_LIMIT_WORDS)):
        return None
    hour = read_clock(text)
    return (_zone_showing(hour, now), "") if hour else None


def _zone_showing(hour: time, now: datetime) -> str:
    """Find the first likely zone whose clocks show an hour now, give or take a quarter; else one by its offset."""
    ahead = _minutes_between(now.time(), hour)
    for zone in _words()["by_clock"]:
        if abs(_minutes_between(to_local(now, zone).time(), hour)) <= STEP_MINUTES // 2:
            return str(zone)
    hours = round(ahead / 60)
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


def _minutes_between(one: time, other: time) -> int:
    """Count the minutes from one hour to the other, half a day at most, backwards below 0."""
    gap = timedelta(hours=other.hour - one.hour, minutes=other.minute - one.minute)
    return (int(gap.total_seconds() // 60) + DAY_MINUTES // 2) % DAY_MINUTES - DAY_MINUTES // 2


def zone_in_words(zone: str) -> str:
    """Name a zone as people do.

    Example:
        >>> zone_in_words("America/New_York"), zone_in_words("Etc/GMT-2")
        ('New York', 'UTC+2')
    """
    if zone.startswith("Etc/GMT"):
        sign = {"-": "+", "+": "-"}.get(zone[7:8], "")
        return f"UTC{sign}{zone[8:]}"
    return zone.rpartition("/")[2].replace("_", " ")
