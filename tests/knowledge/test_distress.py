"""Distress is told from what only sounds like it, in any sentence of a text, with thresholds that are derived."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.distress import PARTS_AT_MOST, DistressModel, Judges, fit_distress, parts_of
from knowledge.distress_file import read_distress
from knowledge.encoder import SentenceEncoder

OTHER = ["what is a living lab", "next", "test me", "who paid for the pilot", "thanks", "my notes please"] * 4


class LetterJudge:
    """Scores a text by how many of its letters are x, and a vector by its first number."""

    def score(self, given: list[str] | np.ndarray) -> np.ndarray:
        """Score each."""
        return np.array([one.count("x") if isinstance(one, str) else one[0] for one in given], dtype=float)


@pytest.fixture(scope="module")
def small(encoder: SentenceEncoder) -> DistressModel:
    """Fit a model to a tenth of the examples."""
    examples = read_distress()
    return fit_distress(examples.told[::8], examples.calm[::8], OTHER, encoder.encode(OTHER), encoder.encode)


def test_distress_is_told_from_what_is_calm(small: DistressModel, encoder: SentenceEncoder) -> None:
    """Plain cases are heard by a model of few examples: danger is, an ordinary wish is not."""
    grave, plain = "i want to kill myself tonight", "show me the next lesson"

    assert small.level([grave], encoder.encode([grave])) != "none"
    assert small.level([plain], encoder.encode([plain])) == "none"
    assert small.likely <= small.sure


def test_gravest_sentence_counts() -> None:
    """One grave sentence among calm ones decides."""
    model = DistressModel(Judges(LetterJudge(), LetterJudge()), likely=1.0, sure=2.0)

    levels = [model.level(["a", "b"], np.array([[0.0], [score]])) for score in (0.5, 1.5, 2.5)]

    assert levels == ["none", "likely", "sure"]


def test_words_count_beside_the_meaning() -> None:
    """Both judges are heard: the words alone can make a text likely."""
    model = DistressModel(Judges(LetterJudge(), LetterJudge()), likely=1.0, sure=9.0)

    assert model.level(["x" * 10], np.zeros((1, 1))) == "likely"


@given(sentences=st.lists(st.sampled_from(["The day was long.", "We had tea!", "Who knows?", "No."]), max_size=60))
def test_parts_begin_with_the_whole_and_are_bounded(sentences: list[str]) -> None:
    """The whole text comes first; of very many sentences not all are read; a single one is read once."""
    text = " ".join(sentences)

    parts = parts_of(text)

    assert parts[0] == text and len(parts) <= PARTS_AT_MOST + 1
    assert len(parts) != 2
