"""After an answer: more, simpler, an example, its sources; and whether it helped."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions.bubbles import BUBBLE_LIMIT_WORDS, split_text
from knowledge.checks import count_words
from knowledge.model import Knowledge
from tests.bot.actions.chat import Chat
from tests.bot.actions.records import read

TOPIC = "system.co-creation"
RATINGS = "SELECT topic_id, is_helpful FROM rating ORDER BY id"


@pytest.fixture
def answered(chat: Chat) -> Chat:
    """Give a chat in which a question was just answered."""
    chat.press(f'/ask_topic{{"topic_id": "{TOPIC}"}}')
    return chat


@pytest.mark.parametrize(
    ("intent", "length"), [("ask_more", "more"), ("ask_simpler", "simpler"), ("ask_example", "example")]
)
def test_answer_in_another_length_is_told(answered: Chat, knowledge: Knowledge, intent: str, length: str) -> None:
    """More, simpler and an example are the entry's own, with their sources, and no longer offer themselves."""
    passage = getattr(knowledge.entries[TOPIC], length)

    reply = answered.press(f"/{intent}")

    told = [bubble for bubble in reply.bubbles if bubble.name in ("utter_answer", "utter_example")]
    assert all(part in reply.text for part in split_text(passage.text))
    assert told[-1].sources == list(passage.sources)
    assert f"/{intent}" not in reply.payloads()
    assert answered.slots["last_topic_id"] == TOPIC


def test_example_says_where_it_comes_from(answered: Chat, knowledge: Knowledge) -> None:
    """An example begins with the place of its pilot."""
    pilot = knowledge.entries[TOPIC].example_pilot
    assert pilot

    reply = answered.press("/ask_example")

    assert knowledge.course.topics[pilot].about in reply.bubbles[0].text


@pytest.mark.parametrize("length", ["more", "simpler", "example"])
def test_length_that_is_not_written_is_not_invented(chat: Chat, knowledge: Knowledge, length: str) -> None:
    """Where an entry has no such passage, the tutor says so."""
    missing = [entry.id for entry in knowledge.entries.values() if getattr(entry, length) is None]
    for topic in missing[:1]:
        chat.press(f'/ask_topic{{"topic_id": "{topic}"}}')

        assert chat.press(f"/ask_{length}").names == [f"utter_no_{length}"]


@pytest.mark.parametrize("intent", ["ask_more", "ask_simpler", "ask_example"])
def test_follow_up_on_nothing_asks_about_what(chat: Chat, intent: str) -> None:
    """Before any answer, the tutor asks what it is about."""
    assert chat.press(f"/{intent}").names == ["utter_about_what"]


def test_follow_up_on_a_card_offers_its_topics(chat: Chat, knowledge: Knowledge) -> None:
    """In a lesson, more leads to what the lesson is about; every button leads to an answer."""
    chat.press("/start_course")

    reply = chat.press("/ask_more")

    assert reply.names == ["utter_more_on_lesson"]
    assert reply.button("Back to my lesson")
    for payload in reply.payloads("ask_topic"):
        assert chat.press(payload).names[0] == "utter_answer"


def test_sources_of_answer_are_named(answered: Chat, knowledge: Knowledge) -> None:
    """Every source of the entry is named, with its address."""
    reply = answered.press("/ask_sources")

    assert reply.names == ["utter_sources"]
    for source in knowledge.cited(knowledge.entries[TOPIC].sources):
        assert source.title in reply.text and source.url in reply.text


def test_sources_of_card_are_named(chat: Chat, knowledge: Knowledge) -> None:
    """In a lesson the sources are those of the present card."""
    card = next(card for lesson in knowledge.lessons.values() for card in lesson.cards if card.body.sources)
    chat.stand_at(card.key)

    reply = chat.press("/ask_sources")

    assert all(source.title in reply.text for source in knowledge.cited(card.body.sources))


def test_sources_without_answer_are_told_in_general(chat: Chat) -> None:
    """Before any answer the tutor says what it rests on as a whole."""
    assert chat.press("/ask_sources").names == ["utter_sources_in_general"]


@pytest.mark.parametrize(("title", "response", "is_helpful"), [("👍", "utter_glad", 1), ("👎", "utter_sorry", 0)])
def test_rating_is_stored_for_its_answer(
    chat: Chat, database: Path, title: str, response: str, is_helpful: int
) -> None:
    """A thumb counts for the answer under which it stands, also after another answer."""
    first = chat.press(f'/ask_topic{{"topic_id": "{TOPIC}"}}')
    chat.press('/ask_topic{"topic_id": "pilot.estonia"}')

    reply = chat.press(first.button(title))

    assert reply.names == [response]
    assert read(database, RATINGS) == [(TOPIC, is_helpful)]


def test_rating_typed_counts_for_last_answer(answered: Chat, database: Path) -> None:
    """What is typed about an answer is about the last one."""
    answered.type("that was not helpful", "rate_unhelpful")

    assert read(database, RATINGS) == [(TOPIC, 0)]


def test_rating_message_again_is_stored_once(answered: Chat, database: Path) -> None:
    """The same thumb message twice is one rating."""
    first, again = (answered.press("/rate_helpful", message_id="same") for _ in range(2))

    assert first == again
    assert read(database, RATINGS) == [(TOPIC, 1)]


def test_rating_of_nothing_claims_nothing(chat: Chat, database: Path) -> None:
    """With no answer to rate, the tutor does not say that it noted anything."""
    unhelpful = chat.type("not helpful", "rate_unhelpful")
    helpful = chat.press('/rate_helpful{"topic_id": "no.such"}')

    assert (unhelpful.names, helpful.names) == (["utter_ask_me"], ["utter_glad"])
    assert read(database, RATINGS) == []


@pytest.mark.parametrize(
    "text",
    [
        "One. " * 40,
        "\n\n".join(["word " * 50] * 3),
        "Short.\n\n" + "A sentence of five words. " * 30,
        "\n\n".join(f"- {'item ' * 20}" for _ in range(6)),
    ],
)
def test_long_text_is_split_and_nothing_lost(text: str) -> None:
    """A long text becomes bubbles of at most the limit; all words are there, in order."""
    bubbles = split_text(text)

    assert all(count_words(bubble) <= BUBBLE_LIMIT_WORDS for bubble in bubbles)
    assert " ".join(bubbles).split() == text.split()
