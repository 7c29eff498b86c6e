"""Questions in one's own words: an answer with sources, or a choice; reflections are kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.actions.composition import Parts
from knowledge.answering import Finding
from knowledge.decision import Decision, DecisionKind
from knowledge.model import Knowledge
from tests.bot.actions.chat import Chat
from tests.bot.actions.found import FoundAnswerer
from tests.bot.actions.records import read

COVERED = "what is co-creation"
QUESTIONS = "SELECT text, decision FROM question ORDER BY id"


def test_question_covered_is_answered_with_sources(chat: Chat, knowledge: Knowledge, database: Path) -> None:
    """The answer is the entry's own, with its sources and the ways on; question and decision are stored."""
    entry = knowledge.entries["system.co-creation"]

    reply = chat.type(COVERED, "ask_system")

    assert reply.names[0] == "utter_answer"
    assert reply.bubbles[0].text == entry.answer.text
    assert reply.bubbles[0].sources == list(entry.answer.sources)
    assert {"/ask_more", "/ask_simpler", "/ask_example"} <= set(reply.payloads())
    assert chat.slots["last_topic_id"] == entry.id
    assert chat.slots["last_question"] == COVERED
    assert read(database, QUESTIONS) == [(COVERED, "answer")]


def test_answer_offers_its_lesson_and_two_next_questions(chat: Chat, knowledge: Knowledge) -> None:
    """Outside of lessons, an answer leads to the lesson that goes deeper, and to the two topics that come next."""
    entry = knowledge.entries["system.co-creation"]

    reply = chat.type(COVERED, "ask_system")
    next_topic = chat.press(reply.payloads("ask_topic")[1])
    begun = chat.press(reply.button("Start the lesson"))

    assert reply.names[1] == "utter_part_of_lesson"
    assert knowledge.lessons[entry.lesson or ""].title in reply.text
    assert reply.payloads("ask_topic") == [f'/ask_topic{{"topic_id": "{topic}"}}' for topic in entry.next[:2]]
    assert next_topic.bubbles[0].text.startswith(knowledge.entries[entry.next[1]].answer.text[:60])
    assert begun.names[0] == "utter_lesson_opening"
    assert chat.slots["lesson_id"] == entry.lesson


def test_answer_in_its_own_lesson_offers_the_way_back_only(chat: Chat) -> None:
    """Who is in the lesson already is not sent to it, but back to the step."""
    chat.press('/choose_lesson{"lesson_id": "system.phenomenon"}')

    reply = chat.type(COVERED, "ask_system")

    assert reply.names[1] == "utter_back_to_lesson"
    assert reply.payloads("repeat_card") and not reply.payloads("choose_lesson")


def test_question_between_topics_offers_a_choice(chat: Chat, parts: Parts, database: Path) -> None:
    """A question that fits several topics offers them; pressing one tells its answer, and the talk goes on from it."""
    titles = [entry.title for entry in parts.knowledge.entries.values()]
    decisions = {text: parts.answerer.ask(text).decision for text in titles}
    text = next(text for text, one in decisions.items() if one.kind == "choose" and not one.is_doubtful)

    reply = chat.type(text)
    offered = dict(chat.slots)
    pressed = chat.press(reply.payloads("ask_topic")[1])

    topic = str(chat.slots["last_topic_id"])
    assert reply.names == ["utter_choose_topic"]
    assert 2 <= len(reply.payloads("ask_topic")) <= 3
    assert (offered["last_section"], chat.slots["last_section"]) == ("", "answer")
    assert pressed.names[0] == "utter_answer"
    assert chat.slots["last_question"] == parts.knowledge.entries[topic].title
    assert chat.press("/ask_more").bubbles[0].text[:40] in str(parts.knowledge.entries[topic].more)
    assert read(database, QUESTIONS) == [(text, "choose")]


@pytest.mark.parametrize(
    ("kind", "names"), [("answer", ["utter_perhaps", "utter_answer"]), ("choose", ["utter_choose_perhaps"])]
)
def test_doubtful_question_is_answered_with_the_remark_that_it_may_be_another(
    chat: Chat, parts: Parts, kind: DecisionKind, names: list[str]
) -> None:
    """What the course may not cover is told as the nearest that there is, and never as if it was sure."""
    topics = ("system.co-creation", "system.not-consultation")
    found = Finding(Decision(kind, topics, 0.12, topics if kind == "choose" else (), is_doubtful=True), ())
    chat.parts = replace(parts, answerer=FoundAnswerer(parts.answerer, found))

    assert chat.type("what is the law in brazil").names[: len(names)] == names


def test_choice_about_what_was_told_keeps_it(chat: Chat, parts: Parts) -> None:
    """A choice whose first topic is the one just told does not make "simpler" lose what it is about."""
    chat.press('/ask_topic{"topic_id": "system.co-creation"}')
    found = Finding(Decision("choose", ("system.co-creation", "system.value"), 0.9, ("system.co-creation",)), ())
    chat.parts = replace(parts, answerer=FoundAnswerer(parts.answerer, found))

    chat.type("but why")

    assert (chat.slots["last_topic_id"], chat.slots["last_section"]) == ("system.co-creation", "answer")


