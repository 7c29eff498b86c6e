"""Which past questions a change of content can reach: only these have to be asked again.

A new text reaches a question when it could be among the best texts of its topic and bring that topic among the first
three, when it is among the three nearest questions, or among the three nearest examples of what is not covered. Each is
bounded from above by the cosine and the most that shared words can add, so nothing that would change is left out, but
for the slight shift of all words' weights.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields

import numpy as np

from knowledge.retrieval import BEST_PASSAGES, LEXICAL_WEIGHT, MODEL_WEIGHT, NAMED_WEIGHT, IndexedPassage
from knowledge.trained import Learnt

NEAREST = 3
NO_ROW = -2.0  # below every cosine


@dataclass(frozen=True)
class Stand:
    """Some content with its vectors: passages in the order of ``Learnt.vectors``."""

    passages: list[IndexedPassage]
    learnt: Learnt

    def keys(self) -> list[tuple[str, str, str]]:
        """Return what tells one passage from another."""
        return [(one.topic, one.kind, one.text) for one in self.passages]


@dataclass(frozen=True)
class Bounds:
    """What a new text must exceed to matter to a question; each of shape (n_questions,).

    ``third_total``: score of the third topic. ``third_question``: cosine to the third nearest question of the content.
    ``third_outside``: to the third nearest example of what is not covered. ``best_premise``: to the nearest false
    premise.
    """

    third_total: np.ndarray
    third_question: np.ndarray
    third_outside: np.ndarray
    best_premise: np.ndarray

    def joined(self, other: Bounds) -> Bounds:
        """Put those of more questions behind these."""
        names = [field.name for field in fields(Bounds)]
        return Bounds(*(np.concatenate([getattr(self, name), getattr(other, name)]) for name in names))

    def kept(self, rows: np.ndarray) -> Bounds:
        """Keep those of some questions."""
        return Bounds(*(getattr(self, field.name)[rows] for field in fields(Bounds)))


def bound(vectors: np.ndarray, third_total: np.ndarray, stand: Stand) -> Bounds:
    """Find what must be exceeded.

    Args:
        vectors: Unit rows of the questions, shape (n, 384).
        third_total: The score of each one's third topic; ``NO_ROW`` where there is none.
        stand: The content as it is.
    """
    questions = stand.learnt.vectors[[one.kind == "question" for one in stand.passages]]
    return Bounds(
        third_total=third_total,
        third_question=_nth_highest(vectors, questions, NEAREST),
        third_outside=_nth_highest(vectors, stand.learnt.outside, NEAREST),
        best_premise=_nth_highest(vectors, stand.learnt.premises, 1),
    )


def find_affected(vectors: np.ndarray, bounds: Bounds, before: Stand, after: Stand) -> np.ndarray:
    """Tell which questions a change can reach, in either direction.

    Returns:
        Shape (n,), bool.
    """
    old, new = Counter(before.keys()), Counter(after.keys())
    reached = _reached_by(vectors, bounds, after, new - old)
    reached |= _reached_by(vectors, bounds, before, old - new)
    for name, least in (("outside", bounds.third_outside), ("premises", bounds.best_premise)):
        fresh = _differing(getattr(before.learnt, name), getattr(after.learnt, name))
        if len(fresh):
            reached |= (vectors @ fresh.T).max(axis=1) >= least
    return reached


def _reached_by(
    vectors: np.ndarray, bounds: Bounds, stand: Stand, changed: Counter[tuple[str, str, str]]
) -> np.ndarray:
    """Tell which questions some passages of a stand can reach."""
    reached = np.zeros(len(vectors), dtype=bool)
    if not changed or not len(vectors):
        return reached
    keys, model = stand.keys(), stand.learnt.model
    topics = sorted({one.topic for one in stand.passages})
    chances = _log_probabilities(vectors @ model.weights.T + model.offsets)
    for topic in {key[0] for key in changed}:
        rows = [number for number, key in enumerate(keys) if key[0] == topic]
        is_changed = np.array([keys[number] in changed for number in rows])
        cosines = vectors @ stand.learnt.vectors[rows].T
        best = -np.partition(-cosines, min(BEST_PASSAGES, len(rows)) - 1, axis=1)[:, :BEST_PASSAGES]
        most = best.mean(axis=1) + LEXICAL_WEIGHT + MODEL_WEIGHT * chances[:, topics.index(topic)] + NAMED_WEIGHT
        nearest = cosines[:, is_changed].max(axis=1)
        reached |= (nearest + LEXICAL_WEIGHT >= best.min(axis=1)) & (most >= bounds.third_total)
        asked = is_changed & np.array([keys[number][1] == "question" for number in rows])
        if asked.any():
            reached |= cosines[:, asked].max(axis=1) >= bounds.third_question
    return reached


def _log_probabilities(scores: np.ndarray) -> np.ndarray:
    high = scores.max(axis=1, keepdims=True)
    return np.asarray(scores - high - np.log(np.exp(scores - high).sum(axis=1, keepdims=True)))


def _nth_highest(vectors: np.ndarray, rows: np.ndarray, n: int) -> np.ndarray:
    """Return each vector's n-th highest cosine among the rows; ``NO_ROW`` where there are fewer."""
    if len(rows) < n:
        return np.full(len(vectors), NO_ROW)
    return np.asarray(-np.partition(-(vectors @ rows.T), n - 1, axis=1)[:, n - 1])


def _differing(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Return the rows that only one of the two has."""
    old, new = {row.tobytes(): row for row in before}, {row.tobytes(): row for row in after}
    fresh = [new[key] for key in new.keys() - old.keys()] + [old[key] for key in old.keys() - new.keys()]
    return np.array(fresh, dtype=np.float32).reshape(-1, before.shape[1] if before.ndim == 2 else 0)
