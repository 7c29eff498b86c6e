"""A sheet is filled so that a paragraph leaves two lines at least on either side of a page's end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from learning.papers.pdf_sheet import MARGIN_MM, TOGETHER_LINES, Line, Sheet, Style

PLAIN = Style("/P", 10, 5, 2)


@pytest.fixture
def sheet() -> Iterator[Sheet]:
    """Give an empty page."""
    sheet = Sheet("A footer")
    sheet.add_page()
    yield sheet
    sheet.close_fonts()


def lines(count: int) -> list[Line]:
    """Make some lines."""
    return [Line(f"line {number}", False) for number in range(count)]


@pytest.mark.parametrize("room", [0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_paragraph_at_the_end_of_a_page_leaves_no_line_alone(sheet: Sheet, room: int, count: int) -> None:
    """With room for few lines it moves whole, or leaves at least two behind and takes at least two along."""
    sheet.y = sheet.h - 24 - room * PLAIN.line_mm - 0.1

    sheet.write_lines(lines(count), PLAIN)

    after = round((sheet.y - PLAIN.after_mm - MARGIN_MM) / PLAIN.line_mm) if sheet.page == 2 else 0
    before = count - after
    assert before == 0 or after == 0 or min(before, after) >= TOGETHER_LINES


def test_paragraph_longer_than_a_page_goes_on(sheet: Sheet) -> None:
    """A hundred and twenty lines take three pages."""
    sheet.write_lines(lines(120), PLAIN)

    assert sheet.page == 3


def test_lines_of_their_own_direction(sheet: Sheet) -> None:
    """Each line of a text runs as its letters do; an empty one is kept."""
    set_lines = sheet.set_lines("hello\n\nשלום", PLAIN)

    assert [(one.text, one.is_turned) for one in set_lines] == [("hello", False), ("", False), ("שלום", True)]


def test_mark_of_somebody_is_no_missing_character(sheet: Sheet) -> None:
    """Who typed the mark itself is not told that something is missing."""
    sheet.printable("a \ufffd b")

    assert not sheet.has_missing
