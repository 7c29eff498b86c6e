"""How far a share can be trusted: intervals by drawing the questions again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2_000
SEED = 20_240_501
TAILS_PERCENT = (2.5, 97.5)


@dataclass(frozen=True)
class Interval:
    """A share, or a difference of two, with the ends of its 95 % interval and the number of rows that it rests on."""

    value: float
    low: float
    high: float
    rows: int


def share(flags: Sequence[bool]) -> Interval:
    """Return which share of the rows something is true of; 0 where there are none.

    Source:
        Efron & Tibshirani 1993, An introduction to the bootstrap (percentile interval).
    """
    return _interval(np.asarray(flags, dtype=float))


def lead(ours: Sequence[bool], theirs: Sequence[bool]) -> Interval:
    """Return by how much our share is greater than theirs on the same rows, each drawn with its pair.

    Raises:
        ValueError: The rows are not the same.
    """
    if len(ours) != len(theirs):
        raise ValueError(f"{len(ours)} rows of ours stand against {len(theirs)} of theirs")
    return _interval(np.asarray(ours, dtype=float) - np.asarray(theirs, dtype=float))


def _interval(values: np.ndarray) -> Interval:
    if not len(values):
        return Interval(0.0, 0.0, 0.0, 0)
    drawn = np.random.default_rng(SEED).integers(0, len(values), size=(RESAMPLES, len(values)))
    low, high = np.percentile(values[drawn].mean(axis=1), TAILS_PERCENT)
    return Interval(float(values.mean()), float(low), float(high), len(values))
