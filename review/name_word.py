"""One word of a text, and what the lists of names know of it."""

from __future__ import annotations

import re
from functools import cached_property

from review.name_signs import load_signs
from review.name_words import ENGLISH, FIRST_NAMES, LAST_NAMES, ORDINARY, folded, words_of

SHORT_CHARS = 3
DECLINED_LEAST_CHARS = 5
MISTYPED_LEAST_CHARS = 5
_SHORTENED = re.compile(r"[’'](?:m|ll|ve|re|d|t)$")  # I'm, won't


class Word:
    """A word of a text, and what the lists know of it."""

    def __init__(self, found: re.Match[str]) -> None:
        self.start, self.end = found.span()
        text = re.sub(r"[’']s?$", "", found[0])
        self.end -= len(found[0]) - len(text)
        self.low = folded(re.sub(r"^(?:[ldLD])[’'](?=\w{3})", "", text))
        self.is_capital = text[:1].isupper() and not (text.isupper() and len(text) > 1)
        self.is_small = text.islower()

    @cached_property
    def is_first_name(self) -> bool:
        """Whether it is a first name, and no other word."""
        return self.low in words_of(FIRST_NAMES) and not self.is_ordinary and len(self.low) >= SHORT_CHARS

    @cached_property
    def is_some_name(self) -> bool:
        """Whether it is a first or a last name, whatever else it may be."""
        return (self.low in words_of(FIRST_NAMES) or self.low in words_of(LAST_NAMES)) and not self.is_never

    @cached_property
    def is_never(self) -> bool:
        """Whether it is a day, a month, a country or the like."""
        return self.low in load_signs().not_names or bool(_SHORTENED.search(self.low))

    @cached_property
    def is_ordinary(self) -> bool:
        """Whether it is an ordinary word as well, or never a name."""
        return self.low in words_of(ORDINARY) or self.is_never

    @cached_property
    def is_known(self) -> bool:
        """Whether English has this word."""
        return self.low in words_of(ENGLISH) or self.is_ordinary

    @cached_property
    def is_mistyped(self) -> bool:
        """Whether it is an English word, and no first name, with two letters in the wrong order ("emial")."""
        if len(self.low) < MISTYPED_LEAST_CHARS or self.low in words_of(LAST_NAMES):
            return False
        swapped = (
            f"{self.low[:at]}{self.low[at + 1]}{self.low[at]}{self.low[at + 2 :]}" for at in range(len(self.low) - 1)
        )
        return any(one in words_of(ENGLISH) and one not in words_of(FIRST_NAMES) for one in swapped)

    @cached_property
    def is_declined(self) -> bool:
        """Whether it is a first name with an ending of Finnish, Estonian or Polish."""
        if self.is_known or len(self.low) < DECLINED_LEAST_CHARS:
            return False
        stems = (self.low[: -len(one)] for one in load_signs().endings if self.low.endswith(one))
        tried = (stem + more for stem in stems if len(stem) >= SHORT_CHARS for more in ("", "a", "i", "e"))
        return any(one in words_of(FIRST_NAMES) and one not in words_of(ORDINARY) for one in tried)
