"""Whether to answer, to offer a choice, or to say honestly that the course does not cover it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from math import ceil, exp, inf, nextafter
from typing import Literal

import numpy as np

from knowledge.retrieval import Ranked

DecisionKind = Literal["answer", "choose", "abstain"]
CHOICE_GAP = 0.03
TOPICS_AT_MOST = 3
REFUSED_AT_LEAST = 0.85


@dataclass(frozen=True)
class Calibration:
    """How sure to be that the course covers a question.

    A logistic model of two numbers: the best topic's score, and the likeness to the nearest example of what the
    course does not cover. Fitted and given its threshold by ``fit_calibration``, never by hand.
    """

    intercept: float
    weight_topic: float
    weight_outside: float
    threshold: float

    def score(self, topic_score: float, outside_likeness: float) -> float:
        """Return the probability, 0 to 1, that the question is covered."""
        z = self.intercept + self.weight_topic * topic_score + self.weight_outside * outside_likeness
        return 1.0 / (1.0 + exp(-max(-60.0, min(60.0, z))))


@dataclass(frozen=True)
class Decision:
    """What to do with a question.

    ``topics`` are the best at most three, best first. ``choices`` are the written topics to offer with ``choose``.
    ``planned`` is the topic that the question seems to belong to when the course will cover it and does not yet.
    """

    kind: DecisionKind
    topics: tuple[str, ...]
    score: float
    choices: tuple[str, ...] = ()
    planned: str | None = None


def decide(ranked: list[Ranked], score: float, threshold: float, written: Collection[str]) -> Decision:
    """Decide from the ranking and the probability that the question is covered."""
    topics = tuple(one.topic for one in ranked[:TOPICS_AT_MOST])
    if not ranked or score < threshold:
        return Decision("abstain", topics, score)
    best = ranked[0].score
    near = [one.topic for one in ranked if best - one.score < CHOICE_GAP and one.topic in written]
    close = tuple(near[:TOPICS_AT_MOST])
    if topics[0] not in written:
        return Decision("choose" if close else "abstain", topics, score, choices=close, planned=topics[0])
    return Decision("choose", topics, score, choices=close) if len(close) > 1 else Decision("answer", topics, score)


def fit_calibration(inside: np.ndarray, outside: np.ndarray) -> Calibration:
    """Fit the logistic model, and take the threshold that refuses enough of what lies outside.

    Args:
        inside: Topic score and outside likeness of covered questions, shape (n, 2), each judged without itself.
        outside: The same for examples that are not covered, shape (m, 2), each judged without itself.

    Returns:
        The model; its threshold is the lowest that refuses ``REFUSED_AT_LEAST`` of ``outside``.

    Raises:
        ValueError: There are no questions, or no examples of what is not covered.
    """
    from sklearn.linear_model import LogisticRegression  # needed when training only; slow to import

    if not len(inside) or not len(outside):
        raise ValueError("calibration needs questions that are covered and examples that are not")
    features = np.vstack([inside, outside])
    labels = np.array([1] * len(inside) + [0] * len(outside))
    spread = np.maximum(features.std(axis=0), 1e-9)
    model = LogisticRegression(class_weight="balanced", random_state=0).fit(features / spread, labels)
    weights = model.coef_[0] / spread
    fitted = Calibration(float(model.intercept_[0]), float(weights[0]), float(weights[1]), threshold=1.0)
    scores = sorted(fitted.score(float(topic), float(likeness)) for topic, likeness in outside)
    return replace(fitted, threshold=nextafter(scores[ceil(REFUSED_AT_LEAST * len(scores)) - 1], inf))
