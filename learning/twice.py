"""Telling a double tap, which comes as two messages with ids of their own, from a thought that comes again. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

TWICE_WITHIN = timedelta(seconds=3)  # nobody reads the next question and types the same again so soon


def came_twice(before: datetime, now: datetime) -> bool:
    """Tell whether the same words come so soon after the first that nobody can have meant them again.

    Args:
        before: When they came, in UTC, without a zone.
        now: When they come again; the clock of another machine may be a little behind.

    Example:
        >>> came_twice(datetime(2026, 5, 4, 9, 0, 0), datetime(2026, 5, 4, 9, 0, 2))
        True
    """
    return abs(now - before) <= TWICE_WITHIN
