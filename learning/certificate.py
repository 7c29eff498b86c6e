"""Whether a learner has done what a certificate asks for, and what is missing. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.model import Knowledge, Lesson
from learning.progress import Outcomes
from learning.walk import Place

MINUTES_AN_HOUR = 60


@dataclass(frozen=True)
class Certified:
    """What a certificate says, and nothing about whose it is.

    ``titles`` are those of the lessons that were done; ``lessons_asked`` and ``score_percent`` were asked for;
    ``minutes`` is how long the lessons take, and ``version`` which state of the content it was.
    """

    course: str
    version: str
    titles: tuple[str, ...]
    lessons_asked: int
    score_percent: int
    minutes: int

    @property
    def lessons(self) -> int:
        """How many lessons were done."""
        return len(self.titles)

    @property
    def hours(self) -> float:
        """How long the lessons take, in halves of an hour, at least one half."""
        return max(0.5, round(self.minutes / MINUTES_AN_HOUR * 2) / 2)


@dataclass(frozen=True)
class Standing:
    """Where a learner stands with a certificate. ``left`` are the lessons to go on with, in the order of the course."""

    certified: Certified
    left: tuple[Lesson, ...]
    right: int
    items: int

    @property
    def lessons_to_go(self) -> int:
        """How many lessons are missing."""
        return max(0, self.certified.lessons_asked - self.certified.lessons)

    @property
    def right_asked(self) -> int:
        """How many right answers are asked for, of the questions in the lessons that are done."""
        return math.ceil(self.items * self.certified.score_percent / 100)

    @property
    def right_to_go(self) -> int:
        """How many right answers are missing."""
        return max(0, self.right_asked - self.right)

    @property
    def is_met(self) -> bool:
        """Whether the certificate may be given."""
        return self.certified.lessons > 0 and not self.lessons_to_go and not self.right_to_go


def standing(knowledge: Knowledge, places: Sequence[Place], outcomes: Outcomes) -> Standing:
    """Hold what a learner has done against the course's criterion.

    Lessons count that stand in the course and are done. A question counts as answered right when it was right at any
    try, in its lesson or when it came back. So a text that is changed later takes nothing away.

    Args:
        knowledge: The course as it is now.
        places: The learner's place in each lesson.
        outcomes: The outcomes of each item, by the lesson or sitting in which it was answered.
    """
    lessons = [knowledge.lessons[plan.id] for plan in knowledge.course.lessons if plan.id in knowledge.lessons]
    done_ids = {place.lesson_id for place in places if place.is_done}
    done = [lesson for lesson in lessons if lesson.id in done_ids]
    right_ids = {item_id for one in outcomes.values() for item_id, tries in one.items() if "right" in tries}
    items = [item.id for lesson in done for item in lesson.items]
    asked = knowledge.course.certificate
    certified = Certified(
        course=knowledge.course.title,
        version=knowledge.version,
        titles=tuple(lesson.title for lesson in done),
        lessons_asked=len(lessons) if asked.lessons is None else min(asked.lessons, len(lessons)),
        score_percent=asked.score_percent,
        minutes=sum(lesson.minutes for lesson in done),
    )
    left = tuple(lesson for lesson in lessons if lesson.id not in done_ids)
    return Standing(certified, left, sum(one in right_ids for one in items), len(items))
