"""How well topics are found for questions that authors wrote, when just these are left out of what is learnt.

A fifth of every entry's question variants is taken away, all is learnt again from the rest, and the fifth is asked; so
with each fifth. Authors made the variants of an entry unlike each other on purpose, so these questions are harder than
those that people ask: each fifth takes away what nothing else says.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from knowledge.encoder import SentenceEncoder
from knowledge.model import Knowledge
from knowledge.naming import PlaceFinder
from knowledge.retrieval import Index, passages_of
from knowledge.text import tidy
from knowledge.topic_model import fit_topic_model
from knowledge.trained import make_speller
from tests.eval.baselines import NAMED_TOPICS, OURS, Guess, by_vectors, by_word_pairs, by_words, guess_topics
from tests.eval.bootstrap import Interval, share

FOLDS = 5
SEED = 11
KEPT_NAME = "folds.json"


@dataclass(frozen=True)
class FoldRow:
    """A variant that was left out, its topic, and what each system guessed."""

    text: str
    topic: str
    guesses: Mapping[str, Guess]


@dataclass(frozen=True)
class FoldFigures:
    """What came of the folds: shares by line and system, and how often ours took one topic for another.

    ``made_of`` is the fingerprint of the content and the code that they were measured on.
    """

    made_of: str
    lines: dict[str, dict[str, Interval]]
    confusions: list[tuple[str, str, int]]


class _Vectors:
    """Encodes each text once."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return a unit row for each text."""
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.array([self._known[text] for text in texts])


def ask_folds(knowledge: Knowledge, encoder: SentenceEncoder) -> Iterator[FoldRow]:
    """Ask every variant of every entry once; a minute or two."""
    vectors = _Vectors(encoder)
    for fold in range(FOLDS):
        yield from _ask_fold(*part(knowledge, fold), vectors)


def part(knowledge: Knowledge, fold: int) -> tuple[Knowledge, list[tuple[str, str]]]:
    """Take a fold's variants out of the content.

    Returns:
        The content without them; and each of them with its topic.
    """
    entries, asked = {}, []
    for number, (topic, entry) in enumerate(sorted(knowledge.entries.items())):
        order = np.random.default_rng([SEED, number]).permutation(len(entry.questions))
        gone = {int(row) for place, row in enumerate(order) if place % FOLDS == fold}
        asked += [(text, topic) for row, text in enumerate(entry.questions) if row in gone]
        kept = tuple(text for row, text in enumerate(entry.questions) if row not in gone)
        entries[topic] = replace(entry, questions=kept)
    return replace(knowledge, entries=entries), asked


def _ask_fold(knowledge: Knowledge, asked: list[tuple[str, str]], vectors: _Vectors) -> Iterator[FoldRow]:
    passages = passages_of(knowledge)
    rows, topics = vectors.encode([passage.text for passage in passages]), [passage.topic for passage in passages]
    ways = {
        "BM25": by_words(passages),
        "vectors": by_vectors(rows, vectors),
        "TF-IDF": by_word_pairs(passages),
    }
    index = Index(passages, rows, fit_topic_model(topics, rows))
    speller, finder = make_speller(knowledge), PlaceFinder(knowledge.places)
    mended = [speller.mend(tidy(text)) for text, _ in asked]
    for (typed, topic), text, vector in zip(asked, mended, vectors.encode(mended), strict=True):
        ranked = index.rank(text, vector, limit=NAMED_TOPICS, named=finder.find(text).pilots)
        guesses = {name: guess_topics(score(typed), topics) for name, score in ways.items()}
        ours = Guess(tuple(one.topic for one in ranked), ranked[0].score)
        yield FoldRow(typed, topic, {OURS: ours, **guesses})


def count_folds(rows: Iterable[FoldRow], made_of: str) -> FoldFigures:
    """Count what the folds gave."""
    rows = list(rows)
    systems = rows[0].guesses.keys() if rows else ()
    lines = {
        "variants_right_first": {
            name: share([row.topic == row.guesses[name].topics[0] for row in rows]) for name in systems
        },
        "variants_right_among_three": {
            name: share([row.topic in row.guesses[name].topics for row in rows]) for name in systems
        },
    }
    pairs = Counter((row.topic, row.guesses[OURS].topics[0]) for row in rows)
    confusions = [(wanted, got, times) for (wanted, got), times in pairs.most_common() if wanted != got]
    return FoldFigures(made_of, lines, confusions)


def keep_folds(figures: FoldFigures, folder: Path) -> None:
    """Keep the figures for later reports on the same content and code."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / KEPT_NAME).write_text(json.dumps(asdict(figures), indent=1) + "\n", encoding="utf-8")


def kept_folds(folder: Path, made_of: str) -> FoldFigures | None:
    """Return the figures that were kept, if they are of this content and code."""
    path = folder / KEPT_NAME
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"made_of": None}
    if kept["made_of"] != made_of:
        return None
    lines = {
        line: {name: Interval(**values) for name, values in systems.items()} for line, systems in kept["lines"].items()
    }
    return FoldFigures(made_of, lines, [(wanted, got, times) for wanted, got, times in kept["confusions"]])
