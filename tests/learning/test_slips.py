"""Slips of the keyboard are told from words, of whatever language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.slips import MOST_CHARS, ROWS, is_slip


@pytest.mark.parametrize("text", ["asdf", "asdf qwertz", "hjkl", "fgh jkl", "zzz", "AAAA", "gfdgfd", "qwertz!"])
def test_run_along_the_keys_is_a_slip(text: str) -> None:
    """In either direction, in small and capital letters, and one letter again and again."""
    assert is_slip(text)


@pytest.mark.parametrize(
    "text",
    ["Kodukülastus", "Sąsiedzi najpierw", "Γείτονες", "الجيران", "NHS", "GP", "ok", "", "?!", "🌻", "asdf neighbours"],
)
def test_word_is_no_slip(text: str) -> None:
    """Not of a language unknown to the tutor, not an abbreviation; and one word among slips makes it a text."""
    assert not is_slip(text)


@given(st.sampled_from(ROWS), st.integers(0, 5), st.integers(3, 8), st.booleans())
def test_any_run_of_a_row_is_a_slip(row: str, begin: int, length: int, is_backward: bool) -> None:
    """Wherever it begins."""
    run = row[begin : begin + length]

    assert is_slip(run[::-1] if is_backward else run) is (len(run) >= 3)


@given(st.text(max_size=40))
def test_slip_is_never_long_and_has_letters(text: str) -> None:
    """Whatever is typed gets an answer, and what nobody types by chance is kept."""
    if is_slip(text):
        assert any(char.isalnum() for char in text)
        assert not is_slip("as" * MOST_CHARS)
