"""Rules about entries: their sections, and what they lead to."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.errors import Problem
from knowledge.model import Correction, Entry, Knowledge
from knowledge.rules import (
    ANSWER_LIMIT_WORDS,
    MORE_LIMIT_WORDS,
    TITLE_LIMIT_CHARS,
    check_count,
    check_lessons,
    check_passage,
    check_pilot,
    check_sources_named,
    check_topics,
    problem,
)

QUESTIONS_AT_LEAST = 10
NEXT_TOPICS = 2
CORRECTION_LIMIT_WORDS = 45
CORRECTION_TOPICS_AT_MOST = 3


def check_all_entries(knowledge: Knowledge) -> Iterator[Problem]:
    """Check every entry and every correction."""
    for entry in knowledge.entries.values():
        yield from _check_entry(entry, knowledge)
    for correction in knowledge.corrections:
        yield from _check_correction(correction, knowledge)


def _check_entry(entry: Entry, knowledge: Knowledge) -> Iterator[Problem]:
    if entry.id not in knowledge.course.topics:
        yield problem(entry.place, f"id '{entry.id}' is not a topic of course.yml; use one that is")
    if len(entry.title) > TITLE_LIMIT_CHARS:
        yield problem(entry.place, f"title of {len(entry.title)} letters; at most {TITLE_LIMIT_CHARS}")
    yield from _check_sections(entry, knowledge)
    if not entry.sources:
        yield problem(entry.place, "no sources; an answer without a source is not given")
    if len(entry.questions) < QUESTIONS_AT_LEAST:
        yield problem(entry.place, f"{len(entry.questions)} questions; at least {QUESTIONS_AT_LEAST}")
    if len(entry.next) != NEXT_TOPICS:
        yield problem(entry.place, f"{len(entry.next)} topics under next; name two")
    yield from check_topics(entry.next, entry.place, knowledge)
    yield from check_lessons((entry.lesson,) if entry.lesson else (), entry.place, knowledge)


def _check_sections(entry: Entry, knowledge: Knowledge) -> Iterator[Problem]:
    limits = (
        ("answer", entry.answer, ANSWER_LIMIT_WORDS),
        ("more", entry.more, MORE_LIMIT_WORDS),
        ("simpler", entry.simpler, ANSWER_LIMIT_WORDS),
    )
    for name, passage, limit in limits:
        if passage is None:
            yield problem(entry.place, f"no section '{name}'; add ## {name}")
        else:
            yield from check_passage(passage, limit)
    if entry.example:
        yield from check_passage(entry.example, ANSWER_LIMIT_WORDS)
        yield from check_pilot(entry.example_pilot, entry.example.place, knowledge)


def _check_correction(correction: Correction, knowledge: Knowledge) -> Iterator[Problem]:
    place, topics = correction.place, len(correction.topics)
    yield from check_passage(correction.text, CORRECTION_LIMIT_WORDS)
    yield from check_sources_named(correction.text.sources, correction.text.note, place)
    yield from check_count(topics, 1, CORRECTION_TOPICS_AT_MOST, "topics", place, "a correction")
    yield from check_topics(correction.topics, place, knowledge)
