"""Fitting the models that decide: thresholds keep what is promised, and too little data is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from knowledge.calibration import (
    ABSTAINED_AT_MOST,
    CORRECTED_AT_MOST,
    FOLDS,
    RIGHT_AT_LEAST,
    CalibrationError,
    Judges,
    calibrate,
    fit_boundary,
)
from knowledge.coverage import Evidence
from knowledge.decision import Calibration, ranking_row
from knowledge.retrieval import Ranked

SLACK = 0.04  # thresholds are derived from scores of models that never saw a row; the model kept saw all
MANY = 150


@dataclass(frozen=True)
class Made:
    """A made question: what the judges below say of it is written in its vector."""

    likeness: float
    lead: float
    is_right: bool
    falseness: float

    @property
    def row(self) -> tuple[str, np.ndarray, tuple[str, ...]]:
        """The question as practice holds it."""
        topics = ("first",) if self.is_right else ("second",)
        return "text", np.array([self.likeness, self.lead, self.falseness]), topics


class MadeIndex:
    """Ranks two topics, as far apart as the vector says."""

    def rank(self, text: str, vector: np.ndarray, *, limit: int, named: Any) -> list[Ranked]:
        """Rank them."""
        likeness, lead = float(vector[0]), float(vector[1])
        return [Ranked("first", likeness, likeness, ""), Ranked("second", likeness - lead, 0.0, "")][:limit]


class MadeScales:
    """Weighs by the likeness alone."""

    def weigh(self, text: str, vector: np.ndarray, best: Ranked, **_: Any) -> Evidence:
        """Weigh a question."""
        return Evidence(best.likeness, best.likeness, 0.0, 0.0, 0.0, 0.0)


class MadePremises:
    """Weighs by the falseness that the vector holds."""

    def weigh(self, vector: np.ndarray, **_: Any) -> tuple[str, np.ndarray]:
        """Weigh a question."""
        return "one", np.array([float(vector[2]), 0.0, 0.0])


JUDGES: Any = Judges(MadeIndex(), MadeScales(), MadePremises(), lambda text: ())


def make(seed: int, n_practice: int, n_outside: int, n_held: int, spread: float) -> dict[str, list[Any]]:
    """Make questions of each kind: the better the lead, the likelier the first topic is right."""
    chance = np.random.default_rng(seed)
    leads = chance.uniform(0.0, 0.4, n_practice)
    practice = [
        Made(
            float(chance.normal(0.7, spread)),
            lead,
            bool(chance.random() < 0.5 + 1.6 * lead),
            chance.normal(0.2, spread),
        )
        for lead in leads
    ]
    outside = [("text", np.array([chance.normal(0.3, spread), 0.1, 0.2]), 0.0) for _ in range(n_outside)]
    held = [(np.array([0.7, 0.2, chance.normal(0.8, spread)]), 0.0) for _ in range(n_held)]
    return {"practice": [one.row for one in practice], "outside": outside, "held": held}


def refused_share(calibration: Calibration, practice: list[Any]) -> float:
    """Return which share of the practice questions would be refused."""
    rows = [np.array([vector[0], vector[0], 0.0, 0.0, 0.0, 0.0]) for _, vector, _ in practice]
    return float(np.mean([calibration.covers.probability(row) < calibration.covers.threshold for row in rows]))


def answered_right(calibration: Calibration, practice: list[Any]) -> list[bool]:
    """Return, of the questions that would be answered without asking back, whether each is right."""
    model = calibration.is_first
    ranked = [(MadeIndex().rank(text, vector, limit=2, named=()), topics) for text, vector, topics in practice]
    sure = [(best, topics) for best, topics in ranked if model.probability(ranking_row(best)) >= model.threshold]
    return [best[0].topic in topics for best, topics in sure]


def corrected_share(calibration: Calibration, vectors: list[np.ndarray]) -> float:
    """Return which share of questions would be taken for false premises."""
    model = calibration.is_premise
    return float(np.mean([model.probability(np.array([one[2], 0.0, 0.0])) >= model.threshold for one in vectors]))


@given(seed=st.integers(0, 10_000), spread=st.sampled_from([0.03, 0.1, 0.25]))
@examples(max_examples=12)
def test_any_calibration_keeps_its_promises(seed: int, spread: float) -> None:
    """However far apart the kinds lie, no more is refused, answered wrong or corrected than is promised."""
    made = make(seed, MANY, MANY, MANY, spread)

    calibration = calibrate(JUDGES, **made)

    assert refused_share(calibration, made["practice"]) <= ABSTAINED_AT_MOST + SLACK
    right = answered_right(calibration, made["practice"])
    assert not right or np.mean(right) >= RIGHT_AT_LEAST - SLACK
    assert corrected_share(calibration, [vector for _, vector, _ in made["practice"]]) <= CORRECTED_AT_MOST + SLACK


def test_calibration_parts_what_is_apart() -> None:
    """Where the kinds lie apart, all that is outside is refused and all that is false is corrected."""
    made = make(7, MANY, MANY, MANY, 0.03)

    calibration = calibrate(JUDGES, **made)

    covers = calibration.covers
    outside = [covers.probability(np.array([one[0], one[0], 0.0, 0.0, 0.0, 0.0])) for _, one, _ in made["outside"]]
    assert max(outside) < covers.threshold
    assert corrected_share(calibration, [vector for vector, _ in made["held"]]) == 1.0
    assert len(answered_right(calibration, made["practice"])) > MANY / 10


def test_calibration_never_sure_answers_nothing_unasked() -> None:
    """Where nothing tells right from wrong, the tutor asks back rather than be wrong too often."""
    made = make(7, MANY, MANY, MANY, 0.03)
    made["practice"] = [
        (text, vector, ("second",) if n % 4 else ("first",)) for n, (text, vector, _) in enumerate(made["practice"])
    ]

    calibration = calibrate(JUDGES, **made)

    assert calibration.is_first.threshold == 1.0


def test_number_that_never_differs_carries_nothing() -> None:
    """A number that is the same for all is no evidence, and breaks nothing."""
    made = make(3, MANY, MANY, MANY, 0.1)

    weights = calibrate(JUDGES, **made).covers.weights

    assert weights[0] > 0.0 and weights[2:] == (0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("n_practice", "n_outside", "n_held"),
    [
        pytest.param(4, MANY, MANY, id="little practice"),
        pytest.param(MANY, 4, MANY, id="little outside"),
        pytest.param(MANY, MANY, 4, id="few premises"),
    ],
)
def test_calibration_from_too_little_is_refused(n_practice: int, n_outside: int, n_held: int) -> None:
    """With fewer than a handful of each outcome nothing is fitted, and the text says what is wanted."""
    with pytest.raises(CalibrationError, match=f"at least {FOLDS} practice questions of each outcome"):
        calibrate(JUDGES, **make(1, n_practice, n_outside, n_held, 0.1))


def test_calibration_without_a_miss_is_refused() -> None:
    """Practice that is always right says nothing about when to ask back."""
    made = make(1, MANY, MANY, MANY, 0.1)
    made["practice"] = [(text, vector, ("first",)) for text, vector, _ in made["practice"]]

    with pytest.raises(CalibrationError, match="practice questions of each outcome"):
        calibrate(JUDGES, **made)


def test_boundary_parts_two_kinds_of_texts() -> None:
    """What is covered scores above nought, what is not below, also by models that never saw it."""
    chance = np.random.default_rng(2)
    inside = chance.normal((0.8, 0.2), 0.05, (40, 2)).astype(np.float32)
    outside = chance.normal((0.2, 0.8), 0.05, (20, 2)).astype(np.float32)

    boundary, unseen = fit_boundary(inside, outside)

    assert all(boundary.score(vector) > 0 for vector in inside) and all(boundary.score(one) < 0 for one in outside)
    assert unseen.shape == (60,) and (unseen[:40] > 0).all() and (unseen[40:] < 0).all()


@pytest.mark.parametrize(("n_inside", "n_outside"), [(0, 9), (4, 9), (9, 4), (9, 0)])
def test_boundary_of_too_few_is_refused(n_inside: int, n_outside: int) -> None:
    """With too few texts of either kind there is no boundary, and the text says so."""
    with pytest.raises(CalibrationError, match="at least 5 questions that are covered and 5 that are not"):
        fit_boundary(np.ones((n_inside, 2)), np.ones((n_outside, 2)))
