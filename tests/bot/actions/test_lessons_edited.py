"""A lesson that an author changes under a person: they are told kindly, and no conversation breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.actions.composition import Parts
from bot.actions.edit_view import changes_in_words
from database import open_engine
from knowledge.model import Item, Lesson, Step
from learning.editions import keep_editions
from learning.lessons import LessonWalk
from tests.bot.actions.chat import Chat


@pytest.fixture
def lesson(parts: Parts) -> Lesson:
    """Give the first lesson of the course."""
    return parts.knowledge.lessons[parts.knowledge.course.lessons[0].id]


@pytest.fixture
def reader(chat: Chat, lesson: Lesson, database_url: str) -> Chat:
    """Give somebody at the third step of it."""
    engine = open_engine(database_url)
    keep_editions(engine, [lesson])
    engine.dispose()
    chat.press(f'/choose_lesson{{"lesson_id": "{lesson.id}"}}')
    chat.press("/skip_step")
    chat.press("/skip_step")
    return chat


def _change(chat: Chat, lesson: Lesson, *steps: Step) -> None:
    """Start the tutor on another edition."""
    edited = replace(lesson, steps=steps, version=f"{lesson.version[:9]}{len(steps):03}")
    knowledge = replace(chat.parts.knowledge, lessons={**chat.parts.knowledge.lessons, lesson.id: edited})
    chat.parts = replace(chat.parts, knowledge=knowledge, walk=LessonWalk(knowledge, chat.parts.store))


def test_step_gone_is_told_and_what_followed_is_shown(reader: Chat, lesson: Lesson) -> None:
    """One sentence says it, and the next step of the old order is there."""
    _change(reader, lesson, *lesson.steps[:2], *lesson.steps[3:])

    reply = reader.press("/continue_lesson")

    assert reply.names[0] == "utter_lesson_edited_gone"
    assert "1 step is gone" in reply.text
    following = lesson.steps[3]
    assert (following.stem.text if isinstance(following, Item) else following.title) in reply.text
    assert reader.press("/repeat_card").names[0] != "utter_lesson_edited_gone"


def test_change_elsewhere_is_told_once(reader: Chat, lesson: Lesson) -> None:
    """The person's own step is where it was."""
    _change(reader, lesson, lesson.steps[0], *lesson.steps[2:])

    reply = reader.press("/repeat_card")

    assert reply.names[0] == "utter_lesson_edited"
    assert reply.bubbles[-1].progress["done"] == 2


def test_message_that_comes_again_after_an_edit_is_told_where_the_person_is(reader: Chat, lesson: Lesson) -> None:
    """What it gave was about an edition that is gone: the present step is shown instead."""
    reader.press("/skip_step")
    payload = "/continue_lesson"
    reader._send(payload, "continue_lesson", {}, "same-id")
    _change(reader, lesson, lesson.steps[0])

    reply = reader._send(payload, "continue_lesson", {}, "same-id")

    assert reply.text and "utter_trouble" not in reply.names


def test_walk_over_changing_editions_never_meets_trouble(reader: Chat, lesson: Lesson) -> None:
    """Whatever is pressed or typed while steps come and go, the person gets an answer that is none of trouble."""
    orders = [lesson.steps, lesson.steps[::-1], lesson.steps[1:], lesson.steps[:1], lesson.steps[::2]]
    said = ["/continue_lesson", "/ask_hint", "/skip_step", "/start_quiz", "/repeat_card", "/previous_card"]
    names = []
    for number in range(30):
        _change(reader, lesson, *orders[number % len(orders)])
        names += reader.press(said[number % len(said)]).names
        names += reader.type("the first one", "answer_item").names

    assert "utter_trouble" not in names
    assert any(name.startswith("utter_lesson_edited") for name in names)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 2, 1), "1 step is new, 2 are reworded and 1 is gone"),
        ((0, 0, 2), "2 steps are gone"),
        ((3, 0, 1), "3 steps are new and 1 is gone"),
        ((0, 0, 0), ""),
    ],
)
def test_changes_are_counted_in_words(counts: tuple[int, int, int], words: str) -> None:
    """As somebody would say it."""
    assert changes_in_words(dict(zip(("new", "reworded", "gone"), counts, strict=True))) == words
