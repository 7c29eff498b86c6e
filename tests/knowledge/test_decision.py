"""Whether to answer, to offer a choice, or to say no; and how sure to be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.decision import CHOICE_GAP, REFUSED_AT_LEAST, TOPICS_AT_MOST, Calibration, decide, fit_calibration
from knowledge.retrieval import Ranked

WRITTEN = {"a", "b", "c", "d"}
NEAR, FAR = CHOICE_GAP / 4, CHOICE_GAP * 2


def ranking(*topics: tuple[str, float]) -> list[Ranked]:
    """Make a ranking from topics and how far each lies behind the best."""
    return [Ranked(topic, 0.8 - behind, 0.8 - behind, "because") for topic, behind in topics]


@pytest.mark.parametrize(
    ("ranked", "score", "kind", "choices", "planned"),
    [
        pytest.param([], 0.9, "abstain", (), None, id="nothing ranked"),
        pytest.param([("a", 0), ("b", FAR)], 0.49, "abstain", (), None, id="not sure"),
        pytest.param([("a", 0), ("b", FAR)], 0.5, "answer", (), None, id="just sure"),
        pytest.param([("a", 0)], 0.9, "answer", (), None, id="one topic"),
        pytest.param([("a", 0), ("b", NEAR), ("c", FAR)], 0.9, "choose", ("a", "b"), None, id="two close"),
        pytest.param(
            [("a", 0), ("b", NEAR), ("c", NEAR), ("d", NEAR)], 0.9, "choose", ("a", "b", "c"), None, id="four"
        ),
        pytest.param([("a", 0), ("x", NEAR), ("b", FAR)], 0.9, "answer", (), None, id="planned second"),
        pytest.param([("a", 0), ("x", NEAR), ("b", NEAR)], 0.9, "choose", ("a", "b"), None, id="planned between"),
        pytest.param([("x", 0), ("a", FAR)], 0.9, "abstain", (), "x", id="planned first"),
        pytest.param([("x", 0), ("a", NEAR)], 0.9, "choose", ("a",), "x", id="planned first, one close"),
        pytest.param([("x", 0), ("y", NEAR), ("a", FAR)], 0.9, "abstain", (), "x", id="two planned"),
        pytest.param([("x", 0), ("a", NEAR)], 0.1, "abstain", (), None, id="planned and not sure"),
    ],
)
def test_decision_follows_ranking_and_score(
    ranked: list[tuple[str, float]], score: float, kind: str, choices: tuple[str, ...], planned: str | None
) -> None:
    """Sure and clear is answered, sure and unclear is a choice of what is written, all else is refused."""
    decision = decide(ranking(*ranked), score, 0.5, WRITTEN)

    assert (decision.kind, decision.choices, decision.planned) == (kind, choices, planned)
    assert decision.topics == tuple(topic for topic, _ in ranked)[:TOPICS_AT_MOST]
    assert decision.score == score


@given(
    behind=st.lists(st.floats(0, 0.2), max_size=6, unique=True).map(sorted),
    topics=st.permutations("abcdxy"),
    score=st.floats(0, 1),
    threshold=st.floats(0, 1),
)
def test_any_decision_offers_only_what_is_written(
    behind: list[float], topics: list[str], score: float, threshold: float
) -> None:
    """No decision tells or offers an answer that is not written, and none is sure below the threshold."""
    decision = decide(ranking(*zip(topics, behind, strict=False)), score, threshold, WRITTEN)

    assert set(decision.choices) <= WRITTEN
    assert decision.kind != "answer" or decision.topics[0] in WRITTEN
    assert (decision.kind == "choose") == bool(decision.choices)
    assert decision.kind == "abstain" or score >= threshold


@pytest.mark.parametrize(("topic", "outside"), [(1e9, 0.0), (-1e9, 0.0), (0.0, 1e9), (0.5, 0.5), (0.0, 0.0)])
def test_score_is_always_a_probability(topic: float, outside: float) -> None:
    """However large the numbers, the score is between nought and one."""
    calibration = Calibration(-1.0, 10.0, -5.0, 0.5)

    assert 0.0 <= calibration.score(topic, outside) <= 1.0


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_score_rises_with_topic_and_falls_with_outside(low: float, high: float, other: float) -> None:
    """The more like a topic the surer, the more like what lies outside the less sure."""
    calibration = Calibration(-1.0, 10.0, -5.0, 0.5)
    low, high = sorted((low, high))

    assert calibration.score(low, other) <= calibration.score(high, other)
    assert calibration.score(other, low) >= calibration.score(other, high)


def clouds(seed: int, n_inside: int, n_outside: int, spread: float) -> tuple[np.ndarray, np.ndarray]:
    """Make questions that are covered, and examples that are not, around two middles."""
    random = np.random.default_rng(seed)
    return random.normal((0.8, 0.3), spread, (n_inside, 2)), random.normal((0.4, 0.6), spread, (n_outside, 2))


@given(
    seed=st.integers(0, 1000),
    n_inside=st.integers(5, 60),
    n_outside=st.integers(1, 60),
    spread=st.sampled_from([0.02, 0.1, 0.4]),
)
def test_calibration_refuses_the_wanted_share(seed: int, n_inside: int, n_outside: int, spread: float) -> None:
    """The threshold refuses as many outside examples as it should, and not one more than it must."""
    inside, outside = clouds(seed, n_inside, n_outside, spread)

    calibration = fit_calibration(inside, outside)

    refused = sum(calibration.score(*row) < calibration.threshold for row in outside)
    assert refused == math.ceil(REFUSED_AT_LEAST * n_outside)


def test_calibration_accepts_what_is_clearly_inside() -> None:
    """Where the two kinds lie apart, all questions that are covered are accepted."""
    inside, outside = clouds(7, 50, 50, 0.03)

    calibration = fit_calibration(inside, outside)

    assert all(calibration.score(*row) >= calibration.threshold for row in inside)
    assert calibration.weight_topic > 0 > calibration.weight_outside


def test_calibration_with_a_constant_number_is_fitted() -> None:
    """A number that never differs carries no weight and breaks nothing."""
    inside, outside = np.array([[0.8, 0.0], [0.9, 0.0]]), np.array([[0.1, 0.0], [0.2, 0.0]])

    calibration = fit_calibration(inside, outside)

    assert calibration.score(0.9, 0.0) >= calibration.threshold > calibration.score(0.1, 0.0)


@pytest.mark.parametrize(("n_inside", "n_outside"), [(0, 3), (3, 0)])
def test_calibration_without_one_kind_is_refused(n_inside: int, n_outside: int) -> None:
    """Without questions, or without outside examples, there is nothing to fit."""
    with pytest.raises(ValueError, match="calibration needs questions"):
        fit_calibration(np.ones((n_inside, 2)), np.ones((n_outside, 2)))
