"""Lines are as long as they may be, and nothing is lost between them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from learning.papers.lines import break_text


@given(text=st.text("ab é", max_size=80), width=st.integers(1, 20))
def test_lines_fit_and_keep_every_letter(text: str, width: int) -> None:
    """No line is too wide, and together they hold every letter in order."""
    lines = break_text(text, width, len)

    assert all(len(line.strip()) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(words=st.lists(st.text("abc", min_size=1, max_size=5), min_size=1, max_size=20), width=st.integers(5, 30))
def test_words_that_fit_are_not_broken(words: list[str], width: int) -> None:
    """Breaking happens between words, and a line takes as many as it can."""
    lines = break_text(" ".join(words), width, len)

    assert [word for line in lines for word in line.split()] == words
    for line, following in pairwise(lines):
        assert len(line) + 1 + len(following.split()[0]) > width


def test_word_too_long_is_cut_where_the_line_is_full() -> None:
    """Before it and after it, words stay whole."""
    assert break_text("so abcdefgh it", 3, len) == ["so", "abc", "def", "gh", "it"]


def test_letter_wider_than_the_line_stands_alone() -> None:
    """A line takes one letter at least, so breaking always ends."""
    assert break_text("abc", 0.5, len) == ["a", "b", "c"]


def test_address_is_broken_at_its_own_marks() -> None:
    """A part of it stays whole where a mark stands near the end of the line; nothing is added or lost."""
    address = "https://sola.kau.se/cosie/re-defined-relationships-with-individuals"

    lines = break_text(address, 45, len)

    assert lines == ["https://sola.kau.se/cosie/re-defined-", "relationships-with-individuals"]
