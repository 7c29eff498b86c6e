"""Rows as files: CSV that a spreadsheet takes for text only, and JSON; made piece by piece, never whole in memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else
PIECE_ROWS = 200


def to_cell(value: Any) -> Any:
    """Write a value so that no spreadsheet runs it: a text that begins like a formula gets a quote before it.

    Source:
        OWASP, CSV Injection.

    Example:
        >>> to_cell("=HYPERLINK(1)"), to_cell(-1.5)
        ("'=HYPERLINK(1)", -1.5)
    """
    if isinstance(value, str):
        clean = value.replace("\x00", "")
        return f"'{clean}" if clean.lstrip(" ").startswith(FORMULA) else clean
    return "" if value is None else value


def to_csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Write rows as CSV with a line of names first; nothing but the mark if there are none."""
    rows = iter(rows)
    yield BYTE_ORDER_MARK
    first = next(rows, None)
    if first is None:
        return
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_MINIMAL)
    writer.writerow(first)
    for number, row in enumerate(chain([first], rows), 1):
        writer.writerow([to_cell(value) for value in row.values()])
        if number % PIECE_ROWS == 0:
            yield _emptied(stream)
    yield _emptied(stream)


def to_json(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Write rows as one JSON list, a row a line."""
    yield "["
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n{json.dumps(row, ensure_ascii=False)}"
    yield "\n]\n"


def _emptied(stream: io.StringIO) -> str:
    text = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    return text
