"""Telling a slip of the keyboard from a word, also one of a language that the tutor does not know. Pure functions."""

from __future__ import annotations

from itertools import pairwise

from learning.wording import to_plain, to_words

ROWS = ("qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm", "zxcvbnm", "yxcvbnm", "wxcvbn")
_BESIDE = {pair for row in ROWS for one, other in pairwise(row) for pair in (one + other, other + one)}
SLIPPED_SHARE = 0.6
LEAST_CHARS, MOST_CHARS = 3, 20  # nobody slips for longer without noticing


def is_slip(text: str) -> bool:
    """Tell whether every word is one letter again and again, or runs along a row of keys.

    Some words do that by chance, such as "tree": ask only about what is no known word.

    Example:
        >>> is_slip("asdf hjkl"), is_slip("zzz"), is_slip("kodukülastus"), is_slip("NHS")
        (True, True, False, False)
    """
    words = to_words(to_plain(text))
    return bool(words) and all(_is_slipped(word) for word in words)


def _is_slipped(word: str) -> bool:
    if not LEAST_CHARS <= len(word) <= MOST_CHARS:
        return False
    pairs = [one + other for one, other in pairwise(word)]
    return len(set(word)) == 1 or sum(pair in _BESIDE for pair in pairs) / len(pairs) >= SLIPPED_SHARE
