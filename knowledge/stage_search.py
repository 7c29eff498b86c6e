"""Finding the stage, or the question of a stage, that a person names. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process, utils

from knowledge.model import PlanQuestion, Stage

ALIKE_AT_LEAST = 84
ROOT_AT_LEAST_CHARS = 6
_NUMBER = re.compile(
    r"\b(?:stage|step|phase|part|number|no\.?|nr\.?)\s*#?\s*(\d{1,2}|one|two|three|four|five|six|seven)\b", re.I
)
_ORDINAL = re.compile(r"\b(first|second|third|fourth|fifth|sixth|seventh|last)\s+(?:stage|step|phase|part)\b", re.I)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")


def find_stage(stages: Mapping[str, Stage], text: str) -> str | None:
    """Find the stage that a text names, by its number or by a word of its title.

    Args:
        stages: All stages in their order, by id.
        text: As typed.

    Returns:
        The id of a stage; None when none is named, or more than one.
    """
    ids = list(stages)
    if number := _read_number(text, len(ids)):
        return ids[number - 1] if 1 <= number <= len(ids) else None
    typed = _words(text)
    named = [stage.id for stage in stages.values() if _is_named(stage, typed)]
    return named[0] if len(named) == 1 else None


def find_question(questions: Iterable[tuple[str, PlanQuestion]], text: str) -> str | None:
    """Find the question that a text is about, by the words of its label; None when none is clearly nearest."""
    labels = {question_id: label_of(question) for question_id, question in questions}
    found = process.extract(text, labels, scorer=fuzz.token_set_ratio, processor=utils.default_process, limit=2)
    if not found or found[0][1] < ALIKE_AT_LEAST or (len(found) > 1 and found[1][1] == found[0][1]):
        return None
    return str(found[0][2])


def label_of(question: PlanQuestion) -> str:
    """Name a question in a few words.

    Example:
        >>> from knowledge.loader import load_knowledge
        >>> label_of(load_knowledge().stages["roadmap.prepare"].questions[3])
        'Time money place'
    """
    return question.key.replace("-", " ").capitalize()


def _read_number(text: str, count: int) -> int | None:
    if match := _NUMBER.search(text):
        word = match.group(1).lower()
        return int(word) if word.isdigit() else _NUMBERS.index(word) + 1
    if match := _ORDINAL.search(text):
        word = match.group(1).lower()
        return count if word == "last" else _ORDINALS.index(word) + 1
    return None


def _words(text: str) -> list[str]:
    joined = re.sub(r"\bco[\s-]+(?=\w)", "co", text.lower())  # co-design, co design and codesign are one word
    return re.findall(r"[a-z]+", joined)


def _is_named(stage: Stage, typed: list[str]) -> bool:
    names = [
        word for word in _words(f"{stage.title} {stage.id.rpartition('.')[2]}") if len(word) >= ROOT_AT_LEAST_CHARS
    ]
    return any(_are_alike(name, word) for name in names for word in typed)


def _are_alike(name: str, word: str) -> bool:
    """Compare a word of a title with one typed: evaluation, co-evaluate and evaluating are alike."""
    bare, typed = name.removeprefix("co"), word.removeprefix("co")
    root = min(ROOT_AT_LEAST_CHARS, len(bare))
    return len(typed) >= root and (typed[:root] == bare[:root] or fuzz.ratio(bare, typed) >= ALIKE_AT_LEAST)
