"""Whether the course covers a question: what speaks for it, number by number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.coverage import EVIDENCE_NAMES, Boundary, Evidence, Scales
from knowledge.retrieval import IndexedPassage, Ranked

NORTH, EAST = np.array([0.0, 1.0]), np.array([1.0, 0.0])
PASSAGES = [
    IndexedPassage("garden", "question", "who waters the plants"),
    IndexedPassage("garden", "question", "plants and neighbours"),
    IndexedPassage("garden", "text", "Neighbours share a spade."),
    IndexedPassage("kitchen", "question", "who cooks the soup"),
    IndexedPassage("kitchen", "title", "Soup for neighbours"),
]
VECTORS = np.array([NORTH, NORTH, EAST, EAST, NORTH])
OUTSIDE = np.array([NORTH, EAST, EAST, EAST])
SCALES = Scales(PASSAGES, VECTORS, OUTSIDE, Boundary(np.array([0.0, 3.0]), -1.0))
BEST = Ranked("garden", 0.9, 0.7, "because", model=-0.25)


def test_evidence_names_its_numbers() -> None:
    """The row of numbers stands in the order of the names, so that an explanation can name each."""
    evidence = Evidence(likeness=0.1, questions=0.2, outside=0.3, model=0.4, unknown_words=0.5, boundary=0.6)

    assert EVIDENCE_NAMES == ("likeness", "questions", "outside", "model", "unknown_words", "boundary")
    assert evidence.as_row().tolist() == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]


def test_question_weighed_counts_nearest_of_each_kind() -> None:
    """Questions of topics count, their texts and titles do not; of examples outside the nearest three count."""
    evidence = SCALES.weigh("who waters the plants", NORTH, BEST)

    assert (evidence.likeness, evidence.model) == (0.7, -0.25)
    assert evidence.questions == pytest.approx((1.0 + 1.0 + 0.0) / 3)
    assert evidence.outside == pytest.approx((1.0 + 0.0 + 0.0) / 3)
    assert evidence.boundary == pytest.approx(2.0)


def test_example_judged_by_itself_is_left_out() -> None:
    """To judge the examples by each other, one can be left out and its score given."""
    evidence = SCALES.weigh("plants", NORTH, BEST, without=0, boundary=-0.5)

    assert (evidence.outside, evidence.boundary) == (0.0, -0.5)


@pytest.mark.parametrize(
    ("text", "topic", "share"),
    [
        pytest.param("the neighbours water plants", "garden", 0.0, id="all known"),
        pytest.param("a dragon", "garden", 1.0, id="none known"),
        pytest.param("soup", "garden", 1.0, id="known of another topic"),
        pytest.param("soup", "kitchen", 0.0, id="known of this one"),
        pytest.param("", "garden", 1.0, id="no words"),
        pytest.param("who is the", "garden", 1.0, id="empty words only"),
        pytest.param("plants", "unknown", 1.0, id="unknown topic"),
    ],
)
def test_unknown_words_are_those_that_topic_never_uses(text: str, topic: str, share: float) -> None:
    """A word counts as known when the best topic uses it, in whatever form."""
    assert SCALES.weigh(text, NORTH, Ranked(topic, 0.9, 0.9, "")).unknown_words == pytest.approx(share)


def test_rare_word_weighs_more_than_a_common_one() -> None:
    """That a dragon is unknown says more than that soup, which the course knows, is not of this topic."""
    common = SCALES.weigh("neighbours soup", NORTH, BEST).unknown_words
    rare = SCALES.weigh("neighbours dragon", NORTH, BEST).unknown_words

    assert 0.0 < common < rare < 1.0


def test_scales_without_examples_weigh_nought() -> None:
    """Without examples outside, nothing speaks for being outside."""
    scales = Scales(PASSAGES, VECTORS, np.zeros((0, 2)), Boundary(np.zeros(2), 0.0))

    assert scales.weigh("plants", NORTH, BEST).outside == 0.0


@pytest.mark.parametrize(("vector", "score"), [(NORTH, 2.0), (EAST, -1.0), (-NORTH, -4.0)])
def test_boundary_scores_by_its_side(vector: np.ndarray, score: float) -> None:
    """What lies on the side of what is covered has a score above nought."""
    assert Boundary(np.array([0.0, 3.0]), -1.0).score(vector) == score


@given(
    words=st.lists(
        st.sampled_from("plants soup dragon neighbours the ? 12".split()) | st.text(max_size=10), max_size=9
    ),
    degrees=st.floats(-180, 180),
)
def test_any_question_is_weighed_within_bounds(words: list[str], degrees: float) -> None:
    """Whatever is asked, cosines are cosines, and the share of unknown words is a share."""
    vector = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])

    evidence = SCALES.weigh(" ".join(words), vector, BEST)

    assert 0.0 <= evidence.unknown_words <= 1.0 + 1e-9
    assert all(-1.0 - 1e-9 <= cosine <= 1.0 + 1e-9 for cosine in (evidence.questions, evidence.outside))
    assert np.isfinite(evidence.as_row()).all()
