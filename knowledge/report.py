"""Reading values out of content, with a kind word where something is missing or of the wrong sort."""

from __future__ import annotations

import re
from typing import Any

from knowledge.errors import Problem
from knowledge.markup import line_of


class Report:
    """The problems found so far in one file."""

    def __init__(self, file: str, offset: int = 0) -> None:
        self.file = file
        self.offset = offset
        self.problems: list[Problem] = []

    def add(self, line: int, text: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.file, line, text))

    def text(self, values: Any, key: str, *, optional: bool = False) -> str:
        """Take a text; numbers and dates become text."""
        value = values.get(key)
        if value is None or isinstance(value, dict | list) or not str(value).strip():
            if not optional:
                self.add(self.line(values, key), f"no {key}; write {key}: followed by a text")
            return ""
        return str(value).strip()

    def texts(self, values: Any, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """Take a list of texts."""
        value = values.get(key)
        if value is None and optional:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str | int | float) for one in value):
            self.add(self.line(values, key), f"{key} must be a list of texts; quote those that hold a colon")
            return ()
        texts = tuple(str(one).strip() for one in value)
        if not all(texts):
            self.add(self.line(values, key), f"{key} holds an empty text; write one, or take the line out")
        return tuple(text for text in texts if text)

    def rows(self, values: Any, key: str) -> list[Any]:
        """Take a list of which each entry has keys and values; one that is not there is empty."""
        value = values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.add(self.line(values, key), f"{key} must be a list, each entry beginning with -")
            return []
        return self.mappings(value)

    def mappings(self, rows: list[Any]) -> list[Any]:
        """Take those entries of a list that have keys and values."""
        for number, row in enumerate(rows):
            if not isinstance(row, dict):
                self.add(self.line(rows, number), "expected keys and values here, such as id: system.value")
        return [row for row in rows if isinstance(row, dict)]

    def mapping(self, values: Any, key: Any) -> Any:
        """Take keys and values; none at all is empty."""
        value = values.get(key)
        if value is not None and not isinstance(value, dict):
            self.add(self.line(values, key), f"{key} must hold keys and values")
        return value if isinstance(value, dict) else {}

    def number(self, values: Any, key: str) -> int:
        """Take a whole number above zero."""
        value = values.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self.add(self.line(values, key), f"{key} must be a whole number, such as {key}: 7")
            return 1
        return value

    def line(self, values: Any, key: Any) -> int:
        """Line of a key in the file."""
        return line_of(values, key) + self.offset


def slug(text: str) -> str:
    """Make a short key from a title.

    Example:
        >>> slug("The same week, told twice")
        'the-same-week-told-twice'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
