"""The development questions measure something only while nothing of them is learnt from."""

from __future__ import annotations

import pytest

from knowledge.loader import load_knowledge
from tests.eval.sets import SETS, find_copies, plain, practice_rows, read_set, text_of, training_texts

EVERYDAY_WORDS = 3  # "yes", "tell me more": so short that people who never met write the same


@pytest.mark.parametrize("name", SETS)
def test_set_is_not_trained_on(name: str) -> None:
    """No text of a set stands in the content or in the training data, nor the same words in another order."""
    texts = [text_of(row) for row in read_set(name)]
    long_enough = [text for text in texts if len(plain(text).split()) > EVERYDAY_WORDS]

    assert find_copies(long_enough, training_texts()) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "is_copy"),
    [
        ("What is a living lab?", "what is a living lab", True),
        ("a living lab is what", "What is a living lab?", True),
        ("So what would the living lab in Houten cost?", "what does a living lab in Houten cost", True),
        ("What is a living lab?", "What is a living lab for?", False),
        ("What is co-design?", "What is co-creation?", False),
        ("who pays for a living lab in Houten", "who runs a living lab in Houten", False),
    ],
)
def test_copy_has_same_words(ours: str, theirs: str, is_copy: bool) -> None:
    """A copy has the same words in any order; a longer one may differ in empty words."""
    assert bool(find_copies([ours], [theirs])) == is_copy


def test_training_texts_hold_all_that_is_learnt_from() -> None:
    """Questions of entries, questions that calibrate, refusals, corrections, facets and examples are looked at."""
    knowledge, texts = load_knowledge(), set(training_texts())

    assert {question for entry in knowledge.entries.values() for question in entry.questions} <= texts
    assert {question for question, _ in knowledge.practice} <= texts
    assert {text for kind in knowledge.refusals.values() for text in kind} <= texts
    assert {text for one in knowledge.corrections for text in one.questions} <= texts
    assert {text for facet in knowledge.facets for text in facet.questions} <= texts
    assert "hello" in texts


def test_ids_are_unique() -> None:
    """An id names one row of its set; an id of a question that calibrates goes with its text."""
    sets = [*map(read_set, SETS), practice_rows(load_knowledge())]

    assert all(len({row["id"] for row in rows}) == len(rows) for rows in sets)
    assert text_of({"turns": ["a", "b"]}) == "b"
