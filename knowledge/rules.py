"""What the rules about content share: how much is too much, and names that must be known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.errors import Problem
from knowledge.markup import ATTRIBUTES, unknown_attribute
from knowledge.model import Knowledge, Passage, Place
from knowledge.readability import count_words

BUBBLE_LIMIT_WORDS = 90
ANSWER_LIMIT_WORDS = 70
MORE_LIMIT_WORDS = 140
TITLE_LIMIT_CHARS = 60
BUTTON_LIMIT_CHARS = 180  # ours: Telegram names no limit, and a longer label is cut off on a phone


def problem(place: Place, text: str) -> Problem:
    """Make a problem of what is wrong at a place."""
    return Problem(place.file, place.line, text)


def check_passage(passage: Passage, limit_words: int, *, around: Iterable[str] = ()) -> Iterator[Problem]:
    """Check that a passage has words, not too many, and no braces that mean nothing.

    Args:
        passage: A few sentences.
        limit_words: Most words of the passage and what is around it.
        around: What is shown in the same bubble, such as the title.
    """
    if not count_words(passage.text):
        yield problem(passage.place, "no text; write one or two sentences")
    extra = sum(count_words(text) for text in around)
    words = count_words(passage.text) + extra
    if words > limit_words:
        told = " with title and note" if extra else ""
        yield problem(passage.place, f"{words} words{told}; at most {limit_words}, so cut or split it")
    if stray := unknown_attribute(passage.text):
        names = f"{', '.join(ATTRIBUTES[:-1])} or {ATTRIBUTES[-1]}"
        yield problem(passage.place, f"{stray} is not understood; use {names}")


def check_count(count: int, least: int, most: int, what: str, place: Place, whole: str) -> Iterator[Problem]:
    """Check that there are neither too few nor too many of something."""
    if not least <= count <= most:
        yield problem(place, f"{count} {what}; {whole} has {least} to {most}")


def check_topics(names: Iterable[str], place: Place, knowledge: Knowledge) -> Iterator[Problem]:
    """Check that each name is a topic of the course."""
    for name in names:
        if name not in knowledge.course.topics:
            yield problem(place, f"'{name}' is not a topic of course.yml; mend the id")


def check_lessons(names: Iterable[str], place: Place, knowledge: Knowledge) -> Iterator[Problem]:
    """Check that each name is a lesson of the course, written or not."""
    known = {plan.id for plan in knowledge.course.lessons}
    for name in names:
        if name not in known:
            yield problem(place, f"'{name}' is not a lesson of course.yml; mend the id")


def check_pilot(name: str | None, place: Place, knowledge: Knowledge) -> Iterator[Problem]:
    """Check that a name is one of the course's pilots."""
    topic = knowledge.course.topics.get(name or "")
    if topic is None or topic.group != "pilot":
        yield problem(place, f"'{name or ''}' is not a pilot of course.yml; name one, such as pilot.finland")


def check_sources_named(sources: tuple[str, ...], note: str | None, place: Place) -> Iterator[Problem]:
    """Check that a claim says what it rests on."""
    if not sources and not note:
        yield problem(place, "no sources; name them, or say in a note whose words it is")
