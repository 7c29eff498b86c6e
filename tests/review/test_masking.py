"""Personal data is hidden, and what is none stays."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.masking import CUT, MAIL, NAME, READ_LIMIT_CHARS, find, mask


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
        ("yesterday darren told me no", "yesterday [name] told me no"),
        ("Is Will in your team", "Is Will in your team"),
        ("my colleague Will asked", "my colleague [name] asked"),
        ("i live at 14 Marlborough Terrace, Leeds LS9 7TF", "i live at [address]"),
        ("iban gb29 nwbk 6016 1331 9268 19", "iban [account]"),
        ("my ni number is qq 12 34 56 c", "my ni number is [number]"),
        ("call me: 06 12 34 56 78", "call me: [phone]"),
        ("ask Joost van der Meulen", "ask [name]"),
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
        "i hope it will leave a mark in may",
        "May I ask who decides? Mark my words: hope is a plan",
        "it cost 1 200 000 or 1,200,000 or 1.200.000 euros on 12.05.2019",
        "10 people on the way to a committee of 5",
        "I'm sure we won't, they've said so, I'll see",
        "my cilent said it helps, and my colleague emial",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    """Years, counts and places of the course are not hidden."""
    assert mask(text) == text


def test_text_beyond_the_limit_is_cut() -> None:
    """What is longer than any message may be is not shown unread."""
    assert mask("a " * READ_LIMIT_CHARS).endswith(CUT)


@given(st.text(max_size=200))
def test_pieces_stand_apart_and_inside(text: str) -> None:
    """Whatever is written, pieces do not overlap, are not empty, and stand in the text."""
    spans = find(text)

    assert all(0 <= one.start < one.end <= len(text) for one in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(st.text(max_size=200))
def test_any_text_is_masked_once(text: str) -> None:
    """No text fails, and what is masked leaves no mail address to mask again."""
    once = mask(f"{text} anna@example.org")

    assert "anna@example.org" not in once
    assert MAIL in once or NAME in once


@pytest.mark.parametrize(
    "text", ["Hurst is my boss", "my client godoy refuses to talk", "yesterday pires told me to stop"]
)
def test_last_name_that_looks_like_a_typing_error_is_hidden(text: str) -> None:
    """With two letters changed round it would be an English word, and it is a name all the same."""
    assert mask(text) != text
