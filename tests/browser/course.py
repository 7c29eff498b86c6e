"""Ways through the course on the page: to a lesson by its name, and to a step of it."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.loader import load_knowledge
from knowledge.model import Card, Item, Lesson, Step
from tests.browser.chat import Chat

KNOWLEDGE = load_knowledge()


def find_step(is_wanted: Callable[[Step], bool]) -> tuple[Lesson, int]:
    """Find the first step of the course that is wanted: its lesson and its number in it, from 0."""
    lessons = [KNOWLEDGE.lessons[plan.id] for plan in KNOWLEDGE.course.lessons if plan.id in KNOWLEDGE.lessons]
    return next((lesson, n) for lesson in lessons for n, step in enumerate(lesson.steps) if is_wanted(step))


def find_order() -> tuple[Lesson, Item]:
    """Find the first item to put in order."""
    lesson, number = find_step(lambda step: isinstance(step, Item) and step.kind == "put in order")
    item = lesson.steps[number]
    assert isinstance(item, Item)
    return lesson, item


def find_picture() -> tuple[Lesson, Card]:
    """Find the first card with a picture."""
    lesson, number = find_step(lambda step: isinstance(step, Card) and bool(step.body.image))
    card = lesson.steps[number]
    assert isinstance(card, Card)
    return lesson, card


def go_to(chat: Chat, lesson: Lesson, wanted: Step) -> str:
    """Open a lesson by its name and walk to one of its steps; return what the tutor says there."""
    told = chat.say(f"Open the lesson {lesson.title}")
    for step in lesson.steps:
        if step is wanted or step == wanted:
            return told
        told = chat.press("Skip" if isinstance(step, Item) else "Next")
    raise LookupError(f"{lesson.id} has no step {wanted.key}")
