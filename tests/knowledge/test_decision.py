"""Whether to answer, to offer a choice, or to say no."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.coverage import Evidence
from knowledge.decision import (
    TOPICS_AT_MOST,
    Calibration,
    Logistic,
    decide,
    decide_between,
    ranking_row,
)
from knowledge.retrieval import Ranked

WRITTEN = {"a", "b", "c", "d"}
SURE_LEAD, UNSURE_LEAD = 0.2, 0.02  # of the first topic, on either side of what the calibration below asks for
CALIBRATION = Calibration(
    covers=Logistic((10.0, 0.0, 0.0, 0.0, 0.0, 0.0), -5.0, threshold=0.5),  # from a likeness of 0.5
    is_first=Logistic((100.0, 0.0, 0.0), -10.0, threshold=0.5),  # from a lead of 0.1
    is_premise=Logistic((0.0, 0.0, 0.0), 0.0, threshold=1.0),
    doubted_below=0.7,
)


def ranking(*topics: tuple[str, float]) -> list[Ranked]:
    """Make a ranking from topics and how far each lies behind the best."""
    return [Ranked(topic, 0.8 - behind, 0.8 - behind, "because") for topic, behind in topics]


def evidence(likeness: float) -> Evidence:
    """Make evidence of which only the likeness counts."""
    return Evidence(likeness, 0.0, 0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("ranked", "likeness", "kind", "choices", "planned"),
    [
        pytest.param([("a", 0), ("b", SURE_LEAD)], 0.49, "abstain", (), None, id="not covered"),
        pytest.param([("a", 0), ("b", SURE_LEAD)], 0.5, "answer", (), None, id="just covered"),
        pytest.param([("a", 0)], 0.9, "answer", (), None, id="one topic"),
        pytest.param([("a", 0), ("b", UNSURE_LEAD)], 0.9, "choose", ("a", "b"), None, id="two close"),
        pytest.param(
            [("a", 0), ("b", UNSURE_LEAD), ("c", 0.3), ("d", 0.4)], 0.9, "choose", ("a", "b", "c"), None, id="four"
        ),
        pytest.param([("a", 0), ("x", UNSURE_LEAD)], 0.9, "answer", (), None, id="planned second, nothing else"),
        pytest.param([("a", 0), ("x", UNSURE_LEAD), ("b", 0.3)], 0.9, "choose", ("a", "b"), None, id="planned between"),
        pytest.param([("x", 0), ("y", SURE_LEAD)], 0.9, "abstain", (), "x", id="planned first, nothing else"),
        pytest.param([("x", 0), ("a", SURE_LEAD)], 0.9, "choose", ("a",), "x", id="planned first, one written"),
        pytest.param([("x", 0), ("a", SURE_LEAD)], 0.1, "abstain", (), None, id="planned and not covered"),
        pytest.param([("x", 0), ("y", 0.1), ("z", 0.2), ("a", 0.3)], 0.9, "abstain", (), "x", id="written fourth"),
    ],
)
def test_decision_follows_ranking_and_evidence(
    ranked: list[tuple[str, float]], likeness: float, kind: str, choices: tuple[str, ...], planned: str | None
) -> None:
    """Covered and clear is answered, covered and unclear is a choice of what is written, all else is refused."""
    decision = decide(ranking(*ranked), evidence(likeness), CALIBRATION, WRITTEN)

    assert (decision.kind, decision.choices, decision.planned) == (kind, choices, planned)
    assert decision.topics == tuple(topic for topic, _ in ranked)[:TOPICS_AT_MOST]
    assert decision.score == CALIBRATION.covers.probability(evidence(likeness).as_row())


@pytest.mark.parametrize(("lead", "kind"), [(SURE_LEAD, "answer"), (UNSURE_LEAD, "choose")])
def test_decision_between_looks_at_the_lead_alone(lead: float, kind: str) -> None:
    """What is known to be covered is answered or asked about, whatever its score."""
    decision = decide_between(ranking(("a", 0), ("b", lead)), 0.01, CALIBRATION, WRITTEN)

    assert (decision.kind, decision.score) == (kind, 0.01)


@given(
    behind=st.lists(st.floats(0, 0.3), min_size=1, max_size=6, unique=True).map(sorted),
    topics=st.permutations("abcdxy"),
    likeness=st.floats(0, 1),
)
def test_any_decision_offers_only_what_is_written(behind: list[float], topics: list[str], likeness: float) -> None:
    """No decision tells or offers an answer that is not written, and none is sure below the threshold."""
    decision = decide(ranking(*zip(topics, behind, strict=False)), evidence(likeness), CALIBRATION, WRITTEN)

    assert set(decision.choices) <= WRITTEN and set(decision.choices) <= set(decision.topics)
    assert decision.kind != "answer" or decision.topics[0] in WRITTEN
    assert (decision.kind == "choose") == bool(decision.choices)
    assert decision.kind == "abstain" or decision.score >= CALIBRATION.covers.threshold
    assert 1 <= len(decision.topics) <= TOPICS_AT_MOST


@pytest.mark.parametrize(
    ("ranked", "row"),
    [
        pytest.param([Ranked("a", 0.9, 0.7, "", -0.5), Ranked("b", 0.6, 0.6, "", -2.0)], (0.3, -0.5, 0.7), id="two"),
        pytest.param([Ranked("a", 0.9, 0.7, "", -0.5)], (1.0, -0.5, 0.7), id="one leads by all there is"),
    ],
)
def test_ranking_is_described_by_three_numbers(ranked: list[Ranked], row: tuple[float, ...]) -> None:
    """The lead, the model's opinion and the likeness of the first."""
    assert ranking_row(ranked) == pytest.approx(row)


@given(
    weights=st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3),
    row=st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3),
    offset=st.floats(-1e9, 1e9),
)
def test_logistic_always_gives_a_probability(weights: list[float], row: list[float], offset: float) -> None:
    """However large the numbers, the probability is between nought and one."""
    probability = Logistic(tuple(weights), offset, 0.5).probability(np.array(row))

    assert 0.0 <= probability <= 1.0 and math.isfinite(probability)


@given(st.floats(-20, 20), st.floats(-20, 20))
def test_logistic_rises_with_what_speaks_for_it(one: float, other: float) -> None:
    """The more of what has a positive weight, the higher the probability; half where all is in balance."""
    model = Logistic((1.0,), 0.0, 0.5)
    low, high = sorted((one, other))

    assert model.probability(np.array([low])) <= model.probability(np.array([high]))
    assert model.probability(np.array([0.0])) == pytest.approx(0.5)


@pytest.mark.parametrize(("score", "is_doubtful"), [(0.5, True), (0.69, True), (0.7, False), (1.0, False)])
@pytest.mark.parametrize("lead", [SURE_LEAD, UNSURE_LEAD])
def test_what_is_barely_covered_is_doubtful(score: float, is_doubtful: bool, lead: float) -> None:
    """An answer or a choice with a low probability says so; a refusal has no need to."""
    decision = decide_between(ranking(("a", 0), ("b", lead)), score, CALIBRATION, WRITTEN)

    assert decision.is_doubtful == is_doubtful
