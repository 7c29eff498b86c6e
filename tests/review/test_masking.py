"""Personal data is hidden, and what is none stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.masking import MAIL, NAME, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("I am Maria Virtanen and I work here", "I am [name] and I work here"),
        ("my name is Łukasz", "my name is [name]"),
        ("Mrs. O'Brien said no", "Mrs. [name] said no"),
        ("my client Anna is afraid", "my client [name] is afraid"),
        ("write to a.b+c@mail.example.org", "write to [mail]"),
        ("a.b (at) example.org", "[mail]"),
        ("call +358 40 123 4567 now", "call [phone] now"),
        ("call 040 123 4567", "call [phone]"),
        ("her code is 131052-308T", "her code is [number]"),
        ("pesel 44051401359", "pesel [number]"),
        ("see https://example.org/me?x=1", "see [link]"),
    ],
)
def test_personal_data_is_hidden(text: str, masked: str) -> None:
    """Names, mail, telephone and identity numbers make room for a word that says what stood there."""
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "between 2018 and 2021, or 2018-2021",
        "66,000 young adults in Finland",
        "what is the pilot in Estonia called",
        "I am worried about Turku",
        "48 hours, 240 members and lesson 12",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    """Years, counts and places of the course are not hidden."""
    assert mask(text) == text


@given(st.text(max_size=200))
def test_any_text_is_masked_once(text: str) -> None:
    """No text fails, and what is masked leaves no mail address to mask again."""
    once = mask(f"{text} anna@example.org")

    assert "anna@example.org" not in once
    assert MAIL in once or NAME in once
