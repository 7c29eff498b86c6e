"""How much fits into one bubble, and into one turn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.checks import count_words

BUBBLE_LIMIT_WORDS = 90
TURN_LIMIT_BUBBLES = 3
_PARAGRAPH_END = "\n\n"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def split_text(text: str, limit_words: int = BUBBLE_LIMIT_WORDS) -> list[str]:
    """Split a text into bubbles, between paragraphs, and between sentences only where a paragraph is too long."""
    bubbles = [""]
    for paragraph in text.split("\n\n"):
        is_long = count_words(paragraph) > limit_words
        for n, part in enumerate(_SENTENCE_END.split(paragraph) if is_long else [paragraph]):
            joined = f"{bubbles[-1]}{' ' if n else _PARAGRAPH_END}{part}" if bubbles[-1] else part
            bubbles[-1:] = [joined] if count_words(joined) <= limit_words else [bubbles[-1], part]
    return bubbles


def join_names(names: Sequence[str]) -> str:
    """Name several things in one breath, at least one.

    Example:
        >>> join_names(["A", "C", "D"])
        'A, C and D'
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
