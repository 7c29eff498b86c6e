"""The lists that masking looks names up in are those that their sources give."""

from __future__ import annotations

from review.name_words import ENGLISH, FIRST_NAMES, LAST_NAMES, ORDINARY, words_of
from tests.review.masking.name_lists import make


def test_lists_are_made_from_their_sources() -> None:
    """Nothing was added or taken by hand."""
    assert {path: list(words) for path, words in make().items()} == {
        path: path.read_text(encoding="utf-8").split() for path in (FIRST_NAMES, LAST_NAMES, ORDINARY, ENGLISH)
    }


def test_ordinary_words_that_are_names_are_known_as_such() -> None:
    """What is a word and a name is told apart from what is a name only."""
    assert {"will", "mark", "hope", "may", "grace", "joy"} <= words_of(ORDINARY)
    assert words_of(ORDINARY).isdisjoint({"darren", "gemma", "matteo", "agnieszka"})
