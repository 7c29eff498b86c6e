"""Reading an hour of the day: "12:30", "7pm", "half past eight", "in the evening". Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Any

from learning.saying import Saying

_NUMBERS = {
    word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
}
_NUMBER = rf"(\d{{1,2}}|{'|'.join(_NUMBERS)})"
_HALF_OF_DAY = r"(?: ?(a\.?m|p\.?m)\b\.?)?"
_WRITTEN = re.compile(
    rf"(?<![\d.:/])([01]?\d|2[0-3]|24(?=[:.]00))(?:[:.]|h(?=\d))([0-5]\d)(?![\d:]|\.\d){_HALF_OF_DAY}(?: ?h\b)?"
)
_PAST = re.compile(rf"\b(half|quarter|a quarter|5|10|20|five|ten|twenty) (past|to) {_NUMBER}\b{_HALF_OF_DAY}")
_HALF = re.compile(rf"\bhalf ({'|'.join(_NUMBERS)})\b")
_WITH_HALF_OF_DAY = re.compile(rf"\b{_NUMBER} ?(a\.?m|p\.?m)\b\.?")
_O_CLOCK = re.compile(rf"\b{_NUMBER} ?o'? ?clock\b")
_NO_HOUR = r"(?! ?(?:min|hour|hr|day|week|month|time|st|nd|rd|th|/|\.\d))"
_BARE = re.compile(rf"(?:\b(?:at|by|around|about|to|for|from)|@) ?{_NUMBER}\b{_NO_HOUR}")
_MINUTES = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20}
EARLIEST_BARE_HOUR = 8  # "at 7" alone is in the evening, "at 8" in the morning


@dataclass(frozen=True)
class Hour:
    """An hour of the day; ``is_named`` when the person said it by the clock."""

    at: time
    is_named: bool


def take_hour(saying: Saying, words: dict[str, Any]) -> Hour | None:
    """Take an hour out of what was said; None when none was said.

    Args:
        saying: What was said.
        words: The parts of the day, as ``reminder_words.yml`` has them.
    """
    half = _half_of_day(saying.rest, words)
    named = _take_written(saying, half) or _take_spoken(saying, half)
    parts = {phrase: at for at, phrases in words["hours"].items() for phrase in phrases}
    part = saying.take_word(parts) if not named else ""
    if named:
        return Hour(named, True)
    return Hour(time.fromisoformat(str(parts[part])), False) if part else None


def read_clock(text: str) -> time | None:
    """Read the hour that a person's clock shows: "it is 14:20 here", "2pm"."""
    saying = Saying(text)
    return _take_written(saying, "") or _take_spoken(saying, "")


def _half_of_day(text: str, words: dict[str, Any]) -> str:
    found = set(re.findall(r"[\w.]+", text))
    return next((half for half, some in words["halves"].items() if found & set(some)), "")


def _take_written(saying: Saying, half: str) -> time | None:
    found = saying.take(_WRITTEN)
    if not found:
        return None
    hour, minute, mark = int(found.group(1)), int(found.group(2)), found.group(3)
    return _time(hour, minute, mark or ("pm" if half == "evening" else ""))


def _take_spoken(saying: Saying, half: str) -> time | None:
    if found := saying.take(_PAST):
        minutes = _MINUTES.get(found.group(1)) or int(found.group(1))
        hour = _number(found.group(3))
        mark = found.group(4) or _guess(hour, half)
        return _time(hour, minutes, mark) if found.group(2) == "past" else _time(hour - 1, 60 - minutes, mark)
    if found := saying.take(_HALF):
        hour = _number(found.group(1))
        return _time(hour, 30, _guess(hour, half))
    if found := saying.take(_WITH_HALF_OF_DAY):
        return _time(_number(found.group(1)), 0, found.group(2))
    if (found := saying.take(_O_CLOCK)) or (found := saying.take(_BARE)):
        hour = _number(found.group(1))
        return _time(hour, 0, _guess(hour, half))
    return time(0) if saying.take(re.compile(r"\bmidnight\b")) else None


def _guess(hour: int, half: str) -> str:
    """Guess which half of the day an hour alone means."""
    if half:
        return "pm" if half == "evening" else "am"
    return "pm" if 0 < hour < EARLIEST_BARE_HOUR else ""


def _number(text: str) -> int:
    return _NUMBERS.get(text) or int(text)


def _time(hour: int, minute: int, mark: str) -> time | None:
    mark = mark.replace(".", "")
    if mark == "pm" and hour < 12:
        hour += 12
    if mark == "am" and hour == 12:
        hour = 0
    hour = 0 if hour == 24 else hour
    return time(hour, minute) if 0 <= hour < 24 else None
