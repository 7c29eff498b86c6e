"""Telling what a person means by a text while a question about their own project is open. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from learning.place_words import ASKS
from learning.wording import to_plain, to_words

Reply = Literal["answer", "question", "command", "unsure"]

COMMAND_LIMIT_WORDS = 6
SURE_COMMAND_LIMIT_WORDS = 12
SURE_AT_LEAST = 0.9
QUESTION_LIMIT_WORDS = 40
BARE_QUESTION_LIMIT_WORDS = 12
_SENTENCE_END = re.compile(r"[.!;:\n]\s*\S")


def is_question(text: str) -> bool:
    """Tell a question to the tutor from an answer in whole sentences.

    Example:
        >>> is_question("what is a living lab"), is_question("When the ward round ends we meet. Then we cook.")
        (True, False)
    """
    count = len(text.split())
    if text.rstrip().endswith("?"):
        return count <= QUESTION_LIMIT_WORDS
    is_bare = count <= BARE_QUESTION_LIMIT_WORDS and not _SENTENCE_END.search(text)
    return is_bare and bool(ASKS.match(to_plain(text)))


def read_reply(text: str, *, is_command: bool, confidence: float) -> Reply:
    """Tell whether a text answers the open question, asks another one, or tells the tutor to do something.

    Args:
        text: As typed.
        is_command: Whether it was understood as a command, surely enough for one outside of questions.
        confidence: How sure that is, 0 to 1.

    Returns:
        ``unsure`` for a text without a single letter. In doubt ``answer``: what was written is kept.
    """
    if not any(char.isalnum() for char in text):
        return "unsure"
    count = len(to_words(text))
    limit = SURE_COMMAND_LIMIT_WORDS if confidence >= SURE_AT_LEAST or is_question(text) else COMMAND_LIMIT_WORDS
    if is_command and count <= limit:
        return "command"
    return "question" if is_question(text) else "answer"


def is_only(text: str, words: Collection[str]) -> bool:
    """Tell whether a text holds nothing but some words.

    Example:
        >>> is_only("Yes, please!", {"yes", "please"})
        True
    """
    typed = to_words(to_plain(text))
    return bool(typed) and set(typed) <= set(words)
