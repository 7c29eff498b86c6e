"""Sides of a pilot: what was asked for is told, of the pilot that is meant, or that the sources do not say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.actions.composition import Parts
from knowledge.answering import Finding
from knowledge.checks import count_words
from knowledge.decision import Decision
from knowledge.model import Facet, Knowledge
from telling.pilots import FACTS_LIMIT_WORDS
from tests.bot.actions.chat import Chat
from tests.bot.actions.found import FoundAnswerer

HOUTEN, ESTONIA = "pilot.houten", "pilot.estonia"
FACETS = ("people", "money", "difficulties", "results", "partners")


def _facet(knowledge: Knowledge, key: str) -> Facet:
    return next(facet for facet in knowledge.facets if facet.key == key)


@pytest.fixture
def in_houten(chat: Chat) -> Chat:
    """Give a chat in which the pilot in Houten was just told."""
    chat.press(f'/ask_topic{{"topic_id": "{HOUTEN}"}}')
    return chat


def test_side_of_a_pilot_is_told_with_its_sources(chat: Chat, knowledge: Knowledge) -> None:
    """Who asks for one side of a pilot that they name gets these facts, under its label and place."""
    facts = knowledge.pilots[HOUTEN].facts["difficulties"]

    reply = chat.type("what was hard in the pilot in Houten?", "ask_pilots")

    assert reply.names[0] == "utter_facet"
    assert _facet(knowledge, "difficulties").label in reply.text
    assert knowledge.course.topics[HOUTEN].about in reply.text
    assert facts[0].text in reply.text
    assert set(reply.bubbles[0].sources) <= {key for fact in facts for key in fact.sources}
    assert (chat.slots["last_topic_id"], chat.slots["last_facet"]) == (HOUTEN, "difficulties")


def test_side_of_the_pilot_told_last_needs_no_name(in_houten: Chat, knowledge: Knowledge) -> None:
    """After a topic button, "who paid for it" is about that pilot."""
    reply = in_houten.type("who paid for it", "ask_pilots")

    assert in_houten.slots["last_topic_id"] == HOUTEN
    assert in_houten.slots["last_facet"] == "money"
    assert knowledge.pilots[HOUTEN].facts["money"][0].text in reply.text


def test_other_pilot_is_asked_for_the_same_side(in_houten: Chat, knowledge: Knowledge) -> None:
    """Asked "and in Estonia?", the tutor keeps the side; asked for another side, it keeps the pilot."""
    in_houten.type("who paid for it", "ask_pilots")

    reply = in_houten.type("and in Estonia?", "ask_pilots")
    hard = in_houten.type("what was difficult there", "ask_pilots")

    assert _facet(knowledge, "money").label in reply.text
    assert knowledge.pilots[ESTONIA].facts["money"][0].text in reply.text
    assert knowledge.pilots[ESTONIA].facts["difficulties"][0].text in hard.text


def test_whole_pilot_is_one_press_away(in_houten: Chat, knowledge: Knowledge) -> None:
    """Under a side stands the way to the whole pilot; after it no side is left over."""
    reply = in_houten.type("who paid for it", "ask_pilots")

    whole = in_houten.press(reply.button("The whole pilot"))

    assert whole.bubbles[0].text == knowledge.entries[HOUTEN].answer.text
    assert in_houten.slots["last_facet"] is None


@pytest.mark.parametrize("key", FACETS)
def test_side_that_sources_do_not_tell_is_not_invented(chat: Chat, parts: Parts, key: str) -> None:
    """Where a pilot has no facts of a side, the tutor says that its sources do not say."""
    facet = _facet(parts.knowledge, key)
    silent = replace(parts.knowledge.pilots[HOUTEN], facts={})
    knowledge = replace(parts.knowledge, pilots={**parts.knowledge.pilots, HOUTEN: silent})
    finding = Finding(Decision("answer", (HOUTEN,), 0.9), (), facet=facet)
    chat.parts = replace(parts, knowledge=knowledge, answerer=FoundAnswerer(parts.answerer, finding))

    reply = chat.type("and there", "ask_pilots")

    assert reply.names[0] == "utter_facet_none"
    assert facet.none in reply.text
    assert reply.button("The whole pilot")


def test_every_side_of_every_pilot_fits_a_bubble(chat: Chat, parts: Parts) -> None:
    """As many facts as fit are told, at least one, and no bubble is too long."""
    for topic in parts.knowledge.pilots:
        for facet in parts.knowledge.facets:
            finding = Finding(Decision("answer", (topic,), 0.9), (), facet=facet)
            chat.parts = replace(parts, answerer=FoundAnswerer(parts.answerer, finding))

            reply = chat.type("so?", "ask_pilots")

            assert len(reply.bubbles) <= 3
            assert count_words(reply.bubbles[0].text) <= FACTS_LIMIT_WORDS + 15, (topic, facet.key)


def test_question_that_is_whole_is_not_bent_by_the_pilot_before(in_houten: Chat) -> None:
    """A new full question after an answer is about what it says."""
    reply = in_houten.type("How can we win the trust of young people who do not come?", "ask_ethics")

    assert not any(name.startswith("utter_facet") for name in reply.names)
    assert in_houten.slots["last_topic_id"] != HOUTEN
