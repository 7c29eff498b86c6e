"""When a reminder comes, in words: "every weekday at 12:30", "tomorrow at 18:00"."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from learning.reminder_store import from_payload
from learning.reminders import Wish
from learning.time_zones import zone_in_words

WEEKDAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
WORKING_DAYS = "MO,TU,WE,TH,FR"


def when_in_words(waiting: dict[str, Any], now: str) -> str:
    """Say when a reminder comes.

    Args:
        waiting: As ``learning.reminder_book`` tells it: the ``wish``, and when it is ``due`` on clocks of the place.
        now: What those clocks show now.
    """
    wish, due = from_payload(waiting["wish"]), datetime.fromisoformat(waiting["due"])
    if wish.is_once:
        return f"{_day(due.date(), datetime.fromisoformat(now).date())} at {due:%H:%M}"
    return f"{_days(wish)} at {wish.at:%H:%M}"


def _day(day: date, today: date) -> str:
    if day - today in (timedelta(0), timedelta(1)):
        return "tomorrow" if day > today else "today"
    return f"on {day:%A}, {day.day} {day:%B}"


def _days(wish: Wish) -> str:
    parts = dict(part.split("=", 1) for part in wish.rule.split(";"))
    every = "every second" if parts.get("INTERVAL") == "2" else "every"
    if parts["FREQ"] == "MONTHLY":
        return f"on day {parts['BYMONTHDAY']} of {every} month"
    if parts["FREQ"] == "DAILY":
        return f"{every} day"
    if parts["BYDAY"] == WORKING_DAYS:
        return f"{every} weekday"
    *first, last = (WEEKDAYS[one] for one in parts["BYDAY"].split(","))
    return f"{every} {', '.join(first)} and {last}" if first else f"{every} {last}"


def place_in_words(zone: str) -> str:
    """Say whose clock counts: "Tallinn time", or "UTC+2"."""
    name = zone_in_words(zone)
    return name if name.startswith("UTC") else f"{name} time"
