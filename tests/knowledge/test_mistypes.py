"""Slips and broken English change a text and leave its words recognisable."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.mistypes import in_broken_english, with_slips

WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=9), min_size=1, max_size=12).map(" ".join)


@given(text=WORDS, seed=st.integers(0, 999))
def test_slips_keep_the_number_of_words(text: str, seed: int) -> None:
    """A slip is inside a word: as many words as before, each with its first letter, and hardly longer or shorter."""
    changed = with_slips(text, random.Random(seed)).split()

    assert [word[0] for word in changed] == [word[0] for word in text.split()]
    assert abs(len("".join(changed)) - len(text.replace(" ", ""))) <= max(1, len(changed) // 4)


def test_slips_are_the_same_for_the_same_chance() -> None:
    """Training twice makes the same slips."""
    made = {with_slips("somebody standing outside", random.Random(3)) for _ in range(3)}

    assert len(made) == 1 and made != {"somebody standing outside"}


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("The man is at the door", "man at door"),
        ("I can't find a doctor", "i no find doctor"),
        ("She does not have the keys", "she no key"),
        ("us", "us"),
    ],
)
def test_broken_english_leaves_small_words_out(text: str, broken: str) -> None:
    """Articles, auxiliaries and endings go; every negation is a plain no."""
    assert in_broken_english(text) == broken
