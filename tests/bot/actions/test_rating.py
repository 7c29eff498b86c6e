"""Whether an answer helped, and why not: stored once, and put right at once where that is possible."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.actions.rating import NO_REASON, TITLE_OF_REASON
from knowledge.model import Knowledge
from learning.tables import rating
from tests.bot.actions.chat import Chat, Reply
from tests.bot.actions.records import read

TOPIC, OTHER = "system.co-creation", "pilot.estonia"
RATINGS = "SELECT topic_id, is_helpful, reason FROM rating ORDER BY id"


@pytest.fixture
def answered(chat: Chat) -> Chat:
    """Give a chat in which a question was just answered."""
    chat.press(f'/ask_topic{{"topic_id": "{TOPIC}"}}')
    return chat


def reason_payload(reason: str, topic: str = TOPIC) -> str:
    """Return what the button of a reason says."""
    return f'/rate_reason{{"topic_id": "{topic}", "reason": "{reason}"}}'


@pytest.mark.parametrize(("title", "response", "is_helpful"), [("👍", "utter_glad", 1), ("👎", "utter_sorry", 0)])
def test_rating_is_stored_for_its_answer(
    chat: Chat, database: Path, title: str, response: str, is_helpful: int
) -> None:
    """A thumb counts for the answer under which it stands, also after another answer."""
    first = chat.press(f'/ask_topic{{"topic_id": "{TOPIC}"}}')
    chat.press(f'/ask_topic{{"topic_id": "{OTHER}"}}')

    reply = chat.press(first.button(title))

    assert reply.names == [response]
    assert read(database, RATINGS) == [(TOPIC, is_helpful, None)]


def test_rating_typed_counts_for_last_answer(answered: Chat, database: Path) -> None:
    """What is typed about an answer is about the last one, and offers the same reasons as the thumb."""
    typed = answered.type("that was not helpful", "rate_unhelpful")
    pressed = answered.press(f'/rate_unhelpful{{"topic_id": "{TOPIC}"}}')

    assert read(database, RATINGS) == [(TOPIC, 0, None)] * 2
    assert typed == pressed
    assert _reasons(typed) == [*TITLE_OF_REASON, NO_REASON]


def _reasons(reply: Reply) -> list[str]:
    named = [json.loads(payload.removeprefix("/rate_reason")) for payload in reply.payloads("rate_reason")]
    assert {one["topic_id"] for one in named} == {TOPIC}
    return [one["reason"] for one in named]


def test_rating_message_again_is_stored_once(answered: Chat, database: Path) -> None:
    """The same thumb message twice is one rating."""
    first, again = (answered.press("/rate_helpful", message_id="same") for _ in range(2))

    assert first == again
    assert read(database, RATINGS) == [(TOPIC, 1, None)]


def test_rating_of_nothing_claims_nothing(chat: Chat, database: Path) -> None:
    """With no answer to rate, the tutor does not say that it noted anything."""
    unhelpful = chat.type("not helpful", "rate_unhelpful")
    helpful = chat.press('/rate_helpful{"topic_id": "no.such"}')

    assert (unhelpful.names, helpful.names) == (["utter_ask_me"], ["utter_glad"])
    assert read(database, RATINGS) == []


def test_rating_after_a_refusal_is_not_about_the_answer_before(answered: Chat, database: Path) -> None:
    """Who finds an honest no unhelpful does not blame the answer that stood before it."""
    answered.type("who won the football world cup", "out_of_scope")

    reply = answered.type("that doesnt help", "rate_unhelpful")

    assert reply.names == ["utter_ask_me"]
    assert read(database, RATINGS) == []


@pytest.mark.parametrize("reason", TITLE_OF_REASON)
def test_reason_is_stored_with_its_rating(answered: Chat, database: Path, reason: str) -> None:
    """The reason stands in the row of the rating; the reply offers a way on."""
    sorry = answered.press(f'/rate_unhelpful{{"topic_id": "{TOPIC}"}}')

    reply = answered.press(sorry.button(TITLE_OF_REASON[reason]))

    assert read(database, RATINGS) == [(TOPIC, 0, reason)]
    assert len(reason) <= rating.c.reason.type.length
    assert reply.buttons


def test_reason_message_again_is_stored_once(answered: Chat, database: Path) -> None:
    """The same message twice is told the same, and changes one row."""
    answered.press("/rate_unhelpful")
    slots = dict(answered.slots)

    first = answered.press(reason_payload("wrong"), message_id="same")
    answered.slots = slots
    again = answered.press(reason_payload("wrong"), message_id="same")

    assert first == again
    assert read(database, RATINGS) == [(TOPIC, 0, "wrong")]


def test_later_reason_counts(answered: Chat, database: Path) -> None:
    """Who presses another reason corrects the first one."""
    answered.press("/rate_unhelpful")

    for reason in ("old", "wrong"):
        answered.press(reason_payload(reason))

    assert read(database, RATINGS) == [(TOPIC, 0, "wrong")]


@pytest.mark.parametrize(
    "payload",
    [
        reason_payload(NO_REASON),
        reason_payload("no such"),
        reason_payload("wrong", "no.such"),
        f'/rate_reason{{"topic_id": "{TOPIC}"}}',
        "/rate_reason",
    ],
)
def test_no_reason_leaves_the_rating_as_it_is(answered: Chat, database: Path, payload: str) -> None:
    """Nobody has to say why; and a button that names nothing known stores nothing."""
    answered.press("/rate_unhelpful")

    reply = answered.press(payload)

    assert reply.names == ["utter_reason_none"]
    assert reply.payloads() == ["/ask_help"]
    assert read(database, RATINGS) == [(TOPIC, 0, None)]


def test_answer_that_was_too_hard_is_told_simpler(answered: Chat, knowledge: Knowledge) -> None:
    """Who says that it was too hard gets the easier words at once; a second time they are not repeated."""
    simpler = knowledge.entries[TOPIC].simpler
    assert simpler

    first = answered.press(reason_payload("hard"))
    again = answered.press(reason_payload("hard"))

    assert first.names[:2] == ["utter_reason_hard", "utter_answer"]
    assert first.bubbles[1].text == simpler.text
    assert again.names == ["utter_reason_noted"]


def test_answer_to_another_question_offers_what_is_near(chat: Chat, knowledge: Knowledge) -> None:
    """Who asked something else is offered what the question may have meant, and not the same again."""
    chat.type("what is co-creation", "ask_system")
    topic = chat.slots["last_topic_id"]

    reply = chat.press(reason_payload("other", topic))

    near = [json.loads(payload.removeprefix("/ask_topic"))["topic_id"] for payload in reply.payloads("ask_topic")]
    assert reply.names == ["utter_reason_other"]
    assert len(near) == 2 and topic not in near


@pytest.mark.parametrize("reason", ["wrong", "old"])
def test_answer_that_is_wrong_or_old_shows_its_sources(answered: Chat, knowledge: Knowledge, reason: str) -> None:
    """Who doubts an answer can look at what it rests on, also after another answer."""
    answered.press(f'/ask_topic{{"topic_id": "{OTHER}"}}')

    reply = answered.press(reason_payload(reason))
    sources = answered.press(reply.button("Show the sources"))

    assert reply.names == ["utter_reason_noted"]
    assert all(one.title in sources.text for one in knowledge.cited(knowledge.entries[TOPIC].answer.sources))


def test_rating_in_a_lesson_leads_back_to_it(chat: Chat) -> None:
    """Inside a lesson the way back stands beside the reasons, and one may just go on."""
    item = chat.open("one right")
    chat.type("what is co-creation?", "ask_system")

    sorry = chat.press(f'/rate_unhelpful{{"topic_id": "{TOPIC}"}}')
    on = chat.press(sorry.button("Back to my question"))

    assert item.stem.text in on.text
