"""Finding the lesson that a person names: by number, by its title, or by what it is about."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process, utils

from knowledge.answering import Answerer
from knowledge.model import Knowledge

TITLE_ALIKE_AT_LEAST = 88
_NUMBER = re.compile(
    r"\b(?:lesson|number|no\.?|nr\.?)\s*#?\s*(\d{1,2}|one|two|three|four|five|six|seven|eight|nine)\b", re.I
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def find_lesson(knowledge: Knowledge, answerer: Answerer, text: str) -> str | None:
    """Find a lesson from a typed request.

    Returns:
        The id of a lesson of the course, written or not; None when no lesson is named, or a whole theme.
    """
    plans = knowledge.course.lessons
    if not re.search(r"\w", text) or re.search(r"\btheme\s*\d", text, re.I):
        return None
    number = _read_number(text)
    if number is not None:
        return plans[number - 1].id if 1 <= number <= len(plans) else None
    titles = {plan.id: plan.title for plan in plans}
    themes = {f"theme:{theme.id}": theme.title for theme in knowledge.course.themes}
    found = process.extractOne(
        text,
        {**titles, **themes},
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        score_cutoff=TITLE_ALIKE_AT_LEAST,
    )
    if found:
        return None if str(found[2]).startswith("theme:") else str(found[2])
    ranked = answerer.ask(text).ranked
    return next((topic.lesson for one in ranked if (topic := knowledge.course.topics[one.topic]).lesson), None)


def _read_number(text: str) -> int | None:
    match = _NUMBER.search(text)
    if match:
        word = match.group(1).lower()
        return int(word) if word.isdigit() else _NUMBERS.index(word) + 1
    ordinal = re.search(r"\b(" + "|".join(_ORDINALS) + r")\s+lesson\b", text, re.I)
    return _ORDINALS.index(ordinal.group(1).lower()) + 1 if ordinal else None
