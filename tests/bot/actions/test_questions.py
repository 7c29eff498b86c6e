"""Questions in one's own words: an answer with sources, a choice, or an honest no; reflections are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions.composition import Parts
from knowledge.model import Knowledge
from tests.bot.actions.chat import Chat
from tests.bot.actions.records import read

COVERED = "what is co-creation"
NOT_COVERED = "what will the weather be like tomorrow"
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


def test_answer_that_belongs_to_a_lesson_offers_it(chat: Chat, knowledge: Knowledge) -> None:
    """Outside of lessons, an answer that a lesson goes deeper into leads there."""
    entry = knowledge.entries["system.co-creation"]

    reply = chat.type(COVERED, "ask_system")
    begun = chat.press(reply.button("Start the lesson"))

    assert reply.names[1] == "utter_part_of_lesson"
    assert begun.names[0] == "utter_lesson_opening"
    assert chat.slots["lesson_id"] == entry.lesson


def test_question_not_covered_is_refused_honestly(chat: Chat, database: Path) -> None:
    """What the course does not cover is not answered; the question is kept, and other ways are shown."""
    reply = chat.type(NOT_COVERED, "out_of_scope")

    assert reply.names == ["utter_not_covered"]
    assert reply.bubbles[0].sources == []
    assert reply.payloads("ask_topic") and reply.payloads("ask_help")
    assert read(database, QUESTIONS) == [(NOT_COVERED, "abstain")]


def test_question_of_planned_topic_is_coming(chat: Chat, parts: Parts, database: Path) -> None:
    """A question that a topic not yet written will answer is told so, by that topic's title."""
    rows = [(topic, text) for topic, texts in parts.knowledge.planned.items() for text in texts[:1]]
    topic, text = next(row for row in rows if _plans(parts, *row))

    reply = chat.type(text)

    assert reply.names == ["utter_topic_coming"]
    assert parts.knowledge.course.topics[topic].title in reply.text
    assert read(database, QUESTIONS) == [(text, "abstain")]


def _plans(parts: Parts, topic: str, text: str) -> bool:
    decision = parts.answerer.ask(text).decision
    return decision.kind == "abstain" and decision.planned == topic


def test_question_between_topics_offers_a_choice(chat: Chat, parts: Parts, database: Path) -> None:
    """A question that fits several topics offers them; pressing one tells its answer."""
    questions = [text for entry in parts.knowledge.entries.values() for text in entry.questions]
    texts = [
        *parts.knowledge.course.topics,
        *(topic.title for topic in parts.knowledge.course.topics.values()),
        *questions,
    ]
    text = next(text for text in texts if parts.answerer.ask(text).decision.kind == "choose")

    reply = chat.type(text)
    pressed = chat.press(reply.payloads("ask_topic")[0])

    assert reply.names[0] in ("utter_choose_topic", "utter_choose_or_coming")
    assert pressed.names[0] == "utter_answer"
    assert read(database, QUESTIONS) == [(text, "choose")]


def test_abstention_at_open_item_leads_back_to_it(chat: Chat) -> None:
    """After an honest no in the middle of a quiz, the way back shows the item."""
    item = chat.open("one right")

    reply = chat.type(NOT_COVERED, "out_of_scope")
    back = chat.press(reply.button("Back to my question"))

    assert reply.names == ["utter_not_covered"]
    assert item.stem.text in back.text


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
