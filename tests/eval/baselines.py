"""Simpler ways to find the topic of a question, over the same topics and the same passages as ours.

None of them declines anything: each names the topics of the passages that are most like the question. A follow-up is
asked together with the question before it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.encoder import SentenceEncoder
from knowledge.retrieval import IndexedPassage
from knowledge.text import lemmas
from tests.eval.sets import Row

OURS = "ours"
NAMED_TOPICS = 3
WORD_PAIRS = (1, 2)
KEPT = Path(__file__).resolve().parent / "baselines.json"
Score = Callable[[str], np.ndarray]


@dataclass(frozen=True)
class Guess:
    """The topics that a baseline names, best first, and its score of the first."""

    topics: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class Baseline:
    """A baseline, and what it guessed: by the name of the set, then by the row's id."""

    name: str
    guesses: Mapping[str, Mapping[str, Guess]]


def ask_baselines(
    passages: list[IndexedPassage], vectors: np.ndarray, encoder: SentenceEncoder, sets: Mapping[str, list[Row]]
) -> list[Baseline]:
    """Ask the baselines that are made in seconds, and look up the one that is not.

    Args:
        passages: What stands for the topics.
        vectors: A unit row for each.
        encoder: The encoder that made them.
        sets: The rows to ask, by the name of their set.
    """
    ways = {"BM25": by_words(passages), "vectors": by_vectors(vectors, encoder), "TF-IDF": by_word_pairs(passages)}
    topics = [passage.topic for passage in passages]
    asked = [Baseline(name, _ask(score, topics, sets)) for name, score in ways.items()]
    return [*asked, Baseline("ResponseSelector", read_kept(KEPT)[1])]


def by_words(passages: Iterable[IndexedPassage]) -> Score:
    """Score passages by BM25 over lemmas."""
    index = bm25s.BM25(method="lucene")
    index.index([lemmas(passage.text) or ["-"] for passage in passages], show_progress=False)
    n_passages = int(index.scores["num_docs"])

    def score(text: str) -> np.ndarray:
        words = [word for word in lemmas(text) if word in index.vocab_dict]
        return np.asarray(index.get_scores(words), dtype=float) if words else np.zeros(n_passages)

    return score


def by_vectors(vectors: np.ndarray, encoder: SentenceEncoder) -> Score:
    """Score passages by the cosine of sentence vectors."""
    return lambda text: np.asarray(vectors @ encoder.encode([text])[0])


def by_word_pairs(passages: Iterable[IndexedPassage]) -> Score:
    """Score passages by the cosine of TF-IDF weights of words and pairs of words."""
    vectorizer = TfidfVectorizer(ngram_range=WORD_PAIRS, sublinear_tf=True)
    rows = vectorizer.fit_transform(passage.text for passage in passages)
    return lambda text: np.asarray((rows @ vectorizer.transform([text]).T).toarray()[:, 0])


def guess_topics(scores: np.ndarray, topics: list[str]) -> Guess:
    """Name the topics of the best passages."""
    best: dict[str, None] = {}
    for row in np.argsort(-scores, kind="stable"):
        best.setdefault(topics[row])
        if len(best) == NAMED_TOPICS:
            break
    return Guess(tuple(best), float(scores.max()))


def whole_text(row: Row) -> str:
    """Return a question, after the one before it where there is one."""
    return " ".join(row.get("turns") or [row["text"]])


def _ask(score: Score, topics: list[str], sets: Mapping[str, list[Row]]) -> dict[str, dict[str, Guess]]:
    return {
        name: {row["id"]: guess_topics(score(whole_text(row)), topics) for row in rows} for name, rows in sets.items()
    }


def read_kept(path: Path) -> tuple[dict[str, Any], dict[str, dict[str, Guess]]]:
    """Read what a kept baseline was made of, and what it guessed."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    guesses = {
        name: {row_id: Guess(tuple(topics), score) for row_id, (topics, score) in rows.items()}
        for name, rows in kept["guesses"].items()
    }
    return kept["made_of"], guesses
