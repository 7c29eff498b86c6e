"""The first lesson on a phone, from the greeting to the summary."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from knowledge.loader import load_knowledge
from knowledge.model import Card, Item, Lesson
from learning.ordering import letters
from tests.browser.chat import WIDE, Chat
from tests.browser.conftest import OpenChat

QUESTION = "Is a yearly survey co-creation?"
LETTERS = "ABCDEF"


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    """Give the lesson that somebody new begins with."""
    knowledge = load_knowledge()
    return next(knowledge.lessons[plan.id] for plan in knowledge.course.lessons if plan.id in knowledge.lessons)


def shown(text: str) -> str:
    """Return the beginning of a text of the course as the page shows it."""
    return re.sub(r"[*_]", "", text.split("\n")[0])


def answer_right(chat: Chat, item: Item, *, is_typed: bool) -> str:
    """Answer an item, by typing or by pressing."""
    right = [letters(item)[option.key] for option in item.options if option.is_right]
    if item.asks_sure:
        asked = chat.say(right[0].lower()) if is_typed else chat.press(f"{right[0]}. ")
        assert "how sure are you" in asked
        return chat.say("pretty sure") if is_typed else chat.press("Sure")
    if is_typed:
        return chat.say(" and ".join(right).lower())
    if item.kind not in ("several right", "put in order"):
        return chat.press(f"{right[0]}. ")
    for letter in right[:-1] if item.kind == "put in order" else right:
        chat.press(f"{letter}. ")
    return chat.press("That is my answer")


def go_on(chat: Chat, *, is_typed: bool) -> str:
    """Take the next step, by typing or by pressing."""
    return chat.say("next") if is_typed else chat.press("Next")


def expect_step(chat: Chat, lesson: Lesson, number: int) -> None:
    """Make sure that the page is at a step, counted from 1, and its bar too."""
    step = lesson.steps[number - 1]
    expect(chat.replies.last).to_contain_text(step.title if isinstance(step, Card) else shown(step.stem.text))
    expect(chat.page.locator("#lesson-text")).to_have_text(f"{lesson.title}, step {number} of {len(lesson.steps)}")
    expect(chat.progress).to_have_js_property("value", number)
    expect(chat.progress).to_have_js_property("max", len(lesson.steps))


def test_lesson_on_phone_goes_from_greeting_to_summary(open_chat: OpenChat, lesson: Lesson) -> None:
    """Every step is told, by buttons and by typing in turn; one item is missed once, and the end counts it."""
    chat = open_chat()
    expect(chat.progress).to_be_hidden()
    chat.press("Take a lesson")
    missed = next(item for item in lesson.items if item.kind == "one right" and not item.asks_sure)

    for number, step in enumerate(lesson.steps, start=1):
        expect_step(chat, lesson, number)
        if isinstance(step, Item):
            expect(chat.options).to_have_count(len(step.options))
            if step is missed:
                wrong = next(n for n, option in enumerate(step.options) if not option.is_right)
                assert shown(step.options[wrong].feedback.text) in chat.say(LETTERS[wrong])
            feedback = answer_right(chat, step, is_typed=number % 2 == 0)
            assert all(shown(option.feedback.text) in feedback for option in step.options if option.is_right)
        go_on(chat, is_typed=number % 2 == 1)

    count = len(lesson.items)
    expect(chat.replies.last).to_contain_text(lesson.title)
    expect(chat.replies.last).to_contain_text(
        f"{count} of {count} questions: {count} right in the end, {count - 1} of them at once"
    )
    expect(chat.progress).to_have_js_property("value", len(lesson.steps))
    assert chat.complaints == []


def test_question_in_lesson_leads_back_to_same_card(open_chat: OpenChat, lesson: Lesson) -> None:
    """A question in the middle is answered with its sources, and one press leads back to the card."""
    chat = open_chat()
    chat.press("Take a lesson")
    chat.press("Next")

    answer = chat.say(QUESTION)
    chat.press("Back to my lesson")

    assert "Sources" in answer
    expect_step(chat, lesson, 2)


def test_reload_in_lesson_keeps_history_and_place(open_chat: OpenChat, lesson: Lesson) -> None:
    """After loading the page anew all that was said is there, with the bar and the buttons that can be pressed."""
    chat = open_chat()
    chat.press("Take a lesson")
    chat.press("Next")
    chat.say(QUESTION)
    chat.say("go on with the lesson")
    before = chat.conversation()

    chat.open()

    assert chat.conversation() == before
    expect_step(chat, lesson, 2)
    chat.press("Next")
    expect_step(chat, lesson, 3)


def test_option_pressed_earlier_cannot_be_pressed_again(open_chat: OpenChat, lesson: Lesson) -> None:
    """Buttons go with the turn that they belong to."""
    chat = open_chat()
    chat.press("Take a lesson")
    chat.say("quiz me")
    expect(chat.options).to_have_count(len(lesson.items[0].options))

    chat.say("hint please")
    chat.press("Skip")

    assert chat.page.locator(".replies").count() == 1
    expect(chat.replies.last.locator(".replies")).to_be_visible()


def test_lesson_on_wide_screen_stays_readable(open_chat: OpenChat, lesson: Lesson) -> None:
    """On a wide screen the text keeps to a column, and nothing runs out of the page."""
    chat = open_chat(**WIDE)

    chat.press("Take a lesson")

    expect_step(chat, lesson, 1)
    widest = max(bubble.bounding_box()["width"] for bubble in chat.page.locator(".bubble").all())  # type: ignore[index]
    assert widest <= 720
    assert chat.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
