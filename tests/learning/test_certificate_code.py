"""The code of a certificate is read as people type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.certificate_code import CODE_CHARS, LETTER_BITS, LETTERS, group, read_code, read_letters, spell
from tests.learning.certificates import CODE


def test_code_holds_128_bits_and_more() -> None:
    """A code cannot be guessed, and its letters are all different things."""
    assert CODE_CHARS * LETTER_BITS >= 128
    assert len(set(LETTERS)) == 2**LETTER_BITS


@pytest.mark.parametrize(
    "typed",
    [
        group(CODE),
        group(CODE).lower(),
        CODE.replace("0", "O").replace("1", "l"),
        f"  {group(CODE).replace('-', ' ')}\n",
        group(CODE).replace("-", "–"),
    ],
)
def test_code_is_read_as_typed(typed: str) -> None:
    """Case, blanks, dashes of any length and letters that look alike do not matter."""
    assert read_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", CODE[:-1], f"{CODE}0", "U" * CODE_CHARS, "ß" * CODE_CHARS, "x" * 10_000])
def test_text_that_is_no_code_is_none(typed: str) -> None:
    """Too short, too long, or with letters that are never used."""
    assert read_code(typed) is None


@given(st.binary(min_size=18, max_size=32))
def test_spelled_code_is_read_back(raw: bytes) -> None:
    """Grouped for reading and read again, it is the same."""
    code = spell(raw, CODE_CHARS)

    assert read_code(group(code)) == code


@given(st.text(max_size=60))
def test_reading_any_text_never_fails(text: str) -> None:
    """Whatever is typed gives letters of ours or None."""
    read = read_letters(text, 8)

    assert read is None or set(read) <= set(LETTERS)
