"""What is written down word for word is found, however it is typed; nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering import Answerer, Before
from knowledge.encoder import SentenceEncoder
from knowledge.listed import Listed, ListedQuestions, form_of
from knowledge.model import Knowledge
from knowledge.trained import Trained

ODD = "zeppelin moorings, who pays"


@given(st.text(max_size=60))
def test_form_of_any_text_stays_when_taken_again(text: str) -> None:
    """A form is its own form, so that two texts either have the same or not."""
    assert form_of(form_of(text)) == form_of(text)


@pytest.mark.parametrize("typed", ["Who pays?", "  who   PAYS", "who pays!!", "who\u200b pays"])
def test_listed_question_is_found_however_it_is_typed(garden: Knowledge, typed: str) -> None:
    """Capitals, spaces and marks make no difference."""
    topic, entry = next(iter(garden.entries.items()))
    listed = ListedQuestions({topic: replace(entry, questions=("who pays",))}, refusals={"off": ("who pays", "")})

    assert listed.find(typed) == Listed("entry", topic)
    assert listed.find("who pays it") is None
    assert listed.find(" ?! ") is None


def with_questions(knowledge: Knowledge, topic: str, *questions: str) -> Knowledge:
    """Return content with more questions under an answer."""
    entry = knowledge.entries[topic]
    changed = replace(entry, questions=(*entry.questions, *questions))
    return replace(knowledge, entries={**knowledge.entries, topic: changed})


@pytest.fixture
def told(garden: Knowledge, trained: Trained, encoder: SentenceEncoder) -> Answerer:
    """Give an answerer that lists an odd question, and learnt nothing of it."""
    return Answerer(with_questions(garden, "system.sharing", ODD, "how was it there"), trained, encoder)


def test_listed_question_gets_its_answer_untrained(answerer: Answerer, told: Answerer) -> None:
    """Before it is listed nothing answers it; once it is, its answer does, and surely."""
    decision = told.ask(ODD.upper() + "?").decision

    assert answerer.ask(ODD).decision.kind == "abstain"
    assert (decision.kind, decision.topics[0], decision.score) == ("answer", "system.sharing", 1.0)
    assert len(decision.topics) == len(set(decision.topics))


def test_listed_question_that_points_back_depends_on_what_was_said(told: Answerer) -> None:
    """Words for what was told before mean that; by itself a question means what it is listed under."""
    before = Before("what was built in the east", "pilot.east")

    assert told.ask("how was it there").decision.topics[0] == "system.sharing"
    assert told.ask("how was it there", before).decision.topics[0] == "pilot.east"


def test_listed_refusal_and_premise_are_taken_as_such(garden: Knowledge, answerer: Answerer) -> None:
    """An example of what is not covered is never answered; a false premise gets its correction."""
    kind, texts = next(iter(garden.refusals.items()))
    correction = garden.corrections[0]

    refused, corrected = answerer.ask(texts[0]), answerer.ask(correction.questions[0])

    assert (refused.decision.kind, refused.refusal) == ("abstain", kind)
    assert corrected.correction == correction
