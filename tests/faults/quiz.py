"""Somebody in the middle of the first lesson's quiz, as the fault tests need it again and again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knowledge.loader import load_knowledge
from knowledge.model import Item
from tests.person import Person
from tests.running import RunningTutor

LETTERS = "ABCDEF"


@dataclass
class Quiz:
    """A person before an open item.

    Args:
        right: What to type for the right answer, such as "b and d".
        entered_at: Number of the step at which the item stands, from 1.
    """

    person: Person
    right: str
    entered_at: int

    def place(self) -> int:
        """Return the number of the step that the newest reply stands at."""
        told: list[dict[str, Any]] = [message["progress"] for message in self.person.newest if message["progress"]]
        return int(told[-1]["done"])


def enter_quiz(tutor: RunningTutor) -> Quiz:
    """Bring somebody new to the first item of the first lesson."""
    person = Person(tutor.url)
    person.begin()
    person.press("Take a lesson")
    person.say("quiz me")
    quiz = Quiz(person, _right_answer(), 0)
    quiz.entered_at = quiz.place()
    return quiz


def _right_answer() -> str:
    item = _first_item()
    return " and ".join(LETTERS[n] for n, option in enumerate(item.options) if option.is_right).lower()


def _first_item() -> Item:
    knowledge = load_knowledge()
    first = next(plan.id for plan in knowledge.course.lessons if plan.id in knowledge.lessons)
    return knowledge.lessons[first].items[0]
