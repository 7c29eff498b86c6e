"""Reading what a person meant as an answer to an item, and grading it. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, utils

from knowledge.model import Item, Option

Outcome = Literal["right", "partly", "wrong"]
WORDS_ALIKE_AT_LEAST = 86
WORDS_APART_AT_LEAST = 8
_NUMBERS = {
    **{
        word: n
        for n, words in enumerate(("first 1st one", "second 2nd two", "third 3rd three"))
        for word in words.split()
    },
    **{
        word: n + 3
        for n, words in enumerate(("fourth 4th four", "fifth 5th five", "sixth 6th six"))
        for word in words.split()
    },
    **{str(n + 1): n for n in range(6)},
    **{letter: n for n, letter in enumerate("abcdef")},
}
_FILLERS = frozenset(
    "the answer is its it's it i think guess say choose pick option number letter and or also both with ok okay hmm um "
    "so would be maybe please well probably then & + my go for im i'm".split()
)
_TRUE = frozenset("true right yes yep yeah correct t y agree".split())
_FALSE = frozenset("false wrong no nope not incorrect f n untrue disagree".split())


@dataclass(frozen=True)
class Grade:
    """How good an answer is: ``partly`` has a right option and is not all right."""

    outcome: Outcome
    chosen: tuple[Option, ...]
    missed: tuple[Option, ...]


def grade_answer(item: Item, chosen_keys: frozenset[str]) -> Grade:
    """Grade the chosen options.

    Raises:
        ValueError: Nothing is chosen, or a key is not one of the item's.
    """
    if not chosen_keys or not chosen_keys <= {option.key for option in item.options}:
        raise ValueError(f"item {item.id} has no options {sorted(chosen_keys)}")
    chosen = tuple(option for option in item.options if option.key in chosen_keys)
    missed = tuple(option for option in item.options if option.is_right and option.key not in chosen_keys)
    if chosen_keys == item.right_keys:
        return Grade("right", chosen, ())
    return Grade("partly" if chosen_keys & item.right_keys else "wrong", chosen, missed)


def read_answer(item: Item, text: str) -> frozenset[str] | None:
    """Read a typed answer: "b", "the second one", "1 and 3", "true", or the option's words.

    Returns:
        Keys of the options meant; None when the text is not clearly an answer, so that it may be a question.
    """
    if item.kind == "true or false" and (key := _read_true_or_false(item, text)):
        return frozenset([key])
    positions = _read_positions(text)
    if positions is not None:
        inside = [position for position in positions if position < len(item.options)]
        is_one_too_many = len(set(inside)) > 1 and item.kind != "several right"
        return None if len(inside) < len(positions) or is_one_too_many else _keys(item, inside)
    return _read_words(item, text)


def is_position(text: str) -> bool:
    """Tell whether a text names nothing but positions, such as "b" or "1 and 3"."""
    return _read_positions(text) is not None


def _keys(item: Item, positions: list[int]) -> frozenset[str]:
    return frozenset(item.options[position].key for position in positions)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+|&|\+", text.lower().replace("’", "'"))


def _read_true_or_false(item: Item, text: str) -> str | None:
    words = {word for word in _words(text) if word not in _FILLERS - {"f"}}
    if not words or len(words) > 4:
        return None
    if words & _FALSE:
        return item.options[1].key
    return item.options[0].key if words & _TRUE else None


def _read_positions(text: str) -> list[int] | None:
    """Read letters, numbers and ordinals; None when any other word stands among them."""
    words = _words(text)
    if words[-1:] == ["one"] and len(words) > 1:
        words = words[:-1]
    if words in (["a"], ["i"]):
        return [0] if words == ["a"] else None
    kept = [word for word in words if word not in _FILLERS]
    positions = [_NUMBERS[word] for word in kept if word in _NUMBERS]
    return positions if kept and len(positions) == len(kept) else None


def _read_words(item: Item, text: str) -> frozenset[str] | None:
    """Match the words of a text with the words of the options."""
    if text.rstrip().endswith("?") or (len(_words(text)) < 2 and len(text) < 5):
        return None
    likeness = sorted(
        (
            (fuzz.token_set_ratio(text, option.text, processor=utils.default_process), option.key)
            for option in item.options
        ),
        reverse=True,
    )
    best, second = likeness[0], likeness[1]
    is_clear = best[0] >= WORDS_ALIKE_AT_LEAST and best[0] - second[0] >= WORDS_APART_AT_LEAST
    return frozenset([best[1]]) if is_clear else None
