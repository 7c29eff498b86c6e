"""Rules about lessons: their place in the course, their steps, and their cards."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.errors import Problem
from knowledge.item_checks import check_item
from knowledge.model import Card, Knowledge, Lesson, Passage, Place
from knowledge.rules import (
    BUBBLE_LIMIT_WORDS,
    TITLE_LIMIT_CHARS,
    check_count,
    check_lessons,
    check_passage,
    check_pilot,
    check_topics,
    problem,
)

CARDS_AT_LEAST, CARDS_AT_MOST = 6, 10
REFLECTIONS_AT_MOST = 2
ITEMS_AT_LEAST = 4


def check_all_lessons(knowledge: Knowledge) -> Iterator[Problem]:
    """Check every lesson."""
    kept: dict[str, Place] = {}
    for lesson in knowledge.lessons.values():
        yield from _check_lesson(lesson, knowledge)
        for card in lesson.cards:
            yield from _check_kept(card, kept)


def _check_lesson(lesson: Lesson, knowledge: Knowledge) -> Iterator[Problem]:
    yield from _check_names(lesson, knowledge)
    keys = [step.key for step in lesson.steps]
    for number, step in enumerate(lesson.steps):
        if step.key in keys[:number]:
            place = step.body.place if isinstance(step, Card) else step.stem.place
            yield problem(place, f"a second step '{step.key}'; give each its own title or key")
    for card in lesson.cards:
        yield from _check_card(card, knowledge)
    for item in lesson.items:
        yield from check_item(item)
    if lesson.summary:
        yield from check_passage(Passage(lesson.summary, (), lesson.place), BUBBLE_LIMIT_WORDS)
    yield from _check_shape(lesson)


def _check_names(lesson: Lesson, knowledge: Knowledge) -> Iterator[Problem]:
    if lesson.id not in {plan.id for plan in knowledge.course.lessons}:
        yield problem(lesson.place, f"lesson '{lesson.id}' is not in course.yml; use an id that is")
    yield from check_topics(lesson.topics, lesson.place, knowledge)
    yield from check_lessons(lesson.next, lesson.place, knowledge)
    taught = {topic.id for topic in knowledge.course.topics.values() if topic.lesson == lesson.id}
    for topic in sorted(taught - set(lesson.topics)):
        yield problem(lesson.place, f"topic {topic} is missing; course.yml gives it to this lesson")


def _check_shape(lesson: Lesson) -> Iterator[Problem]:
    kinds = [card.kind for card in lesson.cards]
    read = len(kinds) - kinds.count("reflect")
    yield from check_count(read, CARDS_AT_LEAST, CARDS_AT_MOST, "cards and stories", lesson.place, "a lesson")
    if "story" not in kinds:
        yield problem(lesson.place, "no story; tell at least one from a pilot")
    if not 1 <= kinds.count("reflect") <= REFLECTIONS_AT_MOST:
        yield problem(lesson.place, f"{kinds.count('reflect')} reflections; a lesson has one or two")
    if len(lesson.items) < ITEMS_AT_LEAST:
        yield problem(lesson.place, f"{len(lesson.items)} quiz items; a lesson has at least {ITEMS_AT_LEAST}")
    if len({item.kind for item in lesson.items}) < 2:
        yield problem(lesson.place, "all quiz items are of one kind; mix them")
    yield from _check_sure(lesson)


def _check_sure(lesson: Lesson) -> Iterator[Problem]:
    """Check that one item of a lesson asks how sure people are: once makes them think, always makes them tired."""
    asking = [item for item in lesson.items if item.asks_sure]
    if not asking:
        yield problem(lesson.place, "no item asks how sure people are; write ', sure' behind the kind of one")
    for item in asking[1:]:
        yield problem(item.stem.place, "a second item that asks how sure people are; keep one in a lesson")
    for item in asking:
        if item.kind == "put in order":
            yield problem(item.stem.place, "an order is never asked about with 'sure'; mark another item")


def _check_card(card: Card, knowledge: Knowledge) -> Iterator[Problem]:
    place = card.body.place
    yield from check_passage(card.body, BUBBLE_LIMIT_WORDS, around=(card.title, card.note or ""))
    if card.kind != "reflect" and not card.body.sources and not card.note:
        yield problem(place, "no sources; add {sources: ...}, or {note: ...} where no finding is reported")
    if card.kind == "reflect" and not card.keep_as:
        yield problem(place, "no {keep-as: ...}; name the note under which the reflection is kept")
    if len(card.title) > TITLE_LIMIT_CHARS:
        yield problem(place, f"title of {len(card.title)} letters; at most {TITLE_LIMIT_CHARS}")
    if card.pilot:
        yield from check_pilot(card.pilot, place, knowledge)


def _check_kept(card: Card, kept: dict[str, Place]) -> Iterator[Problem]:
    if card.keep_as and (other := kept.get(card.keep_as)):
        at = f"{other.file}:{other.line}"
        yield problem(card.body.place, f"'{card.keep_as}' is kept at {at} too; give each reflection its own name")
    if card.keep_as:
        kept.setdefault(card.keep_as, card.body.place)
