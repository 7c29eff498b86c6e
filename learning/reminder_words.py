"""Reading when a person wants to be reminded: "every weekday at 12:30", "tomorrow evening", "in two hours".

Dates and lengths of time are read by ``dateparser``; it misreads days with hours ("on Friday at 9" is September 26 to
it), so days of the week, parts of the day and hours are read here, by the words in ``reminder_words.yml``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import dateparser
from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr
from rapidfuzz import fuzz, process

from knowledge.markup import parse_yaml, read_text
from learning.clock_words import Hour, take_hour
from learning.local_time import to_local
from learning.reminders import ONCE, Wish
from learning.saying import Saying, one_of
from learning.wording import to_plain

FILE = Path(__file__).with_name("reminder_words.yml")
LAST_DAY_OF_ALL_MONTHS = 28
SLIP_LEAST_CHARS = 6
SLIP_ALIKE_AT_LEAST = 85
_CHANGES = re.compile(r"\b(move|change|shift|instead|make it|rather|put it|earlier|later than)\b")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"\b(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}})?|\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?)(?!\w)"
)
_DAY_OF_MONTH = re.compile(r"\bthe (\d{1,2})(?:st|nd|rd|th)\b")
_COUNT = r"(?:half an|an?|one|two|three|four|five|six|seven|eight|nine|ten|a few|a couple of|\d{1,3})"
_LENGTH = re.compile(rf"\b(?:in|after) (?:about )?({_COUNT}) ?(minute|min|hour|hr|h|day|week|month)s?\b")
_COUNTS = {"a few": "3", "a couple of": "2", "an": "1", "a": "1"}
_UNITS = {"min": "minute", "hr": "hour", "h": "hour"}


@lru_cache(maxsize=1)
def reminder_words() -> dict[str, Any]:
    """Read the words once."""
    return dict(parse_yaml(read_text(FILE, FILE.name), FILE.name))


def read_wish(text: str, now: datetime, zone: str, known: Wish | None = None) -> Wish | None:
    """Read when a person wants to be reminded.

    Args:
        text: As typed.
        now: The present moment in UTC, without a zone.
        zone: Where the person is.
        known: The reminder that is to be changed: an hour alone moves it, and leaves its days.

    Returns:
        None when the text does not say when, or asks for more than one reminder a day.
    """
    saying, local, words = Saying(_mend(to_plain(text))), to_local(now, zone), reminder_words()
    if saying.take_word(words["too_often"]):
        return None
    length = saying.take(_LENGTH)
    if length and _UNITS.get(length.group(2), length.group(2)) in ("minute", "hour"):
        return _at_moment(now + (_count_on(length, local) - local), zone)
    day = _count_on(length, local).date() if length else _take_date(saying, local)
    is_today = bool(one_of(tuple(words["days"][0])).search(saying.rest))
    hour = take_hour(saying, words)
    rule = None if day else _take_rule(saying, local)
    if rule:
        return _repeated(rule, hour, local)
    day, week_days = (day, 0) if day else _take_day(saying, local)
    day = local.date() if day is None and is_today else day
    if day is None and hour and known and known.moment is None:
        return replace(known, at=hour.at, is_named=hour.is_named)
    return _once(day, week_days, hour, saying, now, zone)


def is_change(text: str) -> bool:
    """Tell whether a text asks to move a reminder that is there."""
    return bool(_CHANGES.search(to_plain(text)))


def _mend(text: str) -> str:
    """Mend slips in longer words: "wensday", "tommorrow"."""
    return re.sub(rf"[^\W\d_]{{{SLIP_LEAST_CHARS},}}", lambda found: _mended(found.group()), text)


def _mended(word: str) -> str:
    if word in _vocabulary():
        return word
    found = process.extractOne(word, _vocabulary(), scorer=fuzz.ratio, score_cutoff=SLIP_ALIKE_AT_LEAST)
    return str(found[0]) if found else word


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[str, ...]:
    words = reminder_words()
    groups = [words[name].values() for name in ("hours", "weekdays", "repeated", "days")]
    phrases = (str(phrase) for group in groups for some in group for phrase in some)
    return tuple({word for phrase in phrases for word in phrase.split() if len(word) >= SLIP_LEAST_CHARS})


def _count_on(length: re.Match[str], local: datetime) -> datetime:
    count, unit = length.group(1), _UNITS.get(length.group(2), length.group(2))
    told = "in 30 minutes" if count == "half an" else f"in {_COUNTS.get(count, count)} {unit}s"
    found = dateparser.parse(told, languages=["en"], settings={"RELATIVE_BASE": local})
    return found or local


def _at_moment(moment: datetime, zone: str, *, is_named: bool = True) -> Wish:
    moment = moment.replace(second=0, microsecond=0)
    local = to_local(moment, zone)
    return Wish(ONCE, local.date(), local.time(), is_named, moment)


def _take_date(saying: Saying, local: datetime) -> date | None:
    """Take a day that is named by its date."""
    if found := saying.take(_DATE):
        settings = {"RELATIVE_BASE": local, "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY"}
        read = dateparser.parse(found.group().replace(" of ", " ").rstrip("."), languages=["en"], settings=settings)
        return read.date() if read else None
    found = saying.take(_DAY_OF_MONTH)
    if not found or not 1 <= int(found.group(1)) <= 31:
        return None
    tomorrow = local + timedelta(days=1)
    rule = f"FREQ=MONTHLY;BYMONTHDAY={int(found.group(1))};COUNT=1"
    day: datetime = next(iter(rrulestr(rule, dtstart=tomorrow)))
    return day.date()


def _take_rule(saying: Saying, local: datetime) -> str | None:
    """Take days that come again."""
    words = reminder_words()
    rules = {phrase: rule for rule, phrases in words["repeated"].items() for phrase in phrases}
    phrase = saying.take_word(rules)
    names = {name: day for day, some in words["weekdays"].items() for name in some}
    said = one_of(tuple(names)).findall(saying.rest)
    named = [day for day in words["weekdays"] if day in {names[one] for one in said}]
    if phrase:
        today = tuple(words["weekdays"])[local.weekday()]
        values = {"day": ",".join(named) or today, "day_of_month": min(local.day, LAST_DAY_OF_ALL_MONTHS)}
        return str(rules[phrase]).format(**values)
    is_again = bool(one_of(tuple(words["again"])).search(saying.rest)) or len(named) > 1
    if not named or not (is_again or said[0].endswith("days")):
        return None
    is_second = bool(re.search(r"\bevery (?:other|second|2nd)\b", saying.rest))
    return f"FREQ=WEEKLY;{'INTERVAL=2;' if is_second else ''}BYDAY={','.join(named)}"


def _repeated(rule: str, hour: Hour | None, local: datetime) -> Wish:
    at = hour.at if hour else time.fromisoformat(reminder_words()["unsaid_hour"])
    return Wish(rule, local.date(), at, bool(hour and hour.is_named))


def _take_day(saying: Saying, local: datetime) -> tuple[date | None, int]:
    """Take one day: tomorrow, Friday, next week; and say how many days later it comes again, if it has a name."""
    words, today = reminder_words(), local.date()
    days = {phrase: int(count) for count, phrases in words["days"].items() for phrase in phrases}
    if found := saying.take_word(days):
        return today + timedelta(days=days[found]), 0
    names = {name: n for n, some in enumerate(words["weekdays"].values()) for name in some}
    is_next = "next" in saying.rest.split()
    if found := saying.take_word(names):
        ahead = (names[found] - today.weekday()) % 7
        return today + timedelta(days=ahead or (7 if is_next else 0)), 7
    if "next week" in saying.rest:
        return today + timedelta(days=7), 0
    return (today + relativedelta(months=1), 0) if "next month" in saying.rest else (None, 0)


def _once(day: date | None, week_days: int, hour: Hour | None, saying: Saying, now: datetime, zone: str) -> Wish | None:
    """Make a single reminder; a day of the week whose hour is over means the next one, and other days nothing."""
    words, local = reminder_words(), to_local(now, zone)
    is_later = bool(saying.take_word(words["later"])) if day is None else day == local.date() and not week_days
    if is_later and not hour:
        return _at_moment(now + timedelta(hours=words["later_hours"]), zone, is_named=False)
    if day is None and hour is None:
        return None
    hour = hour or Hour(time.fromisoformat(words["unsaid_hour"]), False)
    is_over = datetime.combine(day or local.date(), hour.at) <= local
    if is_over and day and not week_days:
        is_part_of_today = day == local.date() and not hour.is_named
        return _at_moment(now + timedelta(hours=1), zone, is_named=False) if is_part_of_today else None
    first = (day or local.date()) + timedelta(days=is_over and (week_days or 1))
    return Wish(ONCE, first, hour.at, hour.is_named)
