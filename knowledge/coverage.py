"""Whether the course covers a question: what speaks for it, as numbers that can be read."""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple, dataclass, fields
from math import log

import numpy as np

from knowledge.nearest import NearRows
from knowledge.retrieval import IndexedPassage, Ranked
from knowledge.text import lemmas, passage_lemmas

NEAREST_EXAMPLES = 3


@dataclass(frozen=True)
class Evidence:
    """What speaks for a question being covered, and what against it.

    ``likeness``: of the best topic. ``questions``: mean cosine to the three nearest questions of topics. ``outside``:
    mean cosine to the three nearest examples of what is not covered. ``model``: logarithm of the best topic's
    probability. ``unknown_words``: the share, 0 to 1, of the question's words, rare ones counting more, that the best
    topic never uses. ``boundary``: the score of a linear model between what is covered and what is not.
    """

    likeness: float
    questions: float
    outside: float
    model: float
    unknown_words: float
    boundary: float

    def as_row(self) -> np.ndarray:
        """Return the numbers in the order of their names, shape (6,)."""
        return np.array(astuple(self))


EVIDENCE_NAMES = tuple(field.name for field in fields(Evidence))


@dataclass(frozen=True)
class Boundary:
    """A linear model between sentence vectors of what is covered and what is not; shapes (384,) and a number."""

    weights: np.ndarray
    offset: float

    def score(self, vector: np.ndarray) -> float:
        """Return the score: above 0 is more like what is covered."""
        return float(self.weights @ vector + self.offset)


class Scales:
    """Weighs questions: against the topics' questions, against what is not covered, word by word.

    Args:
        passages: What stands for the topics.
        vectors: A unit row for each passage.
        outside_vectors: A unit row for each example of what is not covered.
        boundary: The model between the two.
    """

    def __init__(
        self, passages: list[IndexedPassage], vectors: np.ndarray, outside_vectors: np.ndarray, boundary: Boundary
    ) -> None:
        self._questions = NearRows(vectors[[passage.kind == "question" for passage in passages]])
        self._outside = outside_vectors
        self._boundary = boundary
        words = [set(passage_lemmas(passage.text)) for passage in passages]
        self._topic_words: dict[str, set[str]] = {}
        for passage, found in zip(passages, words, strict=True):
            self._topic_words.setdefault(passage.topic, set()).update(found)
        self._passages_with = Counter(word for found in words for word in found)
        self._n_passages = len(passages)

    def weigh(
        self,
        text: str,
        vector: np.ndarray,
        best: Ranked,
        *,
        without: int | None = None,
        boundary: float | None = None,
    ) -> Evidence:
        """Weigh a question.

        Args:
            text: The question, mended.
            vector: Its unit vector.
            best: The topic that ranks first.
            without: An example of what is not covered to leave out, for judging the examples themselves.
            boundary: A score of the boundary to use in place of the model's own, for the same.
        """
        outside = self._outside @ vector
        if without is not None:
            outside = np.delete(outside, without)
        return Evidence(
            likeness=best.likeness,
            questions=_mean_of_highest(self._questions.compare(vector)[1]),
            outside=_mean_of_highest(outside),
            model=best.model,
            unknown_words=self._unknown_share(text, best.topic),
            boundary=self._boundary.score(vector) if boundary is None else boundary,
        )

    def _unknown_share(self, text: str, topic: str) -> float:
        weights = {word: log((self._n_passages + 1) / (self._passages_with[word] + 0.5)) for word in set(lemmas(text))}
        known = self._topic_words.get(topic, set())
        total = sum(weights.values())
        return sum(weight for word, weight in weights.items() if word not in known) / total if total > 0 else 1.0


def _mean_of_highest(cosines: np.ndarray) -> float:
    """Return the mean of the highest cosines; 0 when there are none."""
    if not len(cosines):
        return 0.0
    kept = min(NEAREST_EXAMPLES, len(cosines))
    return float(np.partition(cosines, -kept)[-kept:].mean())
