"""The papers' own words, read once from ``words.yml`` beside this file."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("words.yml")


def say(name: str, /, **values: Any) -> str:
    """Return a sentence with its gaps filled.

    Raises:
        KeyError: There is no such sentence, or a gap was not filled.

    Example:
        >>> say("stage_line", stage="Prepare", answered=2, total=6)
        'Prepare: 2 of 6'
    """
    return _read()[name].format(**values)


def say_date(day: date) -> str:
    """Write a day so that nobody takes the month for the day.

    Example:
        >>> say_date(date(2026, 5, 4))
        '4 May 2026'
    """
    return f"{day.day} {day:%B} {day.year}"


@lru_cache(maxsize=1)
def _read() -> dict[str, str]:
    return dict(YAML(typ="safe").load(FILE.read_text(encoding="utf-8")))
