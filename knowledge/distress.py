"""Whether somebody tells of danger or despair: a model of its own, for a miss weighs more here than anywhere else."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from knowledge.mistypes import in_broken_english, with_slips

Level = Literal["none", "likely", "sure"]
Encode = Callable[[list[str]], np.ndarray]

MISSED_AT_MOST = 0.04  # of the examples told, so many may be below "likely"
STOPPED_AT_MOST = 0.05  # of the examples that only sound like it, so many may be "sure"
FOLDS = 4
OTHER_THINNED = 4
PARTS_AT_MOST = 24
PART_LEAST_WORDS = 3
WORDS_WEIGHT = 0.15
OTHER_WEIGHT, CHANGED_WEIGHT = 0.3, 0.5
SEED = 1
_WORD = r"[\w']+"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


def parts_of(text: str) -> list[str]:
    """Return a text, and each of its sentences where there are several: one grave sentence among many is found.

    Example:
        >>> parts_of("The day went well. He told me that he is afraid.")
        ['The day went well. He told me that he is afraid.', 'The day went well.', 'He told me that he is afraid.']
    """
    sentences = [one for one in _SENTENCE_END.split(text) if len(one.split()) >= PART_LEAST_WORDS]
    return [text, *sentences[:PARTS_AT_MOST]] if len(sentences) > 1 else [text]


@dataclass(frozen=True)
class Judges:
    """Two models, fitted: by the meaning of a text (its vector), and by its words and letters."""

    by_meaning: Any
    by_words: Any

    def score(self, texts: list[str], vectors: np.ndarray) -> np.ndarray:
        """Score texts, shape (n,): the higher, the more they tell of distress; vectors have shape (n, 384)."""
        meaning, words = self.by_meaning.decision_function(vectors), self.by_words.decision_function(texts)
        return np.asarray(meaning + WORDS_WEIGHT * words)


@dataclass(frozen=True)
class DistressModel:
    """The judges with two thresholds, derived from examples that they had not seen."""

    judges: Judges
    likely: float
    sure: float

    def level(self, texts: list[str], vectors: np.ndarray) -> Level:
        """Judge the parts of one text: the gravest counts."""
        score = float(self.judges.score(texts, vectors).max())
        return "sure" if score >= self.sure else "likely" if score >= self.likely else "none"


@dataclass(frozen=True)
class _Rows:
    """Examples with what was made of them; ``origin`` is the number of the example that a row was made from."""

    texts: list[str]
    labels: np.ndarray
    weights: np.ndarray
    origin: np.ndarray


def fit_distress(
    told: Sequence[str], calm: Sequence[str], other: Sequence[str], other_vectors: np.ndarray, encode: Encode
) -> DistressModel:
    """Fit the models and derive the thresholds; half a minute.

    Args:
        told: Texts that tell of distress.
        calm: Texts that sound like it, and do not.
        other: Anything else that people say; it counts less, for there is so much of it.
        other_vectors: Their unit vectors, shape (n_other, 384).
        encode: Gives unit vectors of texts, shape (n, 384).

    Returns:
        The model. "Likely" leaves out at most ``MISSED_AT_MOST`` of what was told, "sure" stops at most
        ``STOPPED_AT_MOST`` of what is calm, both measured on examples left out of the fit.
    """
    rows = _spread(told, calm, other)
    vectors = np.vstack([encode(rows.texts[: len(rows.texts) - len(other)]), other_vectors])
    scores = _score_left_out([*told, *calm], rows, vectors, encode)
    likely = float(np.quantile(scores[: len(told)], MISSED_AT_MOST))
    sure = float(np.quantile(scores[len(told) :], 1.0 - STOPPED_AT_MOST))
    return DistressModel(_fit(rows, vectors, np.full(len(rows.texts), True)), min(likely, sure), sure)


def _score_left_out(examples: list[str], rows: _Rows, vectors: np.ndarray, encode: Encode) -> np.ndarray:
    """Score each example by models that saw neither it nor what was made from it, shape (n_examples,)."""
    from sklearn.model_selection import KFold  # needed when training only; slow to import

    parts = [parts_of(text) for text in examples]
    part_vectors = encode([part for one in parts for part in one])
    ends = np.cumsum([0, *(len(one) for one in parts)])
    is_thinned = (rows.origin >= len(examples)) & (rows.origin % OTHER_THINNED != 0)  # the fit takes n squared
    scores = np.empty(len(examples))
    for _, left_out in KFold(FOLDS, shuffle=True, random_state=SEED).split(examples):
        judges = _fit(rows, vectors, ~np.isin(rows.origin, left_out) & ~is_thinned)
        for n in left_out:
            scores[n] = judges.score(parts[n], part_vectors[ends[n] : ends[n + 1]]).max()
    return scores


def _spread(told: Sequence[str], calm: Sequence[str], other: Sequence[str]) -> _Rows:
    """Put slips and broken English beside the examples."""
    chance = random.Random(SEED)
    texts, labels, weights, origin = [], [], [], []
    for number, text in enumerate((*told, *calm, *other)):
        is_other = number >= len(told) + len(calm)
        made = [text] if is_other else [text, with_slips(text, chance), in_broken_english(text)]
        texts += made
        labels += [int(number < len(told))] * len(made)
        weights += [OTHER_WEIGHT if is_other else 1.0, *[CHANGED_WEIGHT] * (len(made) - 1)]
        origin += [number] * len(made)
    return _Rows(texts, np.array(labels), np.array(weights), np.array(origin))


def _fit(rows: _Rows, vectors: np.ndarray, kept: np.ndarray) -> Judges:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import SVC

    texts = [text for text, is_kept in zip(rows.texts, kept, strict=True) if is_kept]
    labels, weights = rows.labels[kept], rows.weights[kept]
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
    words = TfidfVectorizer(ngram_range=(1, 3), min_df=2, sublinear_tf=True, token_pattern=_WORD)
    judge = LogisticRegression(C=30.0, solver="liblinear", random_state=SEED)
    by_words = make_pipeline(make_union(letters, words), judge)
    by_words.fit(texts, labels, logisticregression__sample_weight=weights)
    return Judges(SVC(C=8.0, gamma=1.2).fit(vectors[kept], labels, sample_weight=weights), by_words)
