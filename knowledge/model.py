"""What the course is made of. All of it is read from ``knowledge/content`` and never changes while running."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from knowledge.course_map import Course as Course
from knowledge.course_map import LessonPlan as LessonPlan
from knowledge.course_map import Theme as Theme
from knowledge.course_map import Topic as Topic
from knowledge.passage import Passage as Passage
from knowledge.passage import Place as Place
from knowledge.passage import Source as Source

CardKind = Literal["card", "story", "reflect"]
ItemKind = Literal["one right", "several right", "true or false", "put in order"]
FACETS = tuple("people partners problem methods co_created results difficulties lessons money drivers brakes".split())
PLANNED = Place("planned.yml", 1)


@dataclass(frozen=True)
class Card:
    """One screen of a lesson that is read: a card, a story from a pilot, or a reflection."""

    key: str
    kind: CardKind
    title: str
    body: Passage
    pilot: str | None = None
    note: str | None = None
    keep_as: str | None = None


@dataclass(frozen=True)
class Option:
    """One choice of an item, with the feedback that a learner gets for it."""

    key: str
    text: str
    is_right: bool
    feedback: Passage
    misconception: str | None


@dataclass(frozen=True)
class Item:
    """One quiz question: a stem, its options, and a hint.

    The options of an item to ``put in order`` stand in the right order, and ``misconception`` says what another shows.
    """

    id: str
    key: str
    kind: ItemKind
    is_case: bool
    stem: Passage
    options: tuple[Option, ...]
    hint: str
    misconception: str | None = None
    asks_sure: bool = False  # people say how sure they are before they hear whether they are right

    @property
    def right_keys(self) -> frozenset[str]:
        """Keys of the options that make the answer right."""
        return frozenset(option.key for option in self.options if option.is_right)


Step = Card | Item


@dataclass(frozen=True)
class Lesson:
    """A lesson as it is taught: steps in order, then a summary."""

    id: str
    title: str
    objective: str
    minutes: int
    topics: tuple[str, ...]
    next: tuple[str, ...]
    steps: tuple[Step, ...]
    summary: str
    version: str
    place: Place

    @property
    def items(self) -> tuple[Item, ...]:
        """The quiz items, in order."""
        return tuple(step for step in self.steps if isinstance(step, Item))

    @property
    def cards(self) -> tuple[Card, ...]:
        """The steps that are read, in order."""
        return tuple(step for step in self.steps if isinstance(step, Card))


@dataclass(frozen=True)
class Entry:
    """The answer to one topic, in four lengths, with the questions that it answers."""

    id: str
    title: str
    lesson: str | None
    sources: tuple[str, ...]
    next: tuple[str, ...]
    questions: tuple[str, ...]
    answer: Passage
    more: Passage | None
    simpler: Passage | None
    example: Passage | None
    example_pilot: str | None
    place: Place
    question_places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Pilot:
    """One pilot of the project: facts by facet, each with its sources, and its story."""

    id: str
    title: str
    place_name: str
    country: str
    years: str
    facts: dict[str, tuple[Passage, ...]]
    story: Passage
    place: Place
    compare: dict[str, tuple[str, ...]] = field(default_factory=dict)
    compare_sources: tuple[str, ...] = ()
    compare_places: dict[str, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class Attribute:
    """Something in which a service can be like a pilot or not; ``values`` are keys with the words on their buttons."""

    key: str
    ask: str
    several: bool
    values: dict[str, str]
    place: Place


@dataclass(frozen=True)
class PlanQuestion:
    """One question of the Roadmap about a person's own project."""

    key: str
    theme: str
    ask: str
    help: str
    example: str
    sources: tuple[str, ...]
    note: str | None
    place: Place


@dataclass(frozen=True)
class Stage:
    """One stage of the walk through the Roadmap."""

    id: str
    title: str
    purpose: Passage
    questions: tuple[PlanQuestion, ...]
    tips: tuple[Passage, ...]
    pitfalls: tuple[Passage, ...]
    catalysts: tuple[str, ...]
    lessons: tuple[str, ...]
    pilots: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Picture:
    """A drawing of ours: the file without its ending, what it is called, and what it says to who cannot see it.

    ``size`` is width and height of the drawing, in its own units.
    """

    name: str
    title: str
    alt: str
    sources: tuple[str, ...]
    place: Place
    size: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Term:
    """A word of the field and what it means."""

    term: str
    also: tuple[str, ...]
    definition: str
    sources: tuple[str, ...]
    topic: str | None
    place: Place


@dataclass(frozen=True)
class Label:
    """Words that name people by a problem: their forms, what to write instead, and why.

    A form may end in ``*`` for any ending; one that begins with ``the`` counts only where it stands for people.
    """

    forms: tuple[str, ...]
    instead: str
    why: str
    place: Place


@dataclass(frozen=True)
class Places:
    """What questions call places: names of pilots with their topics, and names of countries that had no pilot.

    ``told_of_elsewhere`` is the id of the correction that is told of those countries.
    """

    pilots: dict[str, tuple[str, ...]]
    elsewhere: dict[str, str]
    told_of_elsewhere: str
    place: Place


@dataclass(frozen=True)
class Facet:
    """A side of a pilot that people ask for; ``none`` is said when the sources say nothing about it.

    ``questions`` ask for it without a name, ``in_place`` with ``{place}`` where the pilot is named.
    """

    key: str
    label: str
    none: str
    in_place: tuple[str, ...]
    questions: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Correction:
    """A false premise, in the words in which people hold it, and what is true instead."""

    id: str
    text: Passage
    topics: tuple[str, ...]
    questions: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Knowledge:
    """All content, as one value.

    ``languages`` holds what is said to people who write in another language, by its code; ``refusals`` examples of what
    the course does not cover, by kind; ``practice`` questions with the topics that answer them, for calibration only;
    ``evaluation`` such questions to judge a model by, which are never learnt: one without topics ought to be refused.
    """

    course: Course
    lessons: dict[str, Lesson]
    entries: dict[str, Entry]
    pilots: dict[str, Pilot]
    glossary: tuple[Term, ...]
    sources: dict[str, Source]
    planned: dict[str, tuple[str, ...]]
    comparison: tuple[Attribute, ...]
    stages: dict[str, Stage]
    pictures: dict[str, Picture]
    places: Places
    facets: tuple[Facet, ...]
    corrections: tuple[Correction, ...]
    languages: dict[str, str]
    refusals: dict[str, tuple[str, ...]]
    practice: tuple[tuple[str, tuple[str, ...]], ...]
    version: str
    source_places: dict[str, Place] = field(default_factory=dict)
    planned_places: dict[str, Place] = field(default_factory=dict)
    planned_place: Place = PLANNED
    planned_lessons: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    drawings: dict[str, Place] = field(default_factory=dict)
    evaluation: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def cited(self, keys: tuple[str, ...]) -> list[Source]:
        """Sources by key, in the order given."""
        return [self.sources[key] for key in keys if key in self.sources]
