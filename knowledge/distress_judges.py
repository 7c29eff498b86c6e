"""The two judges of distress, by meaning and by words: fitted by scikit-learn, kept as plain arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

PENALTY, GAMMA = 8.0, 1.2  # of the support vector machine
WORDS_PENALTY = 30.0
LETTERS: dict[str, Any] = {"analyzer": "char_wb", "ngram_range": (2, 5), "sublinear_tf": True}
WORDS: dict[str, Any] = {"ngram_range": (1, 3), "token_pattern": r"[\w']+", "sublinear_tf": True}
LEAST_TEXTS = 2  # that a run of letters or words stands in
SEED = 1


@dataclass(frozen=True)
class ByMeaning:
    """A support vector machine with a Gaussian kernel: ``support`` (n, 384), ``weights`` (n,)."""

    support: np.ndarray
    weights: np.ndarray
    offset: float

    @classmethod
    def fit(cls, vectors: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> ByMeaning:
        """Fit to unit vectors, shape (n, 384), labels of 0 and 1, and the weight of each row."""
        from sklearn.svm import SVC  # needed when training only

        machine = SVC(C=PENALTY, gamma=GAMMA).fit(vectors, labels, sample_weight=weights)
        support = machine.support_vectors_.astype(np.float32)
        return cls(support, machine.dual_coef_[0].astype(np.float32), float(machine.intercept_[0]))

    def score(self, vectors: np.ndarray) -> np.ndarray:
        """Score unit vectors, shape (n, 384): above 0 is distress."""
        nearness = vectors @ self.support.T  # of unit vectors; their squared distance is 2 - 2 * nearness
        return np.asarray(np.exp(2 * GAMMA * (nearness - 1.0)) @ self.weights + self.offset)


@dataclass(frozen=True)
class ByWords:
    """A logistic regression on runs of letters and of words, each weighed by how rare it is.

    ``letters`` and ``words`` are the runs, ``rarities`` their inverse document frequencies and ``weights`` theirs in
    the regression, both in the order of the letters, then the words.
    """

    letters: list[str]
    words: list[str]
    rarities: np.ndarray
    weights: np.ndarray
    offset: float

    @classmethod
    def fit(cls, texts: list[str], labels: np.ndarray, weights: np.ndarray) -> ByWords:
        """Fit to texts, labels of 0 and 1, and the weight of each text."""
        from scipy.sparse import hstack
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        makers = [TfidfVectorizer(min_df=LEAST_TEXTS, **kind) for kind in (LETTERS, WORDS)]
        rows = hstack([one.fit_transform(texts) for one in makers], format="csr")
        judge = LogisticRegression(C=WORDS_PENALTY, solver="liblinear", random_state=SEED)
        judge.fit(rows, labels, sample_weight=weights)
        letters, words = (list(one.get_feature_names_out()) for one in makers)
        rarities = np.concatenate([one.idf_ for one in makers])
        return cls(letters, words, rarities, judge.coef_[0], float(judge.intercept_[0]))

    def score(self, texts: list[str]) -> np.ndarray:
        """Score texts: above 0 is distress."""
        first, second = (one.transform(texts) for one in self._makers)
        n_letters = len(self.letters)
        return np.asarray(first @ self.weights[:n_letters] + second @ self.weights[n_letters:] + self.offset)

    @cached_property
    def _makers(self) -> tuple[Any, Any]:
        n_letters = len(self.letters)
        letters = _make_rows(self.letters, self.rarities[:n_letters], LETTERS)
        return letters, _make_rows(self.words, self.rarities[n_letters:], WORDS)


def _make_rows(runs: list[str], rarities: np.ndarray, kind: Mapping[str, Any]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    maker = TfidfVectorizer(vocabulary={run: column for column, run in enumerate(runs)}, **kind)
    maker.idf_ = rarities
    return maker


def to_arrays(by_meaning: ByMeaning, by_words: ByWords) -> dict[str, np.ndarray]:
    """Give both judges as arrays, for a file; no run holds a line break."""
    return {
        "support": by_meaning.support,
        "support_weights": by_meaning.weights,
        "letters": np.array("\n".join(by_words.letters)),
        "words": np.array("\n".join(by_words.words)),
        "rarities": by_words.rarities.astype(np.float32),
        "run_weights": by_words.weights.astype(np.float32),
        "offsets": np.array([by_meaning.offset, by_words.offset]),
    }


def from_arrays(kept: Mapping[str, np.ndarray]) -> tuple[ByMeaning, ByWords]:
    """Make the judges from what ``to_arrays`` gave."""
    of_meaning, of_words = (float(one) for one in kept["offsets"])
    letters, words = (str(kept[name]).split("\n") for name in ("letters", "words"))
    by_words = ByWords(letters, words, kept["rarities"], kept["run_weights"], of_words)
    return ByMeaning(kept["support"], kept["support_weights"], of_meaning), by_words
