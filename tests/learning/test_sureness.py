"""Reading how sure a person says they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.sureness import is_sureness, read_sureness

SAID = {
    "sure": "sure|Sure!|yes|very sure|pretty sure|I'm certain|100%|90 percent|definitely|I am fairly confident",
    "unsure": "not sure|not so sure|no|nope|maybe|I am not 100% sure|50/50|60%|unsure|a bit|sort of|not really",
    "guess": "a guess|just a guess|guessing|no idea|I don't know|idk|no clue at all|10 percent|pure guess, honestly",
}


@pytest.mark.parametrize(("text", "meant"), [(text, meant) for meant, row in SAID.items() for text in row.split("|")])
def test_sureness_said_in_words_is_read(text: str, meant: str) -> None:
    """People say it in many short ways."""
    assert read_sureness(text) == meant


@pytest.mark.parametrize(
    "text",
    ["b", "option b", "2", "the second one", "are you sure?", "the kitchen", "sure about the tables", "", "?", "hm"],
)
def test_text_that_says_something_else_is_not_sureness(text: str) -> None:
    """Another answer, a question or a thought is not taken for it."""
    assert read_sureness(text) is None


@given(st.text(max_size=60))
def test_any_text_gives_one_of_three_or_nothing(text: str) -> None:
    """Whatever is typed, reading ends in one of the three words or in none."""
    read = read_sureness(text)

    assert read is None or is_sureness(read)
