"""Finding the topic that a question is about: likeness in meaning, shared words, a small trained model, and places.

A topic is known by its passages: the questions people ask about it, its title and brief, and what is
written about it. Planned topics take part, so that their questions are recognised and not answered by a neighbour.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import bm25s
import numpy as np

from knowledge.model import Knowledge
from knowledge.text import lemmas

PassageKind = Literal["question", "title", "text"]
LEXICAL_WEIGHT = 0.15
MODEL_WEIGHT = 0.06
NAMED_WEIGHT = 0.08
BEST_PASSAGES = 3
NAMES_ASKED = 3
UNSEEN = -10.0
SHORTLIST_TOPICS = 400  # with more topics than this, only those whose mean passage is nearest are looked at closely


@dataclass(frozen=True)
class IndexedPassage:
    """A text that stands for a topic."""

    topic: str
    kind: PassageKind
    text: str


@dataclass(frozen=True)
class Ranked:
    """A topic with its score, what the score is made of, and the passage that spoke most for it.

    ``likeness`` is the mean of the topic's best passages, about 0 to 1.1; ``model`` the logarithm of the model's
    probability; ``is_named`` says that the question names it, as by a pilot's place.
    """

    topic: str
    score: float
    likeness: float
    because: str
    model: float = 0.0
    is_named: bool = False


@dataclass(frozen=True)
class Scores:
    """What speaks for each topic, in the order of ``Index.topics``; all of shape (n_topics,).

    ``best_rows`` are the rows of ``Index.passages`` that spoke most. A topic that was not looked at has a total of
    ``UNSEEN``.
    """

    total: np.ndarray
    likeness: np.ndarray
    model: np.ndarray
    is_named: np.ndarray
    best_rows: np.ndarray


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
        found += [
            IndexedPassage(pilot.id, "question", question) for question in _questions_by_name(pilot.id, knowledge)
        ]
    return found


def _questions_by_name(pilot_id: str, knowledge: Knowledge) -> list[str]:
    """Ask for every side of a pilot by its first names."""
    names = [name for name, topics in knowledge.places.pilots.items() if topics == (pilot_id,)]
    asked = [question for facet in knowledge.facets for question in facet.in_place]
    return [question.replace("{place}", name) for name in names[:NAMES_ASKED] for question in asked]


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
        topic_rows = np.array([rows[passage.topic] for passage in passages])
        self._order = np.argsort(topic_rows, kind="stable")  # passage rows, those of a topic side by side
        self._starts = np.searchsorted(topic_rows[self._order], np.arange(len(self.topics) + 1))
        self._sorted_vectors = np.ascontiguousarray(vectors[self._order])
        sums = np.add.reduceat(self._sorted_vectors, self._starts[:-1], axis=0)
        self._centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        self._words = bm25s.BM25(method="lucene")
        self._words.index([lemmas(passages[row].text) or ["-"] for row in self._order], show_progress=False)
        self._place_of = {int(row): place for place, row in enumerate(self._order)}

    def score(
        self, text: str, vector: np.ndarray, *, without: int | None = None, named: Collection[str] = ()
    ) -> Scores:
        """Score topics for a question.

        Args:
            text: The question as asked.
            vector: Its unit vector, shape (384,).
            without: A passage to leave out, for judging the ranking on its own passages.
            named: Topics that the question names.

        Source:
            Question variants before answer texts: Sakata et al. 2019, FAQ retrieval. BM25: Robertson & Zaragoza 2009.
        """
        n_topics, shortlist = len(self.topics), self._shortlist(vector)
        words = self._word_scores(text)
        gone = None if without is None else self._place_of[without]
        likeness, best_rows = np.zeros(n_topics), np.zeros(n_topics, dtype=int)
        for topic in shortlist:
            likeness[topic], best_rows[topic] = self._best_passages(topic, vector, words, gone)
        model = self.model.log_probabilities(vector) if self.model else np.zeros(n_topics)
        is_named = np.array([topic in named for topic in self.topics])
        total = np.full(n_topics, UNSEEN)
        total[shortlist] = (likeness + MODEL_WEIGHT * model + NAMED_WEIGHT * is_named)[shortlist]
        return Scores(total, likeness, model, is_named, best_rows)

    def best(self, scores: Scores, limit: int = 3) -> list[Ranked]:
        """Return the best topics, best first."""
        order = np.argsort(-scores.total, kind="stable")[:limit]
        return [
            Ranked(
                self.topics[i],
                float(scores.total[i]),
                float(scores.likeness[i]),
                self.passages[scores.best_rows[i]].text,
                float(scores.model[i]),
                bool(scores.is_named[i]),
            )
            for i in order
        ]

    def rank(
        self,
        text: str,
        vector: np.ndarray,
        *,
        limit: int = 3,
        without: int | None = None,
        named: Collection[str] = (),
    ) -> list[Ranked]:
        """Rank topics for a question, best first; see ``score``."""
        return self.best(self.score(text, vector, without=without, named=named), limit)

    def _shortlist(self, vector: np.ndarray) -> np.ndarray:
        """Choose the topics to look at closely: all of them, unless there are very many."""
        if len(self.topics) <= SHORTLIST_TOPICS:
            return np.arange(len(self.topics))
        return np.sort(np.argpartition(-(self._centres @ vector), SHORTLIST_TOPICS)[:SHORTLIST_TOPICS])

    def _word_scores(self, text: str) -> np.ndarray:
        """Score every passage by the words that it shares with a text, 0 to ``LEXICAL_WEIGHT``."""
        words = [word for word in lemmas(text) if word in self._words.vocab_dict]
        found = self._words.get_scores(words).astype(float) if words else np.zeros(len(self.passages))
        return np.asarray(LEXICAL_WEIGHT * found / max(float(found.max()), 1e-9))

    def _best_passages(
        self, topic: int, vector: np.ndarray, words: np.ndarray, without: int | None
    ) -> tuple[float, int]:
        """Return the mean score of a topic's best passages, and the row of the best one."""
        start, end = int(self._starts[topic]), int(self._starts[topic + 1])
        scores = self._sorted_vectors[start:end] @ vector + words[start:end]
        if without is not None and start <= without < end:
            scores[without - start] = -1.0
        kept = min(BEST_PASSAGES, end - start)
        best = np.partition(scores, -kept)[-kept:]
        return float(best.mean()), int(self._order[start + int(scores.argmax())])
