"""Fitting the models that decide, and deriving their thresholds from questions that no answer lists as its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from knowledge.coverage import Boundary, Evidence, Scales
from knowledge.decision import Calibration, Logistic, ranking_row
from knowledge.errors import KnowledgeError
from knowledge.premises import Premises
from knowledge.retrieval import Index

ABSTAINED_AT_MOST = 0.05  # of the practice questions, so many may be refused although they are covered
DOUBTED_AT_MOST = 0.15  # of them, so many may be refused, or answered with the remark that it may not be what was asked
RIGHT_AT_LEAST = 0.97  # of the answers given without asking back, so many must be right
CORRECTED_AT_MOST = 0.006  # of the practice questions, so many may be taken for false premises
FOLDS = 5
BOUNDARY_C = 10.0


class CalibrationError(KnowledgeError):
    """There is too little to fit the models to; the text says what is missing."""


@dataclass(frozen=True)
class Judges:
    """What judges a question once it is calibrated; ``named`` gives the topics that a text names."""

    index: Index
    scales: Scales
    premises: Premises
    named: Callable[[str], tuple[str, ...]]


def fit_boundary(inside: np.ndarray, outside: np.ndarray) -> tuple[Boundary, np.ndarray]:
    """Fit a linear model between two sets of texts.

    Args:
        inside: Unit vectors of the texts that get scores above 0, shape (n, 384).
        outside: Unit vectors of the others, shape (m, 384).

    Returns:
        The model, and a score of every text by models that never saw it, shape (n + m,).

    Raises:
        CalibrationError: There are too few of either.
    """
    from sklearn.linear_model import LogisticRegression  # needed when training only; slow to import
    from sklearn.model_selection import cross_val_predict

    if min(len(inside), len(outside)) < FOLDS:
        raise CalibrationError(
            f"calibration needs at least {FOLDS} questions that are covered and {FOLDS} that are not"
        )
    model = LogisticRegression(C=BOUNDARY_C, class_weight="balanced", max_iter=500)
    rows, labels = np.vstack([inside, outside]), np.array([1] * len(inside) + [0] * len(outside))
    unseen = cross_val_predict(model, rows, labels, cv=FOLDS, method="decision_function")
    model.fit(rows, labels)
    return Boundary(model.coef_[0].astype(np.float32), float(model.intercept_[0])), unseen


def calibrate(
    judges: Judges,
    *,
    practice: list[tuple[str, np.ndarray, tuple[str, ...]]],
    outside: list[tuple[str, np.ndarray, float]],
    held: list[tuple[np.ndarray, float]],
) -> Calibration:
    """Fit the models that decide and derive their thresholds.

    Args:
        judges: What weighs.
        practice: Questions that are covered: mended text, unit vector, accepted topics.
        outside: Examples that are not: mended text, unit vector, score of the boundary that never saw it.
        held: Questions that hold a false premise, in the order of the premises: unit vector, score as above.
    """
    ranked = [judges.index.rank(text, vector, limit=2, named=judges.named(text)) for text, vector, _ in practice]
    is_right = np.array([best[0].topic in topics for (_, _, topics), best in zip(practice, ranked, strict=True)])
    inside = [
        judges.scales.weigh(text, vector, best[0]) for (text, vector, _), best in zip(practice, ranked, strict=True)
    ]
    beyond = [_weigh_outside(judges, n, *one) for n, one in enumerate(outside)]
    true = [judges.premises.weigh(vector)[1] for _, vector, _ in practice]
    false = [judges.premises.weigh(vector, without=n, boundary=score)[1] for n, (vector, score) in enumerate(held)]
    covers, doubted_below = _fit_covers(inside, beyond)
    return Calibration(
        covers=covers,
        is_first=_fit_first(np.array([ranking_row(best) for best in ranked]), is_right),
        is_premise=_fit_premise(np.array(true), np.array(false)),
        doubted_below=doubted_below,
    )


def _weigh_outside(judges: Judges, row: int, text: str, vector: np.ndarray, score: float) -> Evidence:
    best = judges.index.rank(text, vector, limit=1, named=judges.named(text))[0]
    return judges.scales.weigh(text, vector, best, without=row, boundary=float(score))


def _fit_premise(true: np.ndarray, false: np.ndarray) -> Logistic:
    rows, labels = np.vstack([true, false]), np.array([0] * len(true) + [1] * len(false))
    fitted, unseen = _fit(rows, labels)
    return Logistic(*fitted, threshold=float(np.quantile(unseen[: len(true)], 1.0 - CORRECTED_AT_MOST)))


def _fit_covers(inside: list[Evidence], beyond: list[Evidence]) -> tuple[Logistic, float]:
    """Fit, and give the probability below which an answer is doubtful as well."""
    rows = np.array([one.as_row() for one in (*inside, *beyond)])
    labels = np.array([1] * len(inside) + [0] * len(beyond))
    fitted, unseen = _fit(rows, labels)
    refused, doubted = np.quantile(unseen[: len(inside)], [ABSTAINED_AT_MOST, DOUBTED_AT_MOST])
    return Logistic(*fitted, threshold=float(refused)), float(doubted)


def _fit_first(rows: np.ndarray, is_right: np.ndarray) -> Logistic:
    fitted, unseen = _fit(rows, is_right.astype(int))
    order = np.argsort(-unseen)
    share = np.cumsum(is_right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= RIGHT_AT_LEAST)
    return Logistic(*fitted, threshold=float(unseen[order[enough[-1]]]) if len(enough) else 1.0)


def _fit(rows: np.ndarray, labels: np.ndarray) -> tuple[tuple[tuple[float, ...], float], np.ndarray]:
    """Fit a logistic model; also give each row's probability by models that never saw it."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict

    if min(np.bincount(labels, minlength=2)) < FOLDS:
        raise CalibrationError(f"calibration needs at least {FOLDS} practice questions of each outcome")
    spread = np.maximum(rows.std(axis=0), 1e-9)
    model = LogisticRegression(C=1.0, max_iter=500)
    unseen = cross_val_predict(model, rows / spread, labels, cv=FOLDS, method="predict_proba")[:, 1]
    model.fit(rows / spread, labels)
    weights = tuple(float(weight) for weight in model.coef_[0] / spread)
    return (weights, float(model.intercept_[0])), unseen
