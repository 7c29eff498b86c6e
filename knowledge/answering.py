"""From a question to what the tutor says about it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from knowledge.context import TOLD_PRIOR, leans, nearby, points_back
from knowledge.coverage import Evidence
from knowledge.decision import TOPICS_AT_MOST, Calibration, Decision, decide, decide_between
from knowledge.encoder import Encoder
from knowledge.errors import IndexFileError
from knowledge.facets import FacetFinder
from knowledge.languages import other_language
from knowledge.listed import Listed, ListedQuestions
from knowledge.model import Correction, Entry, Facet, Knowledge, Term
from knowledge.naming import Named, PlaceFinder
from knowledge.premises import fits_premise
from knowledge.retrieval import Ranked, Scores
from knowledge.text import find_terms, glossary_language, tidy
from knowledge.trained import Trained

RANKED_TOPICS = 5
QUESTION_LIMIT_CHARS = 2_000
JOINED_WEIGHT = 0.5
NEARBY_WEIGHT = 0.2
FACET_WEIGHT = 0.4


@dataclass(frozen=True)
class Before:
    """What came before a question: the question asked then, the topic told, and the side of a pilot it was about."""

    question: str
    topic: str
    facet: str = ""


@dataclass(frozen=True)
class Finding:
    """A decision, with what speaks for it.

    ``facet`` is the side of a pilot that is asked for. ``correction`` belongs to a false premise, ``elsewhere`` is a
    country that had no pilot, ``language`` the code of another language, ``refusal`` the kind of what is not covered.
    ``is_follow_up`` says that the question was understood by the one before.
    """

    decision: Decision
    ranked: tuple[Ranked, ...]
    evidence: Evidence | None = None
    facet: Facet | None = None
    correction: Correction | None = None
    elsewhere: str = ""
    language: str = ""
    refusal: str = ""
    is_follow_up: bool = False


@dataclass(frozen=True)
class _Asked:
    """A question, read."""

    text: str
    vector: np.ndarray
    named: Named
    scores: Scores


class Answerer:
    """Answers questions from the knowledge base; holds no state between questions.

    Raises:
        IndexFileError: The index holds the vectors of another encoder.
    """

    def __init__(self, knowledge: Knowledge, trained: Trained, encoder: Encoder) -> None:
        if trained.learnt.encoder_key != encoder.key:
            raise IndexFileError("the index was made by another encoder; run tutor train --force")
        self.knowledge = knowledge
        self._trained = trained
        self._encoder = encoder
        self._glossary = glossary_language(knowledge.glossary)
        self._terms = {term.term: term for term in knowledge.glossary}
        self._places = PlaceFinder(knowledge.places)
        self._facets = FacetFinder(knowledge.facets, knowledge.places, encoder)
        self._corrections = {one.id: one for one in knowledge.corrections}
        self._listed = ListedQuestions(knowledge.entries, knowledge.corrections, knowledge.refusals)

    def ask(self, question: str, before: Before | None = None) -> Finding:
        """Find what answers a question.

        Args:
            question: As typed; what is beyond ``QUESTION_LIMIT_CHARS`` is not read.
            before: What came before it; counts only when the question leans on it.
        """
        text = tidy(question)[:QUESTION_LIMIT_CHARS]
        asked = self._read(self._trained.speller.mend(text))
        listed = self._listed.find(text)
        if listed and not (before and points_back(text)):
            return self._find_listed(asked, listed)
        if before is not None and before.topic in self.knowledge.course.topics and leans(text):
            return self._find_after(asked, before, text)
        return self._find(asked, text)

    def _read(self, text: str) -> _Asked:
        vector, named = self._encoder.encode([text])[0], self._places.find(text)
        return _Asked(text, vector, named, self._trained.index.score(text, vector, named=named.pilots))

    def _find(self, asked: _Asked, typed: str) -> Finding:
        """Decide on a question by itself."""
        ranked = self._trained.index.best(asked.scores, RANKED_TOPICS)
        evidence = self._trained.scales.weigh(asked.text, asked.vector, ranked[0])
        decision = decide(ranked, evidence, self._trained.calibration, self.knowledge.entries.keys())
        finding = self._check_premise(Finding(decision, tuple(ranked), evidence), asked)
        if finding.decision.kind != "abstain":
            return self._with_facet(finding, asked.text)
        refusal = self._trained.outside.kind(asked.vector, evidence.likeness)
        return replace(finding, language=other_language(typed) or "", refusal=refusal)

    def _find_listed(self, asked: _Asked, listed: Listed) -> Finding:
        """Take a question as the course team wrote it down; the rest of the ranking is told with it."""
        ranked = self._trained.index.best(asked.scores, RANKED_TOPICS)
        evidence = self._trained.scales.weigh(asked.text, asked.vector, ranked[0])
        topics = tuple(one.topic for one in ranked[:TOPICS_AT_MOST])
        if listed.where == "entry":
            topics = (listed.key, *(topic for topic in topics if topic != listed.key))[:TOPICS_AT_MOST]
            finding = Finding(Decision("answer", topics, 1.0), tuple(ranked), evidence)
            return self._with_facet(finding, asked.text)
        refused = Finding(Decision("abstain", topics, 0.0), tuple(ranked), evidence)
        if listed.where == "correction":
            return replace(refused, correction=self._corrections[listed.key])
        return replace(refused, refusal=listed.key)

    def _check_premise(self, finding: Finding, asked: _Asked) -> Finding:
        """Refuse a question that takes something false for granted, and say what is true."""
        correction, row = self._trained.premises.weigh(asked.vector)
        refused = replace(finding.decision, kind="abstain", choices=())
        is_premise = self._trained.calibration.is_premise
        held = self._corrections.get(correction)
        if held and is_premise.probability(row) >= is_premise.threshold and fits_premise(held, asked.text):
            return replace(finding, decision=refused, correction=held)
        if asked.named.elsewhere and not asked.named.pilots and finding.ranked[0].topic.startswith("pilot."):
            told = self._corrections.get(self.knowledge.places.told_of_elsewhere)
            return replace(finding, decision=refused, correction=told, elsewhere=asked.named.elsewhere[0])
        return finding

    def _find_after(self, asked: _Asked, before: Before, typed: str) -> Finding:
        """Decide on a question that may need the one before it."""
        alone = self._find(asked, typed)
        if alone.correction or alone.language:
            return alone
        joined = self._read(f"{tidy(before.question)} {asked.text}"[:QUESTION_LIMIT_CHARS])
        scores = self._together(asked, joined, before)
        ranked = self._trained.index.best(scores, RANKED_TOPICS)
        if alone.decision.kind == "answer" and alone.decision.topics[0] == ranked[0].topic:
            return replace(alone, facet=self._facet(alone, asked, before))
        evidence = self._trained.scales.weigh(joined.text, joined.vector, ranked[0])
        score = max(alone.decision.score, self._trained.calibration.covers.probability(evidence.as_row()))
        if score < self._trained.calibration.covers.threshold:
            return alone
        decision = decide_between(ranked, score, self._trained.calibration, self.knowledge.entries.keys())
        finding = Finding(decision, tuple(ranked), evidence, is_follow_up=True)
        return replace(finding, facet=self._facet(finding, asked, before))

    def _together(self, asked: _Asked, joined: _Asked, before: Before) -> Scores:
        """Add up what a question says by itself, what it says after the one before, and what was told."""
        near = nearby(before.topic, self.knowledge)
        told = np.array([near.get(topic, 0.0) for topic in self._trained.index.topics])
        is_swap = asked.named.pilots and before.topic not in asked.named.pilots
        if is_swap and before.topic.startswith("pilot."):
            return asked.scores
        total = asked.scores.total + JOINED_WEIGHT * joined.scores.total + NEARBY_WEIGHT * told
        if before.topic in self.knowledge.pilots and self._facets.find(asked.text):
            total = total + FACET_WEIGHT * (told == TOLD_PRIOR)  # "who paid for it" asks about the pilot just told
        return replace(asked.scores, total=total)

    def _with_facet(self, finding: Finding, text: str) -> Finding:
        is_pilot = finding.decision.kind == "answer" and finding.decision.topics[0] in self.knowledge.pilots
        return replace(finding, facet=self._facets.find(text)) if is_pilot else finding

    def _facet(self, finding: Finding, asked: _Asked, before: Before) -> Facet | None:
        """Find the side of a pilot that a follow-up asks for; "and in Estonia?" asks for the same as before."""
        if finding.decision.kind != "answer" or finding.decision.topics[0] not in self.knowledge.pilots:
            return None
        found = self._facets.find(asked.text)
        is_swap = asked.named.pilots and before.topic not in asked.named.pilots
        return found or (self._facets.named(before.facet) if is_swap else None)

    @property
    def calibration(self) -> Calibration:
        """The models that decide, with their thresholds."""
        return self._trained.calibration

    def define(self, text: str) -> Term | None:
        """Return the glossary term that a text names, when it names exactly one."""
        found = {term for term, _, _ in find_terms(self._glossary(tidy(text)))}
        return self._terms[found.pop()] if len(found) == 1 else None

    def entry(self, topic: str) -> Entry | None:
        """Return the written answer of a topic, if there is one."""
        return self.knowledge.entries.get(topic)
