"""Mending slips of the keyboard: words that are no English become the course's nearest word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import spacy_lookups_data
import srsly
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.text import is_english

KNOWN_FROM_TIMES = 8  # a word that the course uses so often is a word
OFFERED_FROM_TIMES = 3
SHORT_LETTERS = 6  # shorter words may have one slip, others two
MENDED_FROM_LETTERS = 4
NEAREST = 8
COMMON_FROM_LOG_PROBABILITY = -12.45  # rarer words of spaCy's table are often slips themselves: "thier" has -12.9
_WORD = re.compile(r"[^\W\d_]+")
_LONE_WORD = re.compile(r"(?<![\w’'])[^\W\d_]+(?![\w’'])")  # not a part of "don't"


class Speller:
    """Mends words by the words of some texts.

    Args:
        texts: Their words are what a slip can become, the more frequent the likelier.
        names: Words that are right although no dictionary has them, such as names of places.
    """

    def __init__(self, texts: Iterable[str], names: Iterable[str]) -> None:
        self._times = Counter(word for text in texts for word in _WORD.findall(text.lower()))
        self._names = {word for name in names for word in _WORD.findall(name.lower())}
        self._words = [
            word
            for word, times in self._times.items()
            if len(word) >= MENDED_FROM_LETTERS - 1
            and times >= OFFERED_FROM_TIMES
            and (is_known(word) or times >= KNOWN_FROM_TIMES)
        ]

    def mend(self, text: str) -> str:
        """Mend the words of a text that nobody knows; all others stay as they are."""
        return _LONE_WORD.sub(lambda match: self._mend_word(match.group()), text)

    def _mend_word(self, written: str) -> str:
        word = written.lower()
        is_right = word in self._names or self._times[word] >= KNOWN_FROM_TIMES or is_known(word)
        if len(word) < MENDED_FROM_LETTERS or is_right:
            return written
        slips = 1 if len(word) < SHORT_LETTERS else 2
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=slips, limit=NEAREST)
        return min(near, key=lambda one: (one[1], -self._times[one[0]]))[0] if near else written


def is_known(word: str) -> bool:
    """Tell whether a word, in lower case, is common English, or a form that spaCy's tables know."""
    return word in _common_words() or is_english(word)


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """The 11,000 most common words of spaCy's table of a million; made once, half a second."""
    table = srsly.read_gzip_json(f"{spacy_lookups_data.en['lexeme_prob']}.gz")
    return frozenset(word for word, value in table.items() if value > COMMON_FROM_LOG_PROBABILITY)
