"""Every rule about content. Each function looks at one kind of thing and yields what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from knowledge.errors import Problem
from knowledge.markup import unknown_attribute
from knowledge.model import Card, Entry, Item, Knowledge, Lesson, Passage, Place, Term

CARD_LIMIT_WORDS = 90
ANSWER_LIMIT_WORDS = 70
MORE_LIMIT_WORDS = 140
TITLE_LIMIT_CHARS = 60
OPTION_LIMIT_CHARS = 180
QUESTIONS_AT_LEAST = 10
_WORD = re.compile(r"\w[\w'’-]*")
_NOT_PEOPLE_FIRST = re.compile(
    r"\b(offenders?|the (?:disabled|elderly|homeless|vulnerable|mentally ill|poor)(?! \w)|addicts?|drug users?)\b", re.I
)


def check(knowledge: Knowledge) -> list[Problem]:
    """Check all content.

    Returns:
        What is wrong, in the order of files and lines; empty when all is well.
    """
    found = chain(
        chain.from_iterable(_check_lesson(lesson, knowledge) for lesson in knowledge.lessons.values()),
        chain.from_iterable(_check_entry(entry, knowledge) for entry in knowledge.entries.values()),
        _check_pilots(knowledge),
        _check_glossary(knowledge),
        _check_sources(knowledge),
        _check_topics(knowledge),
        _check_questions(knowledge),
    )
    return sorted(set(found))


def count_words(text: str) -> int:
    """Count the words a reader reads.

    Example:
        >>> count_words("It *is* not-so-hard, they've said.")
        5
    """
    return len(_WORD.findall(text))


def _problem(place: Place, text: str) -> Problem:
    return Problem(place.file, place.line, text)


def _check_passage(passage: Passage, limit_words: int, knowledge: Knowledge) -> Iterator[Problem]:
    words = count_words(passage.text)
    if not words:
        yield _problem(passage.place, "no text; write one or two sentences")
    if words > limit_words:
        yield _problem(passage.place, f"{words} words; at most {limit_words}")
    if stray := unknown_attribute(passage.text):
        yield _problem(passage.place, f"{stray} is not understood; use sources, pilot, note, keep-as or misconception")
    if label := _NOT_PEOPLE_FIRST.search(passage.text):
        yield _problem(
            passage.place, f"'{label.group(0)}' names people by a problem; put people first ('people who ...')"
        )
    for key in passage.sources:
        if key not in knowledge.sources:
            yield _problem(passage.place, f"source {key} is not in sources.yml; add it there or mend the key")


def _check_lesson(lesson: Lesson, knowledge: Knowledge) -> Iterator[Problem]:
    plan = next((plan for plan in knowledge.course.lessons if plan.id == lesson.id), None)
    if plan is None:
        yield _problem(lesson.place, f"lesson '{lesson.id}' is not in course.yml; use an id that is")
    yield from _check_topic_names(lesson.topics, lesson.place, knowledge)
    yield from _check_lesson_names(lesson.next, lesson.place, knowledge)
    taught = {topic.id for topic in knowledge.course.topics.values() if topic.lesson == lesson.id}
    for topic in sorted(taught - set(lesson.topics)):
        yield _problem(lesson.place, f"topic {topic} is missing; course.yml gives it to this lesson")
    keys = [step.key for step in lesson.steps]
    for number, step in enumerate(lesson.steps):
        if step.key in keys[:number]:
            place = step.body.place if isinstance(step, Card) else step.stem.place
            yield _problem(place, f"a second step '{step.key}'; give each its own title or key")
    for card in lesson.cards:
        yield from _check_card(card, knowledge)
    for item in lesson.items:
        yield from _check_item(item, knowledge)
    if lesson.summary:
        yield from _check_passage(Passage(lesson.summary, (), lesson.place), CARD_LIMIT_WORDS, knowledge)
    yield from _check_lesson_shape(lesson)


def _check_lesson_shape(lesson: Lesson) -> Iterator[Problem]:
    kinds = [card.kind for card in lesson.cards]
    read = len(kinds) - kinds.count("reflect")
    if not 6 <= read <= 10:
        yield _problem(lesson.place, f"{read} cards and stories; a lesson has 6 to 10")
    if "story" not in kinds:
        yield _problem(lesson.place, "no story; tell at least one from a pilot")
    if not 1 <= kinds.count("reflect") <= 2:
        yield _problem(lesson.place, f"{kinds.count('reflect')} reflections; a lesson has one or two")
    if len(lesson.items) < 4:
        yield _problem(lesson.place, f"{len(lesson.items)} quiz items; a lesson has at least 4")
    if len({item.kind for item in lesson.items}) < 2:
        yield _problem(lesson.place, "all quiz items are of one kind; mix them")


def _check_card(card: Card, knowledge: Knowledge) -> Iterator[Problem]:
    yield from _check_passage(card.body, CARD_LIMIT_WORDS, knowledge)
    if card.kind != "reflect" and not card.body.sources and not card.note:
        yield _problem(card.body.place, "no sources; add {sources: ...}, or {note: ...} where no finding is reported")
    if card.kind == "reflect" and not card.keep_as:
        yield _problem(card.body.place, "no {keep-as: ...}; name the note under which the reflection is kept")
    if len(card.title) > TITLE_LIMIT_CHARS:
        yield _problem(card.body.place, f"title of {len(card.title)} letters; at most {TITLE_LIMIT_CHARS}")
    if card.pilot:
        yield from _check_pilot_name(card.pilot, card.body.place, knowledge)


def _check_item(item: Item, knowledge: Knowledge) -> Iterator[Problem]:
    if item.kind == "put in order":
        yield from _check_order(item)
    else:
        yield from _check_keys(item)
    if item.kind == "true or false" and [option.text.strip(".").lower() for option in item.options] != [
        "true",
        "false",
    ]:
        yield _problem(item.stem.place, "a true or false item has the options True and False, in this order")
    if not 2 <= len(item.options) <= 6:
        yield _problem(item.stem.place, f"{len(item.options)} options; an item has 2 to 6")
    if len({option.key for option in item.options}) < len(item.options):
        yield _problem(item.stem.place, "two options say the same; change one")
    yield from _check_passage(item.stem, CARD_LIMIT_WORDS, knowledge)
    if item.hint:
        yield from _check_passage(Passage(item.hint, (), item.stem.place), CARD_LIMIT_WORDS, knowledge)
    for option in item.options:
        yield from _check_passage(option.feedback, CARD_LIMIT_WORDS, knowledge)
        if not option.is_right and not option.misconception:
            yield _problem(option.feedback.place, "no {misconception: ...}; name what choosing this option shows")
        if len(option.text) > OPTION_LIMIT_CHARS:
            yield _problem(option.feedback.place, f"option of {len(option.text)} letters; at most {OPTION_LIMIT_CHARS}")


def _check_keys(item: Item) -> Iterator[Problem]:
    right = len(item.right_keys)
    if right == 0:
        yield _problem(item.stem.place, "item has no right option (mark exactly one with [x])")
    if right > 1 and item.kind != "several right":
        yield _problem(item.stem.place, f"item has {right} right options; mark one, or call it (several right)")
    if right == 1 and item.kind == "several right":
        yield _problem(item.stem.place, "item has one right option; call it (one right)")


def _check_order(item: Item) -> Iterator[Problem]:
    if not 3 <= len(item.options) <= 6:
        yield _problem(item.stem.place, f"{len(item.options)} steps; an item to put in order has 3 to 6")
    if not item.misconception:
        yield _problem(item.stem.place, "no {misconception: ...}; name what another order shows, below the list")


def _check_entry(entry: Entry, knowledge: Knowledge) -> Iterator[Problem]:
    if entry.id not in knowledge.course.topics:
        yield _problem(entry.place, f"id '{entry.id}' is not a topic of course.yml")
    limits = (
        ("answer", entry.answer, ANSWER_LIMIT_WORDS),
        ("more", entry.more, MORE_LIMIT_WORDS),
        ("simpler", entry.simpler, ANSWER_LIMIT_WORDS),
    )
    for name, passage, limit in limits:
        if passage is None:
            yield _problem(entry.place, f"no section '{name}'; add ## {name}")
        else:
            yield from _check_passage(passage, limit, knowledge)
    if entry.example:
        yield from _check_passage(entry.example, ANSWER_LIMIT_WORDS, knowledge)
        yield from _check_pilot_name(entry.example_pilot, entry.example.place, knowledge)
    if not entry.sources:
        yield _problem(entry.place, "no sources; an answer without a source is not given")
    if len(entry.questions) < QUESTIONS_AT_LEAST:
        yield _problem(entry.place, f"{len(entry.questions)} questions; at least {QUESTIONS_AT_LEAST}")
    if len(entry.next) != 2:
        yield _problem(entry.place, f"{len(entry.next)} topics under next; name two")
    yield from _check_topic_names(entry.next, entry.place, knowledge)
    yield from _check_lesson_names((entry.lesson,) if entry.lesson else (), entry.place, knowledge)


def _check_topic_names(names: tuple[str, ...], place: Place, knowledge: Knowledge) -> Iterator[Problem]:
    for name in names:
        if name not in knowledge.course.topics:
            yield _problem(place, f"'{name}' is not a topic of course.yml; mend the id")


def _check_lesson_names(names: tuple[str, ...], place: Place, knowledge: Knowledge) -> Iterator[Problem]:
    known = {plan.id for plan in knowledge.course.lessons}
    for name in names:
        if name not in known:
            yield _problem(place, f"'{name}' is not a lesson of course.yml; mend the id")


def _check_pilot_name(name: str | None, place: Place, knowledge: Knowledge) -> Iterator[Problem]:
    topic = knowledge.course.topics.get(name or "")
    if topic is None or topic.group != "pilot":
        yield _problem(place, f"'{name or ''}' is not a pilot of course.yml; name one, such as pilot.finland")


def _check_pilots(knowledge: Knowledge) -> Iterator[Problem]:
    for pilot in knowledge.pilots.values():
        yield from _check_passage(pilot.story, MORE_LIMIT_WORDS, knowledge)
        for fact in chain.from_iterable(pilot.facts.values()):
            yield from _check_passage(fact, CARD_LIMIT_WORDS, knowledge)
            if not fact.sources:
                yield _problem(fact.place, "no sources; every fact of a pilot carries its own")
        yield from _check_pilot_name(pilot.id, pilot.place, knowledge)


def _check_glossary(knowledge: Knowledge) -> Iterator[Problem]:
    seen: dict[str, Term] = {}
    for term in knowledge.glossary:
        yield from _check_passage(Passage(term.definition, term.sources, term.place), ANSWER_LIMIT_WORDS, knowledge)
        if term.topic and term.topic not in knowledge.course.topics:
            yield _problem(term.place, f"topic '{term.topic}' is not in course.yml")
        for form in (term.term, *term.also):
            if (other := seen.get(form.lower())) and other is not term:
                yield _problem(term.place, f"'{form}' stands under '{other.term}' too; keep it in one place")
            seen[form.lower()] = term


def _check_sources(knowledge: Knowledge) -> Iterator[Problem]:
    for key, source in knowledge.sources.items():
        place = knowledge.source_places[key]
        if not re.fullmatch(r"S\d+", key):
            yield _problem(place, f"key '{key}'; a key is an S and a number")
        if source.url and not source.url.startswith(("https://", "http://")):
            yield _problem(place, f"{key} has the link '{source.url}'; a link begins with https://")


def _check_topics(knowledge: Knowledge) -> Iterator[Problem]:
    places = knowledge.planned_places
    for topic in knowledge.course.topics:
        is_written, is_planned = topic in knowledge.entries, topic in knowledge.planned
        if is_written and is_planned:
            yield _problem(places[topic], f"{topic} has an answer now; move its questions there and delete it here")
        if not is_written and not is_planned:
            yield _problem(knowledge.planned_place, f"{topic} has no answer and no questions here; add either")
    for topic in sorted(set(knowledge.planned) - set(knowledge.course.topics)):
        yield _problem(places[topic], f"'{topic}' is not a topic of course.yml")


def _check_questions(knowledge: Knowledge) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    written = [(entry.id, entry.questions, entry.place) for entry in knowledge.entries.values()]
    planned = [(topic, questions, knowledge.planned_places[topic]) for topic, questions in knowledge.planned.items()]
    for topic, questions, place in [*written, *planned]:
        for question in questions:
            form = " ".join(_WORD.findall(question.lower()))
            if form in seen:
                yield _problem(place, f"question '{question}' of {topic} stands under {seen[form]} too; keep it in one")
            seen[form] = topic