def test_follow_up_on_what_was_told_goes_deeper(chat: Chat, parts: Parts, knowledge: Knowledge) -> None:
    """A follow-up that leads to the same topic is not told the same words again."""
    chat.press('/ask_topic{"topic_id": "system.co-creation"}')
    found = Finding(Decision("answer", ("system.co-creation",), 0.9), (), is_follow_up=True)
    chat.parts = replace(parts, answerer=FoundAnswerer(parts.answerer, found))

    reply = chat.type("and how")

    assert reply.bubbles[0].text[:40] in str(knowledge.entries["system.co-creation"].more)
    assert chat.slots["last_section"] == "more"


def test_term_asked_for_is_defined(chat: Chat, knowledge: Knowledge) -> None:
    """A word of the glossary that no answer is about is defined, with its sources."""
    term = next(term for term in knowledge.glossary if not term.topic or term.topic not in knowledge.entries)

    reply = chat.type(f"what does {term.term} mean", "define_term")

    assert reply.names[0] in ("utter_definition", "utter_answer")
    assert reply.names[0] == "utter_answer" or term.definition in reply.text
    assert reply.bubbles[0].sources


def test_message_again_stores_question_once(chat: Chat, database: Path) -> None:
    """The same question message twice is answered twice the same, and stored once."""
    first, again = (chat.type(COVERED, message_id="same") for _ in range(2))

    assert first == again
    assert read(database, QUESTIONS) == [(COVERED, "answer")]


@pytest.mark.parametrize("text", ["?", "...", " ", "!?"])
def test_text_without_words_asks_for_some(chat: Chat, text: str, database: Path) -> None:
    """Nothing but marks is no question; the tutor says how to ask, and stores nothing."""
    reply = chat.type(text)

    assert reply.names == ["utter_ask_me"]
    assert read(database, QUESTIONS) == []


def test_reflection_typed_is_kept_in_own_words(chat: Chat, knowledge: Knowledge, database: Path) -> None:
    """What is written at a reflection is stored as it stands, and the tutor says so."""
    lesson = next(iter(knowledge.lessons.values()))
    card = next(card for card in lesson.cards if card.keep_as)
    chat.stand_at(card.key)

    reply = chat.type("We asked parents, and decided ourselves 🙁")

    assert reply.names == ["utter_noted"]
    assert reply.payloads() == ["/continue_lesson", "/show_notes"]
    assert chat.slots["step"] == "card"
    assert read(database, "SELECT lesson_id, keep_as, text FROM note") == [
        (lesson.id, card.keep_as, "We asked parents, and decided ourselves 🙁")
    ]


def test_question_at_reflection_is_answered_and_not_kept(chat: Chat, knowledge: Knowledge, database: Path) -> None:
    """A question at a reflection gets its answer; the reflection can still be written afterwards."""
    card = next(card for lesson in knowledge.lessons.values() for card in lesson.cards if card.keep_as)
    chat.stand_at(card.key)

    asked = chat.type("what is co-creation?", "ask_system")
    between = read(database, "SELECT text FROM note")
    noted = chat.type("Nobody asked them yet.")

    assert asked.names[0] == "utter_answer"
    assert between == []
    assert noted.names == ["utter_noted"]
    assert read(database, "SELECT text FROM note") == [("Nobody asked them yet.",)]


def test_reflection_message_again_is_kept_once(chat: Chat, knowledge: Knowledge, database: Path) -> None:
    """A reflection whose message comes again before its slots were saved is one note."""
    card = next(card for lesson in knowledge.lessons.values() for card in lesson.cards if card.keep_as)
    chat.stand_at(card.key)
    before = dict(chat.slots)

    first = chat.type("Once is enough.", message_id="same")
    chat.slots = before
    again = chat.type("Once is enough.", message_id="same")

    assert first == again
    assert read(database, "SELECT text FROM note") == [("Once is enough.",)]


def test_topic_button_tells_its_answer(chat: Chat, knowledge: Knowledge) -> None:
    """A button with a topic tells that topic's answer, whatever was asked before."""
    chat.type(COVERED)

    reply = chat.press('/ask_topic{"topic_id": "pilot.estonia"}')

    assert reply.bubbles[0].text == knowledge.entries["pilot.estonia"].answer.text
    assert chat.slots["last_topic_id"] == "pilot.estonia"


@pytest.mark.parametrize("payload", ['/ask_topic{"topic_id": "no.such"}', "/ask_topic"])
def test_topic_button_that_names_none_asks_for_words(chat: Chat, payload: str) -> None:
    """A button with an unknown topic, or without one, tells nothing and asks for a question."""
    reply = chat.press(payload)

    assert reply.names == ["utter_ask_me"]
    assert chat.slots["last_topic_id"] is None
