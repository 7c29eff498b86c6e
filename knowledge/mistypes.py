"""Examples as people in haste or in a second language write them: the same words with slips, or without small words."""

from __future__ import annotations

import random
import re

SLIP_EACH_WORDS = 4
SLIP_LEAST_CHARS = 4
_ARTICLES = re.compile(r"\b(?:a|an|the)\b ")
_NEGATIONS = re.compile(r"\b(?:do not|does not|don't|dont|doesn't|can't|cannot|cant)\b")
_HELPERS = re.compile(r"\b(?:is|am|are|was|has|have) ")
_ENDINGS = re.compile(r"(\w{3,})s\b")


def with_slips(text: str, chance: random.Random) -> str:
    """Return a text with a letter left out, doubled or swapped with the next in one word of four.

    Example:
        >>> with_slips("somebody standing outside", random.Random(1)) != "somebody standing outside"
        True
    """
    words = text.lower().split()
    for _ in range(max(1, len(words) // SLIP_EACH_WORDS)):
        place = chance.randrange(len(words))
        if len(words[place]) >= SLIP_LEAST_CHARS:
            words[place] = _slip(words[place], chance)
    return " ".join(words)


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    left_out, doubled = word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return chance.choice((left_out, left_out, swapped, swapped, doubled))


def in_broken_english(text: str) -> str:
    """Return a text without articles and auxiliaries, with a plain "no" for every negation, and no endings in "s".

    Example:
        >>> in_broken_english("I don't know what the neighbours have done")
        'i no know what neighbour done'
    """
    short = _NEGATIONS.sub("no", _ARTICLES.sub("", text.lower()))
    return _ENDINGS.sub(r"\1", _HELPERS.sub("", short))
