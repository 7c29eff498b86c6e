"""Finding the topic that a question is about: likeness in meaning, shared words, and a small trained model.

A topic is known by its passages: the questions people ask about it, its title and brief, and what is
written about it. Planned topics take part, so that their questions are recognised and not answered by a neighbour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from rank_bm25 import BM25Okapi

from knowledge.model import Knowledge
from knowledge.text import lemmas

PassageKind = Literal["question", "title", "text"]
LEXICAL_WEIGHT = 0.15
MODEL_WEIGHT = 0.03
BEST_PASSAGES = 3


@dataclass(frozen=True)
class IndexedPassage:
    """A text that stands for a topic."""

    topic: str
    kind: PassageKind
    text: str


@dataclass(frozen=True)
class Ranked:
    """A topic with its score, its likeness alone (about 0 to 1.1), and the passage that spoke most for it."""

    topic: str
    score: float
    likeness: float
    because: str


@dataclass(frozen=True)
class TopicModel:
    """A linear model from a sentence vector to topics, in the order of ``Index.topics``.

    It looks at a topic's passages together, where likeness looks at the nearest ones.

    Shapes: ``weights`` (n_topics, 384), ``offsets`` (n_topics,).
    """

    weights: np.ndarray
    offsets: np.ndarray

    def log_probabilities(self, vector: np.ndarray) -> np.ndarray:
        """Return the logarithm of each topic's probability, shape (n_topics,)."""
        scores = self.weights @ vector + self.offsets
        return np.asarray(scores - scores.max() - np.log(np.exp(scores - scores.max()).sum()))


def passages_of(knowledge: Knowledge) -> list[IndexedPassage]:
    """List every passage that stands for a topic, written or planned."""
    found = []
    for topic_id, topic in knowledge.course.topics.items():
        found += [IndexedPassage(topic_id, "title", topic.title), IndexedPassage(topic_id, "title", topic.about)]
    for entry in knowledge.entries.values():
        found += [IndexedPassage(entry.id, "question", question) for question in entry.questions]
        written = (entry.answer, entry.more, entry.simpler, entry.example)
        found += [IndexedPassage(entry.id, "text", passage.text) for passage in written if passage]
    for topic_id, questions in knowledge.planned.items():
        found += [IndexedPassage(topic_id, "question", question) for question in questions]
    for pilot in knowledge.pilots.values():
        found += [IndexedPassage(pilot.id, "text", fact.text) for facts in pilot.facts.values() for fact in facts]
    return found


class Index:
    """Passages with their vectors, ready to be ranked against a question.

    Args:
        passages: What stands for the topics.
        vectors: One unit row for each passage, shape (n, 384), float32.
        model: The trained model; without it, likeness alone ranks.
    """

    def __init__(self, passages: list[IndexedPassage], vectors: np.ndarray, model: TopicModel | None = None) -> None:
        self.passages = passages
        self.vectors = vectors
        self.model = model
        self.topics = sorted({passage.topic for passage in passages})
        rows = {topic: i for i, topic in enumerate(self.topics)}
        self._topic_rows = np.array([rows[passage.topic] for passage in passages])
        self._words = BM25Okapi([lemmas(passage.text) or ["-"] for passage in passages])

    def rank(self, text: str, vector: np.ndarray, *, limit: int = 3, without: int | None = None) -> list[Ranked]:
        """Rank topics for a question, best first.

        Args:
            text: The question as asked.
            vector: Its unit vector, shape (384,).
            limit: Most topics wanted.
            without: A passage to leave out, for judging the ranking on its own passages.

        Source:
            Question variants before answer texts: Sakata et al. 2019, FAQ retrieval. BM25: Robertson & Zaragoza 2009.
        """
        scores = self._passage_scores(text, vector)
        if without is not None:
            scores[without] = -1.0
        likeness = _mean_of_best(scores, self._topic_rows, len(self.topics))
        total = likeness + MODEL_WEIGHT * self.model.log_probabilities(vector) if self.model else likeness
        order = np.argsort(-total, kind="stable")[:limit]
        return [Ranked(self.topics[i], float(total[i]), float(likeness[i]), self._reason(scores, i)) for i in order]

    def _passage_scores(self, text: str, vector: np.ndarray) -> np.ndarray:
        likeness = self.vectors @ vector
        words = lemmas(text)
        found = self._words.get_scores(words) if words else np.zeros(len(self.passages))
        shared = np.maximum(found, 0.0)  # BM25 scores a word below zero that stands in most passages
        return np.asarray(likeness + LEXICAL_WEIGHT * shared / max(float(shared.max()), 1e-9))

    def _reason(self, scores: np.ndarray, topic_row: int) -> str:
        rows = np.flatnonzero(self._topic_rows == topic_row)
        return self.passages[int(rows[np.argmax(scores[rows])])].text


def _mean_of_best(scores: np.ndarray, topic_rows: np.ndarray, n_topics: int) -> np.ndarray:
    """Mean of each topic's best ``BEST_PASSAGES`` passages (every topic has two at least)."""
    order = np.lexsort((-scores, topic_rows))
    rows = topic_rows[order]
    starts = np.searchsorted(rows, np.arange(n_topics))
    place = np.arange(len(rows)) - starts[rows]
    kept = place < BEST_PASSAGES
    sums = np.bincount(rows[kept], weights=scores[order][kept], minlength=n_topics)
    return np.asarray(sums / np.bincount(rows[kept], minlength=n_topics))
