"""A typed text that is understood piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


@dataclass
class Saying:
    """A text that gets shorter as it is understood."""

    rest: str

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Find something, and take it out of the rest."""
        found = pattern.search(self.rest)
        if found:
            self.rest = f"{self.rest[: found.start()]} {self.rest[found.end() :]}"
        return found

    def take_word(self, words: Iterable[str]) -> str:
        """Find one of some words, the longest first, and take it out; empty when there is none."""
        found = self.take(one_of(tuple(words)))
        return found.group() if found else ""


@lru_cache(maxsize=256)
def one_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Make a pattern of some words or phrases that stand alone; the longest is found first."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
