"""After an answer or a card: more, simpler, an example, the sources."""

from __future__ import annotations

import pytest

from knowledge.checks import count_words
from knowledge.model import Knowledge
from telling.bubbles import BUBBLE_LIMIT_WORDS, split_text
from tests.bot.actions.chat import Chat

TOPIC = "system.co-creation"
PILOT = "pilot.estonia"


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


@pytest.mark.parametrize(("intent", "length"), [("ask_simpler", "simpler"), ("ask_example", "example")])
def test_follow_up_on_a_card_is_told_of_its_topic(chat: Chat, knowledge: Knowledge, intent: str, length: str) -> None:
    """At a card, simpler words and an example are those of a topic of its lesson, which is named, with the way back."""
    card = next(card for lesson in knowledge.lessons.values() for card in lesson.cards if card.kind == "card")
    chat.stand_at(card.key)
    lesson = knowledge.lessons[chat.slots["lesson_id"]]

    reply = chat.press(f"/{intent}")
    topic = chat.slots["last_topic_id"]
    back = chat.press(reply.button("Back to my lesson"))

    assert reply.names[0] == "utter_card_is_about"
    assert topic in lesson.topics
    assert getattr(knowledge.entries[topic], length).text in reply.text
    assert card.title in back.text


def test_simpler_words_of_a_story_are_those_of_its_pilot(chat: Chat, knowledge: Knowledge) -> None:
    """Who finds a story hard is told of its pilot in easier words."""
    story = next(card for lesson in knowledge.lessons.values() for card in lesson.cards if card.pilot)
    chat.stand_at(story.key)

    reply = chat.press("/ask_simpler")

    simpler = knowledge.entries[story.pilot or ""].simpler
    assert simpler and reply.bubbles[1].text == simpler.text


def test_item_that_is_too_hard_is_given_its_hint(chat: Chat) -> None:
    """Who does not understand a question gets its hint, with the options."""
    item = chat.open("one right")

    reply = chat.type("i dont understand the question", "ask_simpler")

    assert reply.names == ["utter_hint"]
    assert item.hint in reply.text
    assert chat.slots["step"] == "item"


def test_more_on_a_topic_that_was_only_offered_is_its_answer(chat: Chat, knowledge: Knowledge) -> None:
    """Of a choice nothing was told yet: more begins with the answer."""
    chat.slots |= {"last_topic_id": TOPIC, "last_section": "", "last_question": "co-creation or what"}

    reply = chat.press("/ask_more")

    assert reply.bubbles[0].text == knowledge.entries[TOPIC].answer.text
    assert chat.slots["last_section"] == "answer"


@pytest.mark.parametrize(("intent", "length"), [("", "answer"), ("ask_more", "more"), ("ask_simpler", "simpler")])
def test_sources_are_those_of_what_was_told(answered: Chat, knowledge: Knowledge, intent: str, length: str) -> None:
    """Every source of the section told last is named, with its address."""
    if intent:
        answered.press(f"/{intent}")

    reply = answered.press("/ask_sources")

    assert reply.names[0] == "utter_sources"
    for source in knowledge.cited(getattr(knowledge.entries[TOPIC], length).sources):
        assert source.title in reply.text and source.url in reply.text


def test_sources_of_a_side_of_a_pilot_are_its_own(chat: Chat, knowledge: Knowledge) -> None:
    """After the money of a pilot, the sources are those of these facts."""
    chat.press(f'/ask_topic{{"topic_id": "{PILOT}"}}')
    chat.type("who paid for it")
    facts = knowledge.pilots[PILOT].facts["money"]

    reply = chat.press("/ask_sources")

    named = {source.title for fact in facts for source in knowledge.cited(fact.sources)}
    assert all(title in reply.text for title in named)
    assert reply.text.count("- [") == len({key for fact in facts for key in fact.sources})


def test_sources_of_card_are_named(chat: Chat, knowledge: Knowledge) -> None:
    """In a lesson the sources are those of the present card."""
    card = next(card for lesson in knowledge.lessons.values() for card in lesson.cards if card.body.sources)
    chat.stand_at(card.key)

    reply = chat.press("/ask_sources")

    assert all(source.title in reply.text for source in knowledge.cited(card.body.sources))


def test_sources_without_answer_are_told_in_general(chat: Chat) -> None:
    """Before any answer the tutor says what it rests on as a whole."""
    assert chat.press("/ask_sources").names == ["utter_sources_in_general"]


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
