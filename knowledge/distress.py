"""Whether somebody tells of danger or despair: a model of its own, for a miss weighs more here than anywhere else."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np

from knowledge.distress_judges import ByMeaning, ByWords, from_arrays, to_arrays
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
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


def parts_of(text: str) -> list[str]:
    """Return a text, and each of its sentences where there are several: one grave sentence among many is found.

    Example:
        >>> parts_of("The day went well. He told me that he is afraid.")
        ['The day went well. He told me that he is afraid.', 'The day went well.', 'He told me that he is afraid.']
    """
    sentences = [one for one in _SENTENCE_END.split(text) if len(one.split()) >= PART_LEAST_WORDS]
    return [text, *sentences[:PARTS_AT_MOST]] if len(sentences) > 1 else [text]


class JudgeOfMeaning(Protocol):
    """Scores unit vectors, shape (n, 384)."""

    def score(self, vectors: np.ndarray, /) -> np.ndarray:
        """Score each, shape (n,): above 0 is distress."""


class JudgeOfWords(Protocol):
    """Scores texts."""

    def score(self, texts: list[str], /) -> np.ndarray:
        """Score each, shape (n,): above 0 is distress."""


@dataclass(frozen=True)
class Judges:
    """Two models, fitted: by the meaning of a text (its vector), and by its words and letters."""

    by_meaning: JudgeOfMeaning
    by_words: JudgeOfWords

    def score(self, texts: list[str], vectors: np.ndarray) -> np.ndarray:
        """Score texts, shape (n,): the higher, the more they tell of distress; vectors have shape (n, 384)."""
        meaning, words = self.by_meaning.score(vectors), self.by_words.score(texts)
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
    """Fit the models and derive the thresholds; a quarter of a minute.

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


def save_distress(model: DistressModel, path: Path) -> None:
    """Write a fitted model as plain arrays.

    Raises:
        TypeError: Its judges are not those that ``fit_distress`` makes.
    """
    by_meaning, by_words = model.judges.by_meaning, model.judges.by_words
    if not isinstance(by_meaning, ByMeaning) or not isinstance(by_words, ByWords):
        raise TypeError("only judges that fit_distress made can be kept")
    arrays = to_arrays(by_meaning, by_words)
    with path.open("wb") as stream:
        np.savez(stream, thresholds=np.array([model.likely, model.sure]), **arrays)


def load_distress(path: Path) -> DistressModel:
    """Read what ``save_distress`` wrote.

    Raises:
        OSError: There is no such file.
        ValueError: It is another file.
    """
    with np.load(path, allow_pickle=False) as kept:
        likely, sure = (float(one) for one in kept["thresholds"])
        return DistressModel(Judges(*from_arrays(kept)), likely, sure)


def _score_left_out(examples: list[str], rows: _Rows, vectors: np.ndarray, encode: Encode) -> np.ndarray:
    """Score each example by models that saw neither it nor what was made from it, shape (n_examples,)."""
    from sklearn.model_selection import KFold  # needed when training only; slow to import

    parts = [parts_of(text) for text in examples]
    part_vectors = _encode_parts(parts, rows, vectors, encode)
    is_thinned = (rows.origin >= len(examples)) & (rows.origin % OTHER_THINNED != 0)  # the fit takes n squared
    scores = np.empty(len(examples))
    for _, left_out in KFold(FOLDS, shuffle=True, random_state=SEED).split(examples):
        judges = _fit(rows, vectors, ~np.isin(rows.origin, left_out) & ~is_thinned)
        for n in left_out:
            scores[n] = judges.score(parts[n], part_vectors[n]).max()
    return scores


def _encode_parts(parts: list[list[str]], rows: _Rows, vectors: np.ndarray, encode: Encode) -> list[np.ndarray]:
    """Give the vectors of each example's parts; that of the whole text stands among the rows already."""
    wholes = vectors[np.searchsorted(rows.origin, np.arange(len(parts)))]
    rest = encode([part for _, *others in parts for part in others])
    ends = np.cumsum([0, *(len(one) - 1 for one in parts)])
    return [np.vstack([wholes[n], rest[ends[n] : ends[n + 1]]]) for n in range(len(parts))]


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
    texts = [text for text, is_kept in zip(rows.texts, kept, strict=True) if is_kept]
    labels, weights = rows.labels[kept], rows.weights[kept]
    return Judges(ByMeaning.fit(vectors[kept], labels, weights), ByWords.fit(texts, labels, weights))
