"""From a question to what the tutor says about it."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.decision import Decision, decide
from knowledge.encoder import SentenceEncoder
from knowledge.errors import IndexFileError
from knowledge.index_file import TrainedIndex, nearest
from knowledge.model import Entry, Knowledge, Term
from knowledge.retrieval import Ranked
from knowledge.text import find_terms, glossary_language, tidy

RANKED_TOPICS = 5
QUESTION_LIMIT_CHARS = 2_000


@dataclass(frozen=True)
class Finding:
    """A decision, with what speaks for it."""

    decision: Decision
    ranked: tuple[Ranked, ...]


class Answerer:
    """Answers questions from the knowledge base; holds no state between questions.

    Raises:
        IndexFileError: The index holds the vectors of another encoder.
    """

    def __init__(self, knowledge: Knowledge, trained: TrainedIndex, encoder: SentenceEncoder) -> None:
        if trained.encoder_key != encoder.key:
            raise IndexFileError("the index was made by another encoder; run tutor train --force")
        self.knowledge = knowledge
        self._trained = trained
        self._encoder = encoder
        self._glossary = glossary_language(knowledge.glossary)
        self._terms = {term.term: term for term in knowledge.glossary}

    def ask(self, question: str, before: str | None = None, told: str | None = None) -> Finding:
        """Find the topic of a question.

        Args:
            question: As typed; what is beyond ``QUESTION_LIMIT_CHARS`` is not read.
            before: The question before this one; used only when this one alone is not understood.
            told: The topic that was told last. A question that leans on it is not answered by telling it again.
        """
        alone = self._find(tidy(question))
        if alone.decision.kind != "abstain" or alone.decision.planned or not before or not _leans(question):
            return alone
        joined = self._find(tidy(f"{before} {question}"))
        is_told = joined.decision.kind == "answer" and joined.decision.topics[0] == told
        return alone if joined.decision.kind == "abstain" or is_told else joined

    def _find(self, question: str) -> Finding:
        question = question[:QUESTION_LIMIT_CHARS]
        vector = self._encoder.encode([question])[0]
        ranked = self._trained.index.rank(question, vector, limit=RANKED_TOPICS)
        calibration = self._trained.calibration
        likeness = max(one.likeness for one in ranked)
        score = calibration.score(likeness, nearest(self._trained.outside_vectors, vector))
        return Finding(decide(ranked, score, calibration.threshold, self.knowledge.entries.keys()), tuple(ranked))

    def define(self, text: str) -> Term | None:
        """Return the glossary term that a text names, when it names exactly one."""
        found = {term for term, _, _ in find_terms(self._glossary(tidy(text)))}
        return self._terms[found.pop()] if len(found) == 1 else None

    def entry(self, topic: str) -> Entry | None:
        """Return the written answer of a topic, if there is one."""
        return self.knowledge.entries.get(topic)


FOLLOW_UP_LIMIT_WORDS = 9


def _leans(question: str) -> bool:
    """Tell whether a question is short enough to lean on the one before it."""
    return len(question.split()) <= FOLLOW_UP_LIMIT_WORDS
