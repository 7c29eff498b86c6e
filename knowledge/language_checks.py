"""Rules about all that people read: words that name people by a problem, and messages that do not fit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from knowledge.errors import Problem
from knowledge.labels import LabelFinder
from knowledge.model import Knowledge, Label
from knowledge.readability import count_chars
from knowledge.rules import problem
from knowledge.wording import Wording, all_wordings

MESSAGE_LIMIT_CHARS = 4096  # Telegram's, for a message
CAPTION_LIMIT_CHARS = 1024  # Telegram's, for what stands under a picture


def check_all_language(knowledge: Knowledge) -> Iterator[Problem]:
    """Check every text that people read."""
    finder = _finder_of(knowledge.labels)
    for wording in all_wordings(knowledge):
        yield from _check_labels(wording, finder)
        yield from _check_size(wording)


@lru_cache(maxsize=2)
def _finder_of(labels: tuple[Label, ...]) -> LabelFinder:
    return LabelFinder(labels)


def _check_labels(wording: Wording, finder: LabelFinder) -> Iterator[Problem]:
    for text in wording.texts:
        for found, label in finder.find_again(text):
            told = f"'{found}' names people by a problem"
            yield problem(wording.place, f"{told}; write {label.instead} ({label.why})")


def _check_size(wording: Wording) -> Iterator[Problem]:
    chars = count_chars(wording.message)
    if wording.image and chars > CAPTION_LIMIT_CHARS:
        told = f"{chars} letters under a picture; Telegram has at most {CAPTION_LIMIT_CHARS}"
        yield problem(wording.place, f"{told}, so cut it, or leave the picture out")
    elif chars > MESSAGE_LIMIT_CHARS:
        yield problem(wording.place, f"{chars} letters; a message in Telegram has at most {MESSAGE_LIMIT_CHARS}")
