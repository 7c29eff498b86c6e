"""Whether to answer, to offer a choice, or to say honestly that the course does not cover it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import exp
from typing import Literal

import numpy as np

from knowledge.coverage import Evidence
from knowledge.retrieval import Ranked

DecisionKind = Literal["answer", "choose", "abstain"]
TOPICS_AT_MOST = 3


@dataclass(frozen=True)
class Logistic:
    """A logistic model of a few numbers, with the threshold that was derived for it."""

    weights: tuple[float, ...]
    offset: float
    threshold: float

    def probability(self, row: np.ndarray) -> float:
        """Return the probability, 0 to 1, for a row of as many numbers as there are weights."""
        z = float(np.dot(self.weights, row)) + self.offset
        return 1.0 / (1.0 + exp(-max(-60.0, min(60.0, z))))


@dataclass(frozen=True)
class Calibration:
    """How sure to be. Fitted, with its thresholds, by ``knowledge.calibration``, never by hand.

    ``covers`` judges from the evidence whether the course covers a question; ``is_first`` judges from the ranking
    whether the topic that ranks first is the right one; ``is_premise`` judges whether a question takes something false
    for granted. An answer to what is covered with a probability below ``doubted_below`` says that it may be none.
    """

    covers: Logistic
    is_first: Logistic
    is_premise: Logistic
    doubted_below: float


@dataclass(frozen=True)
class Decision:
    """What to do with a question.

    ``topics`` are the best at most three, best first. ``choices`` are the written topics to offer with ``choose``.
    ``planned`` is the topic that the question seems to belong to when the course will cover it and does not yet.
    ``score`` is the probability that the course covers the question; ``is_doubtful`` says that it is low for an answer.
    """

    kind: DecisionKind
    topics: tuple[str, ...]
    score: float
    choices: tuple[str, ...] = ()
    planned: str | None = None
    is_doubtful: bool = False


def decide(ranked: list[Ranked], evidence: Evidence, calibration: Calibration, written: Collection[str]) -> Decision:
    """Decide from the ranking and the evidence."""
    topics = tuple(one.topic for one in ranked[:TOPICS_AT_MOST])
    score = calibration.covers.probability(evidence.as_row())
    if score < calibration.covers.threshold:
        return Decision("abstain", topics, score)
    return decide_between(ranked, score, calibration, written)


def decide_between(ranked: list[Ranked], score: float, calibration: Calibration, written: Collection[str]) -> Decision:
    """Decide between an answer and a choice for a question that is covered with the probability ``score``."""
    topics = tuple(one.topic for one in ranked[:TOPICS_AT_MOST])
    choices = tuple(topic for topic in topics if topic in written)
    is_doubtful = score < calibration.doubted_below
    if topics[0] not in written:
        return Decision("choose" if choices else "abstain", topics, score, choices=choices, planned=topics[0])
    is_sure = calibration.is_first.probability(ranking_row(ranked)) >= calibration.is_first.threshold
    if is_sure or len(choices) < 2:
        return Decision("answer", topics, score, is_doubtful=is_doubtful)
    return Decision("choose", topics, score, choices=choices, is_doubtful=is_doubtful)


def ranking_row(ranked: list[Ranked]) -> np.ndarray:
    """Describe a ranking by its lead, the model's opinion and the likeness of the first, shape (3,)."""
    lead = ranked[0].score - ranked[1].score if len(ranked) > 1 else 1.0
    return np.array([lead, ranked[0].model, ranked[0].likeness])
