"""Finding the topic that a question is about: likeness in meaning, shared words, a small trained model, and places.

A topic is known by its passages: the questions people ask about it, its title and brief, and what is
written about it. Planned topics take part, so that their questions are recognised and not answered by a neighbour.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import bm25s
import numpy as np

from knowledge.model import Knowledge
from knowledge.nearest import NearRows
from knowledge.text import lemmas, passage_lemmas

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it tells each step, on whatever stream the program logs to
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
    ``UNSEEN``, and the model's probabilities are then among those that were.
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

    def log_probabilities(self, vector: np.ndarray, rows: np.ndarray | None = None) -> np.ndarray:
        """Return the logarithm of each topic's probability, shape (n_topics,); or of those of some rows among them."""
        weights, offsets = (self.weights, self.offsets) if rows is None else (self.weights[rows], self.offsets[rows])
        scores = weights @ vector + offsets
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


def topics_of(passages: list[IndexedPassage]) -> tuple[str, ...]:
    """Return the topics that passages stand for, in the order of the index and of the model."""
    return tuple(sorted({passage.topic for passage in passages}))


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
        self.topics = list(topics_of(passages))
        self._row_of = {topic: i for i, topic in enumerate(self.topics)}
        topic_rows = np.array([self._row_of[passage.topic] for passage in passages])
        self._order = np.argsort(topic_rows, kind="stable")  # passage rows, those of a topic side by side
        self._sizes = np.bincount(topic_rows)
        self._starts = np.concatenate([[0], np.cumsum(self._sizes)])
        self._sorted_vectors = np.ascontiguousarray(vectors[self._order])
        self._centres = NearRows(_middles(self._sorted_vectors, self._starts[:-1]))
        self._words = bm25s.BM25(method="lucene")
        words = [list(passage_lemmas(passages[row].text)) or ["-"] for row in self._order]
        self._words.index(words, show_progress=False)
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
        named_rows = [self._row_of[topic] for topic in named if topic in self._row_of]
        n_topics, shortlist = len(self.topics), self._shortlist(vector, named_rows)
        gone = None if without is None else self._place_of[without]
        likeness, model = np.zeros(n_topics), np.zeros(n_topics)
        best_rows, is_named = np.zeros(n_topics, dtype=int), np.zeros(n_topics, dtype=bool)
        likeness[shortlist], best_rows[shortlist] = self._best_passages(shortlist, text, vector, gone)
        if self.model:
            model[shortlist] = self.model.log_probabilities(vector, None if self._is_small else shortlist)
        is_named[named_rows] = True
        total = np.full(n_topics, UNSEEN)
        total[shortlist] = (likeness + MODEL_WEIGHT * model + NAMED_WEIGHT * is_named)[shortlist]
        return Scores(total, likeness, model, is_named, best_rows)

    def best(self, scores: Scores, limit: int = 3) -> list[Ranked]:
        """Return the best topics, best first."""
        order = _highest(scores.total, limit)
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

    @property
    def _is_small(self) -> bool:
        return len(self.topics) <= SHORTLIST_TOPICS

    def _shortlist(self, vector: np.ndarray, named: list[int]) -> np.ndarray:
        """Choose the topics to look at closely: all of them, unless there are very many."""
        if self._is_small:
            return np.arange(len(self.topics))
        topics, cosines = self._centres.compare(vector)
        return np.union1d(topics[_highest(cosines, SHORTLIST_TOPICS)], np.array(named, dtype=int))

    def _best_passages(
        self, topics: np.ndarray, text: str, vector: np.ndarray, without: int | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the mean score of the best passages of each of some topics, and the row of each one's best passage."""
        sizes = self._sizes[topics]
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        places = np.repeat(self._starts[topics] - starts, sizes) + np.arange(sizes.sum())
        vectors = self._sorted_vectors if self._is_small else self._sorted_vectors[places]
        scores = vectors @ vector + self._word_scores(text, places)
        if without is not None:
            scores[places == without] = -1.0
        means, best = _means_of_best(scores, starts, sizes)
        return means, self._order[places[best]]

    def _word_scores(self, text: str, places: np.ndarray) -> np.ndarray:
        """Score passages by the words that they share with a text, 0 to ``LEXICAL_WEIGHT``."""
        words = [word for word in lemmas(text) if word in self._words.vocab_dict]
        if not words:
            return np.zeros(len(places))
        found = self._words.get_scores(words)
        return np.asarray(LEXICAL_WEIGHT * found[places].astype(float) / max(float(found.max()), 1e-9))


def _middles(vectors: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Return the unit mean of each run of vectors."""
    sums = np.add.reduceat(vectors, starts, axis=0)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9))


def _highest(values: np.ndarray, limit: int) -> np.ndarray:
    """Return the places of the highest values, highest first; of equal ones, the first comes first."""
    if limit >= len(values):
        return np.argsort(-values, kind="stable")
    least = np.partition(values, -limit)[-limit]
    high = np.flatnonzero(values >= least)
    return np.asarray(high[np.argsort(-values[high], kind="stable")][:limit])


def _means_of_best(scores: np.ndarray, starts: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return, of each run of scores, the mean of the ``BEST_PASSAGES`` highest, and the place of the highest.

    All runs at once: the highest of each is taken, then the next one. ``scores`` is used up.
    """
    places, sums = np.arange(len(scores)), np.zeros(len(sizes))
    best = np.zeros(len(sizes), dtype=int)
    for taken in range(BEST_PASSAGES):
        highest = np.maximum.reduceat(scores, starts)
        at = np.minimum.reduceat(np.where(scores == np.repeat(highest, sizes), places, len(scores)), starts)
        best = at if taken == 0 else best
        is_left = sizes > taken
        sums[is_left] += highest[is_left]
        scores[at[is_left]] = -np.inf
    return sums / np.minimum(sizes, BEST_PASSAGES), best
