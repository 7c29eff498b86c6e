"""Cards are told whole: within the limits of a bubble, with their notes, and with their pictures."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answer_view import tell_entry
from bot.actions.composition import Parts
from bot.actions.turn import Turn
from knowledge.checks import count_words
from knowledge.model import Card, CardKind, Lesson, Picture
from learning.lessons import LessonWalk
from telling.bubbles import BUBBLE_LIMIT_WORDS
from tests.bot.actions.chat import Chat, Reply
from tests.learning.samples import NOWHERE, a_lesson, a_passage

LADDER = Picture("ladder", "The ladder", "Eight rungs in three bands.", (), NOWHERE, (720, 640))
SHOWN = {"name": "ladder", "title": LADDER.title, "alt": LADDER.alt, "width": 720, "height": 640}
TellCard = Callable[[Card], Reply]


@pytest.fixture
def tell(parts: Parts) -> TellCard:
    """Give somebody who is told one card, as the first of a lesson."""

    def tell_it(card: Card) -> Reply:
        lesson = a_lesson(card)
        chat = Chat(with_lesson(parts, lesson))
        chat.press(f'/choose_lesson{{"lesson_id": "{lesson.id}"}}')
        return chat.press("/repeat_card")

    return tell_it


def with_lesson(parts: Parts, lesson: Lesson) -> Parts:
    """Put one lesson and one picture in place of those of the course."""
    knowledge = replace(parts.knowledge, lessons={lesson.id: lesson}, pictures={LADDER.name: LADDER})
    return replace(parts, knowledge=knowledge, walk=LessonWalk(knowledge, parts.store))


def a_long_card(words: int, note_words: int = 0, kind: CardKind = "card", image: str | None = None) -> Card:
    """Make a card of so many words, in sentences of ten."""
    text = " ".join("Word" + " word" * 8 + " word." if n % 10 == 0 else "" for n in range(words)).split()
    note = " ".join(["note"] * note_words) or None
    return Card("long", kind, "A title of five words", replace(a_passage(" ".join(text)), image=image), note=note)


@pytest.mark.parametrize("kind", ["card", "story", "reflect"])
@pytest.mark.parametrize(
    ("words", "note_words", "count"),
    [(20, 0, 1), (80, 0, 1), (90, 0, 2), (60, 20, 1), (80, 20, 2), (80, 88, 2), (90, 85, 3)],
)
def test_card_is_told_whole_in_short_bubbles(
    tell: TellCard, kind: CardKind, words: int, note_words: int, count: int
) -> None:
    """Title, body and note are all told; what does not fit into one bubble stands in the next."""
    reply = tell(a_long_card(words, note_words, kind))

    assert len(reply.bubbles) == count, reply.names
    assert all(count_words(bubble.text) <= BUBBLE_LIMIT_WORDS for bubble in reply.bubbles)
    assert "A title of five words" in reply.bubbles[0].text
    assert (reply.text.lower().count("word") - 1, reply.text.count("note")) == (words, note_words)
    assert [bool(bubble.buttons) for bubble in reply.bubbles] == [False] * (count - 1) + [True]


@pytest.mark.parametrize("kind", ["card", "story", "reflect"])
def test_picture_of_card_is_shown(tell: TellCard, kind: CardKind) -> None:
    """A card with a picture shows it, with its title, its description and its size."""
    (bubble,) = tell(a_long_card(30, kind=kind, image="ladder")).bubbles

    assert bubble.image == SHOWN


def test_picture_of_split_card_is_shown_once(tell: TellCard) -> None:
    """A card in two bubbles shows its picture where its text ends."""
    reply = tell(a_long_card(90, image="ladder"))

    assert [bubble.image for bubble in reply.bubbles] == [None, SHOWN]


def test_card_without_picture_shows_none(tell: TellCard) -> None:
    """No picture is no field at all."""
    assert tell(a_long_card(30)).bubbles[0].image is None


def test_unknown_picture_is_left_out_and_logged(tell: TellCard, caplog: pytest.LogCaptureFixture) -> None:
    """A name without a drawing shows nothing, and the log names it."""
    with caplog.at_level(logging.WARNING):
        (bubble,) = tell(a_long_card(30, image="no-such")).bubbles

    assert bubble.image is None
    assert "picture 'no-such' is not shown" in caplog.text


@pytest.mark.parametrize("length", ["answer", "more", "simpler", "example"])
def test_picture_of_answer_is_shown_with_its_section(parts: Parts, length: str) -> None:
    """An answer's section with a picture shows it, once, at its end."""
    parts = with_lesson(parts, a_lesson())
    entry = next(entry for entry in parts.knowledge.entries.values() if entry.example)
    section = replace(getattr(entry, length), image="ladder")
    dispatcher = CollectingDispatcher()
    turn = Turn(dispatcher, Tracker("ann", {}, {}, [], False, None, {}, None), parts)

    tell_entry(turn, replace(entry, **{length: section}), length)

    told = [one for one in dispatcher.messages if one["response"] in ("utter_answer", "utter_example")]
    assert [one["image"] for one in told] == [None] * (len(told) - 1) + [SHOWN]
