"""Words of a typed text, and the option whose wording they come from. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz

from knowledge.model import Option

WORDS_ALIKE_AT_LEAST = 80
WORD_ROOT_CHARS = 5
SHARE_AT_LEAST = 0.75
SHARE_APART_AT_LEAST = 0.2
COPY_ALIKE_AT_LEAST = 90
COPY_AT_LEAST_WORDS = 4

FILLERS = frozenset(
    "the answer answers is are was its it's it i think guess say choose pick option options number numbers letter "
    "and also both with ok okay hmm um so my would be maybe please pls plz well probably then & + go for im i'm i'd "
    "id i'll that's thats that this perhaps must should just only surely sure certainly actually of course definitely "
    "right correct fit fits".split()
)
STOP_WORDS = FILLERS | frozenset(
    "a an or to in on at by from as been they them their these those there here we our you your he she his her who "
    "which when".split()
)
NEGATORS = frozenset(
    "not never no nor neither isn't isnt don't dont doesn't doesnt wasn't wasnt didn't didnt cannot can't".split()
)


def to_plain(text: str) -> str:
    """Make letters plain and small."""
    return unicodedata.normalize("NFKC", text).lower().replace("’", "'").strip()


def to_words(text: str) -> list[str]:
    """List the words and numbers of a plain text."""
    return re.findall(r"[\w']+", text)


def find_copied(options: Sequence[Option], text: str) -> Option | None:
    """Find the one option that a text repeats in its own wording, whole or a good part of it."""
    typed = " ".join(to_words(text))
    if len(typed.split()) < COPY_AT_LEAST_WORDS:
        return None
    copied = [option for option in options if _is_copy(typed, " ".join(to_words(to_plain(option.text))))]
    return copied[0] if len(copied) == 1 else None


def _is_copy(typed: str, option: str) -> bool:
    return typed in option or fuzz.ratio(typed, option) >= COPY_ALIKE_AT_LEAST


def find_nearest(options: Sequence[Option], text: str) -> Option | None:
    """Find the one option that holds nearly all the words that carry meaning; None when two do, or it is denied."""
    typed = _content(text)
    if not typed:
        return None
    shares = {option.key: _share(typed, option) for option in options}
    best, second = sorted(options, key=lambda option: shares[option.key], reverse=True)[:2]
    share, other_share = shares[best.key], shares[second.key]
    if share < SHARE_AT_LEAST or share - other_share < SHARE_APART_AT_LEAST:
        return None
    is_enough = len(typed) > 1 or len(typed[0]) >= WORD_ROOT_CHARS or typed[0] == _content(best.text)[0]
    is_denied = bool(NEGATORS & set(typed)) and not NEGATORS & set(_content(best.text))
    return best if is_enough and not is_denied else None


def _content(text: str) -> list[str]:
    joined = re.sub(r"\bco[\s-]+(?=\w)", "co", to_plain(text))  # co-design, co design and codesign are one word
    return [word for word in to_words(joined) if word not in STOP_WORDS]


def _share(typed: list[str], option: Option) -> float:
    """Return how much of what was typed stands in an option, 0 to 1, longer words counting more."""
    return sum(len(word) for word in typed if _is_among(word, option)) / sum(len(word) for word in typed)


def _is_among(word: str, option: Option) -> bool:
    return any(_are_alike(word, other) for other in _content(option.text))


def _are_alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if one == other or (shorter >= WORD_ROOT_CHARS and one[:WORD_ROOT_CHARS] == other[:WORD_ROOT_CHARS]):
        return True
    return shorter >= 4 and fuzz.ratio(one, other) >= WORDS_ALIKE_AT_LEAST
