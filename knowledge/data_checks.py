"""Rules about data: pilots and what they are compared by, the glossary, pictures, and places."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from knowledge.errors import Problem
from knowledge.model import Attribute, Knowledge, Passage, Pilot, Term
from knowledge.readability import count_words
from knowledge.rules import (
    ANSWER_LIMIT_WORDS,
    BUBBLE_LIMIT_WORDS,
    BUTTON_LIMIT_CHARS,
    MORE_LIMIT_WORDS,
    check_count,
    check_passage,
    check_pilot,
    problem,
)

ALT_AT_LEAST_WORDS, ALT_LIMIT_WORDS = 20, 120
PERCENT = 100


def check_all_data(knowledge: Knowledge) -> Iterator[Problem]:
    """Check all that is data, but for sources and the Roadmap's stages."""
    attributes = {attribute.key: attribute for attribute in knowledge.comparison}
    for pilot in knowledge.pilots.values():
        yield from _check_pilot(pilot, knowledge)
        yield from _check_likeness(pilot, attributes)
    yield from _check_comparison(knowledge.comparison)
    yield from _check_glossary(knowledge)
    yield from _check_certificate(knowledge)
    yield from _check_pictures(knowledge)
    for topic in sorted(set(chain.from_iterable(knowledge.places.pilots.values()))):
        yield from check_pilot(topic, knowledge.places.place, knowledge)


def _check_pilot(pilot: Pilot, knowledge: Knowledge) -> Iterator[Problem]:
    yield from check_pilot(pilot.id, pilot.place, knowledge)
    yield from check_passage(pilot.story, MORE_LIMIT_WORDS)
    for fact in chain.from_iterable(pilot.facts.values()):
        yield from check_passage(fact, BUBBLE_LIMIT_WORDS)
        if not fact.sources:
            yield problem(fact.place, "no sources; every fact of a pilot carries its own")


def _check_likeness(pilot: Pilot, attributes: dict[str, Attribute]) -> Iterator[Problem]:
    if pilot.compare and not pilot.compare_sources:
        yield problem(pilot.place, "no compare_sources; name what the comparison rests on")
    for key, values in pilot.compare.items():
        place = pilot.compare_places[key]
        if key not in attributes:
            yield problem(place, f"'{key}' is not in comparison.yml; use {', '.join(attributes)}")
            continue
        known = attributes[key].values
        for value in values:
            if value not in known:
                yield problem(place, f"{key} has no value '{value}' in comparison.yml; use {', '.join(known)}")
        if len(values) > 1 and not attributes[key].several:
            yield problem(place, f"{len(values)} values of {key}; comparison.yml allows one")


def _check_comparison(attributes: tuple[Attribute, ...]) -> Iterator[Problem]:
    for number, attribute in enumerate(attributes):
        if attribute.key in {before.key for before in attributes[:number]}:
            yield problem(attribute.place, f"'{attribute.key}' stands twice; keep one")
        if len(attribute.values) < 2:
            yield problem(attribute.place, f"{len(attribute.values)} values; give at least two to choose from")
        for label in attribute.values.values():
            if len(label) > BUTTON_LIMIT_CHARS:
                yield problem(attribute.place, f"button of {len(label)} letters; at most {BUTTON_LIMIT_CHARS}")


def _check_glossary(knowledge: Knowledge) -> Iterator[Problem]:
    seen: dict[str, Term] = {}
    for term in knowledge.glossary:
        yield from check_passage(Passage(term.definition, term.sources, term.place), ANSWER_LIMIT_WORDS)
        if term.topic and term.topic not in knowledge.course.topics:
            yield problem(term.place, f"topic '{term.topic}' is not in course.yml; mend the id, or leave it out")
        for form in (term.term, *term.also):
            if (other := seen.get(form.lower())) and other is not term:
                yield problem(term.place, f"'{form}' stands under '{other.term}' too; keep it in one place")
            seen[form.lower()] = term


def _check_certificate(knowledge: Knowledge) -> Iterator[Problem]:
    asked, there = knowledge.course.certificate, len(knowledge.course.lessons)
    if asked.lessons and asked.lessons > there:
        yield problem(
            asked.place, f"certificate asks for {asked.lessons} lessons; the course has {there}, or write all"
        )
    if asked.score_percent > PERCENT:
        yield problem(asked.place, f"score_percent is {asked.score_percent}; at most {PERCENT}")


def _check_pictures(knowledge: Knowledge) -> Iterator[Problem]:
    for picture in knowledge.pictures.values():
        words, what = count_words(picture.alt), "words in alt"
        yield from check_count(words, ALT_AT_LEAST_WORDS, ALT_LIMIT_WORDS, what, picture.place, "a picture")
    for name, place in knowledge.drawings.items():
        if name not in knowledge.pictures:
            yield problem(place, f"{name} is not in images.yml; give it a title and an alt there")
