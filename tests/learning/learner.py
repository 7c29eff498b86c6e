"""Somebody who takes lessons in tests."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from knowledge.model import Lesson
from learning.lessons import LessonWalk
from learning.store import LearningStore, Payload
from tests.learning.samples import a_card, a_knowledge, a_lesson, an_item

ANN = "ann"
LESSON = a_lesson(
    a_card("opening"),
    an_item("where", "b"),
    a_card("yours", keep_as="own"),
    an_item("who", "ac", "several right"),
)


class Learner:
    """Somebody who takes lessons: every move is a message of its own, unless an id is given."""

    def __init__(self, store: LearningStore, *lessons: Lesson, name: str = ANN) -> None:
        self.store = store
        self.name = name
        self._numbers = count()
        self.walk = LessonWalk(a_knowledge(*lessons), store)

    def sees(self, *lessons: Lesson) -> None:
        """Go on in another edition of the course."""
        self.walk = LessonWalk(a_knowledge(*lessons), self.store)

    def do(self, move: str, *arguments: Any, message_id: str = "") -> Payload:
        """Make a move of ``LessonWalk`` by its name."""
        method: Callable[..., Payload] = getattr(self.walk, move)
        return method(self.name, message_id or f"m{next(self._numbers)}", *arguments)

    def answer(self, letters: str, item_id: str | None = None) -> Payload:
        """Answer the open item with the keys of options, in this order."""
        return self.do("answer", tuple(letters), item_id)

    def stands_at(self) -> str:
        """Tell the key of the present step."""
        found = self.walk.where(self.name)
        return found[1].key if found else ""
