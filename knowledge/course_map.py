"""The map of the course: its themes, lessons and topics in their order, whether they are written yet or not."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.passage import Place

MAP = Place("course.yml", 1)


@dataclass(frozen=True)
class Topic:
    """Something the course teaches or answers; ``group`` is its theme, ``roadmap``, ``pilot`` or ``about``."""

    id: str
    title: str
    about: str
    group: str
    lesson: str | None
    place: Place = MAP


@dataclass(frozen=True)
class LessonPlan:
    """A lesson's place in the course, whether it is written yet or not."""

    id: str
    title: str
    objective: str
    theme: str
    place: Place = MAP


@dataclass(frozen=True)
class Theme:
    """One of the course's themes."""

    id: str
    title: str
    question: str
    lessons: tuple[LessonPlan, ...]


@dataclass(frozen=True)
class Criterion:
    """What a certificate asks for: lessons done, None for all, and how many of 100 questions answered right."""

    lessons: int | None = None
    score_percent: int = 0
    place: Place = MAP


@dataclass(frozen=True)
class Course:
    """Everything planned, in order; ``stages`` are the topics that are stages of the Roadmap."""

    title: str
    origin: str
    promise: str
    themes: tuple[Theme, ...]
    topics: dict[str, Topic]
    stages: tuple[str, ...] = ()
    place: Place = MAP
    certificate: Criterion = Criterion()

    @property
    def lessons(self) -> tuple[LessonPlan, ...]:
        """Every lesson of the course in its order."""
        return tuple(lesson for theme in self.themes for lesson in theme.lessons)
