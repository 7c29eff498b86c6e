"""Finding the lesson that a person names: by number, by its title, or by what it is about."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process, utils

from knowledge.answering import Answerer
from knowledge.model import Knowledge

TITLE_ALIKE_AT_LEAST = 88
TITLE_ITSELF_AT_LEAST = 94
_NUMBER = re.compile(
    r"\b(?:lesson|les|number|no\.?|nr\.?)(?:\s+(?:number|no\.?|nr\.?))?\s*#?\s*"
    r"(\d{1,2}|one|two|three|four|five|six|seven|eight|nine)\b",
    re.I,
)
_THEME = re.compile(r"\btheme\s*(\d|one|two|three|four)\b|\b(first|second|third|fourth)\s+theme\b", re.I)
_NAMES_NOTHING = frozenset(
    "a all also an and another are can change choose could course different do first for get give go have i id in is "
    "last les lesson lessons let lets list me my myself new next now of on one open other our pick please pls plz see "
    "select show start switch take tell that the them theme themes there these to topic want we what where which would "
    "yes you".split()
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def find_lesson(knowledge: Knowledge, answerer: Answerer, text: str) -> str | None:
    """Find a lesson from a typed request.

    Returns:
        The id of a lesson of the course, written or not; None when no lesson is named ("show me the lessons"), or a
        whole theme.
    """
    plans = knowledge.course.lessons
    if _names_nothing(text) or _THEME.search(text):
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


def find_titled_lesson(knowledge: Knowledge, text: str) -> str | None:
    """Find the lesson whose title a text is, and nothing more."""
    titles = {plan.id: plan.title for plan in knowledge.course.lessons}
    found = process.extractOne(
        text, titles, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=TITLE_ITSELF_AT_LEAST
    )
    return str(found[2]) if found else None


def find_theme(knowledge: Knowledge, text: str) -> str | None:
    """Find the theme that a text names by its title or its number."""
    themes = knowledge.course.themes
    if match := _THEME.search(text):
        number = _to_number(match.group(1) or match.group(2))
        return themes[number - 1].id if 1 <= number <= len(themes) else None
    titles = {theme.id: theme.title.removeprefix("The ") for theme in themes}
    found = process.extractOne(
        text,
        titles,
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        score_cutoff=TITLE_ALIKE_AT_LEAST,
    )
    return str(found[2]) if found else None


def _names_nothing(text: str) -> bool:
    """Tell a wish for a lesson, or for any, that says nothing about which."""
    return set(re.findall(r"[^\W\d_]+|\d+", text.lower().replace("'", ""))) <= _NAMES_NOTHING


def _read_number(text: str) -> int | None:
    match = _NUMBER.search(text)
    if match:
        return _to_number(match.group(1))
    ordinal = re.search(r"\b(" + "|".join(_ORDINALS) + r")\s+lesson\b", text, re.I)
    return _to_number(ordinal.group(1)) if ordinal else None


def _to_number(word: str) -> int:
    """Read "3", "three" or "third"."""
    word = word.lower()
    return int(word) if word.isdigit() else (_NUMBERS if word in _NUMBERS else _ORDINALS).index(word) + 1
