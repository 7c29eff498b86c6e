"""How far a person is in the course. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.model import Knowledge, Lesson
from learning.outcomes import score
from learning.walk import Place

State = Literal["done", "begun", "open"]
Outcomes = dict[str, dict[str, list[str]]]


@dataclass(frozen=True)
class Result:
    """What came of one lesson, which has one objective: items right at the first try, in the end, and answered."""

    title: str
    objective: str
    step: int
    steps: int
    is_done: bool
    right_first: int
    right: int
    answered: int
    items: int


@dataclass(frozen=True)
class ThemedLesson:
    """A lesson on the map of the course."""

    title: str
    state: State


@dataclass(frozen=True)
class Themed:
    """A theme on the map of the course, with its lessons in order."""

    title: str
    lessons: tuple[ThemedLesson, ...]

    @property
    def done(self) -> int:
        """How many of its lessons are done."""
        return sum(one.state == "done" for one in self.lessons)


def by_theme(knowledge: Knowledge, places: Sequence[Place]) -> list[Themed]:
    """Lay out the whole course by theme, with what is done, begun and still ahead."""
    states: dict[str, State] = {place.lesson_id: "done" if place.is_done else "begun" for place in places}
    return [
        Themed(theme.title, tuple(ThemedLesson(one.title, states.get(one.id, "open")) for one in theme.lessons))
        for theme in knowledge.course.themes
    ]


def results(knowledge: Knowledge, places: Sequence[Place], outcomes: Outcomes) -> list[Result]:
    """List the results of every lesson begun that still stands in the course, in the order of ``places``."""
    begun = [(place, knowledge.lessons[place.lesson_id]) for place in places if place.lesson_id in knowledge.lessons]
    return [_result(lesson, place, outcomes.get(lesson.id, {})) for place, lesson in begun]


def _result(lesson: Lesson, place: Place, outcomes: dict[str, list[str]]) -> Result:
    points, steps = score(lesson, outcomes), len(lesson.steps)
    return Result(
        title=lesson.title,
        objective=lesson.objective,
        step=min(place.number + 1, steps),
        steps=steps,
        is_done=place.is_done,
        right_first=points["right_first"],
        right=points["right"],
        answered=points["answered"],
        items=points["items"],
    )


def minutes_left(knowledge: Knowledge, places: Sequence[Place]) -> int:
    """Add up the minutes of the lessons that are not done; of one that is begun, of the steps that are left."""
    known = {place.lesson_id: place for place in places}
    return round(sum(_left(lesson, known.get(lesson.id)) for lesson in knowledge.lessons.values()))


def _left(lesson: Lesson, place: Place | None) -> float:
    if place is None:
        return float(lesson.minutes)
    share = 1 - min(place.number, len(lesson.steps)) / max(len(lesson.steps), 1)
    return 0.0 if place.is_done else lesson.minutes * share


def next_lesson(knowledge: Knowledge, places: Sequence[Place]) -> Lesson | None:
    """Return the lesson to go on with: the latest that is begun and not done, or the first that is not begun."""
    done = {place.lesson_id for place in places if place.is_done}
    begun = [place.lesson_id for place in places if not place.is_done]
    ahead = [plan.id for plan in knowledge.course.lessons if plan.id not in done]
    return next((knowledge.lessons[one] for one in (*begun, *ahead) if one in knowledge.lessons), None)
