"""The name for a certificate is read kindly and made harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.certificate.name import NAME_LIMIT_CHARS, NameUnusable, read_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Łucja \n Żółć ", "Łucja Żółć"),
        ("Zoe\u0308", "Zoë"),
        ("Ann\u202eBob", "AnnBob"),
        ("ليلى عبد الرحمن", "ليلى عبد الرحمن"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    ],
)
def test_name_is_read_on_one_line(typed: str, name: str) -> None:
    """Blanks are tidied, accents joined, and characters that turn the direction taken out."""
    assert read_name(typed) == name


@given(st.text(max_size=200))
def test_any_text_is_a_name_or_a_kind_sentence(text: str) -> None:
    """Nothing that is typed is a fault; what is taken is short, visible and read again the same."""
    try:
        name = read_name(text)
    except NameUnusable as error:
        assert str(error).endswith(".")
        return
    assert 0 < len(name) <= NAME_LIMIT_CHARS
    assert read_name(name) == name
