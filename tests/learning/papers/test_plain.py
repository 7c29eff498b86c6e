"""Texts are made fit for files, and their direction is seen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.papers.plain import clean, is_right_to_left, opening
from tests.learning.papers.samples import ARABIC, ENGLISH, GREEK, HEBREW


@given(text=st.text())
def test_clean_text_holds_nothing_forbidden(text: str) -> None:
    """No control character but the line end, no half character, nothing that turns text; and once is enough."""
    cleaned = clean(text)

    assert not [char for char in cleaned if char != "\n" and unicodedata.category(char) in ("Cc", "Cs")]
    assert not set(cleaned) & set("\u202a\u202b\u202d\u202e\u2066\u2067\ufffe\uffff\u2028")
    assert clean(cleaned) == cleaned


@given(text=st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_clean_leaves_what_can_be_written(text: str) -> None:
    """Letters, digits, marks and blanks of any script stay as they are."""
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "is_turned"),
    [
        (ARABIC, True),
        (HEBREW, True),
        (ENGLISH, False),
        (GREEK, False),
        ("12 (!) " + HEBREW, True),
        ("", False),
        ("1 2", False),
    ],
)
def test_direction_is_that_of_the_first_letter(text: str, is_turned: bool) -> None:
    """Digits and marks have none."""
    assert is_right_to_left(text) is is_turned


@pytest.mark.parametrize(
    ("markdown", "told"),
    [
        ("", ""),
        ("One *two*\nthree.\n\nFour.", "One two three."),
        ("Three things:\n\n1. a\n2. b.\n\nMore.", "Three things: a; b."),
        ("A question follows:\n\nWhy?", "A question follows:"),
        ("`code` and [a page](https://a.org).", "code and a page."),
    ],
)
def test_opening_is_the_first_paragraph_in_plain_words(markdown: str, told: str) -> None:
    """Without marks; a list that it announces comes along, another paragraph does not."""
    assert opening(markdown) == told
