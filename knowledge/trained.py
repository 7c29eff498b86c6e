"""What answering rests on once it is trained: the index, the scales, false premises, and the calibration."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from knowledge.calibration import Judges, calibrate, fit_boundary
from knowledge.coverage import Boundary, Scales
from knowledge.decision import Calibration
from knowledge.encoder import Encoder
from knowledge.model import Knowledge
from knowledge.naming import PlaceFinder
from knowledge.premises import Premises
from knowledge.retrieval import Index, IndexedPassage, TopicModel, passages_of, topics_of
from knowledge.spelling import Speller
from knowledge.topic_model import fit_topic_model

CLEAR_AT_LEAST = {"inject": 0.53, "rude": 0.5}  # nearness of an example: nobody is called that for a likeness of words
COVERED_NEARER_AT_MOST = 0.05  # where something covered is nearer than this, a question is not about somebody's life


class Outside:
    """Examples of what the course does not cover, by kind."""

    def __init__(self, kinds: list[str], vectors: np.ndarray) -> None:
        self._kinds, self._vectors = kinds, vectors

    def kind(self, vector: np.ndarray, covered: float) -> str:
        """Return the kind of the nearest example; ``near`` when there is none, or it is not clear enough to say so.

        Args:
            vector: Unit vector of the question.
            covered: How near the nearest text that the course covers is.
        """
        if not self._kinds:
            return "near"
        nearness = self._vectors @ vector
        row = int(nearness.argmax())
        is_clear = nearness[row] >= CLEAR_AT_LEAST.get(self._kinds[row], -1.0)
        is_own_life = self._kinds[row] != "personal" or covered - nearness[row] <= COVERED_NEARER_AT_MOST
        return self._kinds[row] if is_clear and is_own_life else "near"


@dataclass(frozen=True)
class Learnt:
    """The arrays that training makes; all else is made from them and the content when it is loaded.

    Shapes: ``vectors`` (n_passages, 384), ``outside`` (n_examples, 384), ``premises`` (n_premise_questions, 384).
    ``boundary`` parts what is covered from what is not, ``premise_boundary`` questions from false premises. ``keys``
    are the fingerprints of the texts behind the rows of the three arrays, one after the other, and ``topics`` those
    that the model knows: so that changed content can be fitted in (``knowledge.refitting``).
    """

    vectors: np.ndarray
    outside: np.ndarray
    premises: np.ndarray
    model: TopicModel
    boundary: Boundary
    premise_boundary: Boundary
    calibration: Calibration
    encoder_key: str
    keys: np.ndarray
    topics: tuple[str, ...]


class Trained:
    """Everything that answering looks things up in.

    Args:
        knowledge: The content.
        learnt: What was learnt from it.
        speller: One made of nearly the same content, if there is one: making it takes half a second.
    """

    def __init__(self, knowledge: Knowledge, learnt: Learnt, speller: Speller | None = None) -> None:
        passages = passages_of(knowledge)
        kinds = [kind for kind, examples in knowledge.refusals.items() for _ in examples]
        self.learnt = learnt
        self.index = Index(passages, learnt.vectors, learnt.model)
        self.scales = Scales(passages, learnt.vectors, learnt.outside, learnt.boundary)
        self.premises = Premises(
            _premise_ids(knowledge), learnt.premises, _questions(passages, learnt.vectors), learnt.premise_boundary
        )
        self.outside = Outside(kinds, learnt.outside)
        self.calibration = learnt.calibration
        self.speller = speller or make_speller(knowledge)


def _premise_ids(knowledge: Knowledge) -> list[str]:
    return [one.id for one in knowledge.corrections for _ in one.questions]


def _questions(passages: list[IndexedPassage], vectors: np.ndarray) -> np.ndarray:
    return np.asarray(vectors[[passage.kind == "question" for passage in passages]])


def text_key(text: str) -> str:
    """Return the fingerprint of a text, by which its vector is found again: 16 letters."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def learnt_texts(knowledge: Knowledge, speller: Speller) -> tuple[list[str], list[str], list[str]]:
    """Return the texts that have vectors: passages, examples of what is not covered, and questions of premises."""
    passages = [passage.text for passage in passages_of(knowledge)]
    examples = [speller.mend(text) for texts in knowledge.refusals.values() for text in texts]
    return passages, examples, [speller.mend(text) for one in knowledge.corrections for text in one.questions]


def make_speller(knowledge: Knowledge) -> Speller:
    """Make the speller from all that the content says; the glossary's words and names of places stay as they are."""
    places = knowledge.places
    names = [form for term in knowledge.glossary for form in (term.term, *term.also)]
    return Speller((passage.text for passage in passages_of(knowledge)), [*names, *places.pilots, *places.elsewhere])


def learn(knowledge: Knowledge, encoder: Encoder) -> Learnt:
    """Encode all content, fit the models, derive the thresholds; half a minute.

    Raises:
        CalibrationError: There are too few practice questions, or examples of what is not covered.
    """
    speller, finder = make_speller(knowledge), PlaceFinder(knowledge.places)
    passages = passages_of(knowledge)
    told, examples, held = learnt_texts(knowledge, speller)
    practised = [speller.mend(question) for question, _ in knowledge.practice]
    vectors, outside, premises = encoder.encode(told), encoder.encode(examples), encoder.encode(held)
    questions = _questions(passages, vectors)
    boundary, scores = fit_boundary(questions, outside)
    premise_boundary, premise_scores = fit_boundary(premises, questions)
    model, index_topics = fit_topic_model([passage.topic for passage in passages], vectors), topics_of(passages)
    topics = (topics for _, topics in knowledge.practice)
    calibration = calibrate(
        Judges(
            Index(passages, vectors, model),
            Scales(passages, vectors, outside, boundary),
            Premises(_premise_ids(knowledge), premises, questions, premise_boundary),
            lambda text: finder.find(text).pilots,
        ),
        practice=list(zip(practised, encoder.encode(practised), topics, strict=True)),
        outside=list(zip(examples, outside, scores[len(questions) :], strict=True)),
        held=list(zip(premises, premise_scores[: len(premises)], strict=True)),
    )
    keys = np.array([text_key(text) for text in (*told, *examples, *held)])
    return Learnt(
        vectors, outside, premises, model, boundary, premise_boundary, calibration, encoder.key, keys, index_topics
    )
