"""Questions that the course team wrote down word for word: who asks just so gets what stands there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from knowledge.model import Correction, Entry
from knowledge.readability import words_of
from knowledge.text import tidy

Where = Literal["entry", "correction", "refusal"]


class Listed(NamedTuple):
    """Where a question is written down: an entry's topic, a correction's id, or a kind of refusal."""

    where: Where
    key: str


def form_of(text: str) -> str:
    """Return a question's words in their order, so that capitals, spaces and marks make no difference.

    Example:
        >>> form_of("  What IS co-creation?!")
        'what is co-creation'
    """
    return " ".join(words_of(tidy(text).lower()))


@lru_cache(maxsize=16_384)
def _form_written(text: str) -> str:
    """Return the form of a question of the course: those that stay when the content changes are known already."""
    return form_of(text)


class ListedQuestions:
    """Finds what a question is written under.

    Args:
        entries: The written answers, by topic.
        corrections: What is false, with its questions.
        refusals: Examples of what is not covered, by kind.
    """

    def __init__(
        self,
        entries: Mapping[str, Entry],
        corrections: tuple[Correction, ...] = (),
        refusals: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        refused = [(text, Listed("refusal", kind)) for kind, texts in (refusals or {}).items() for text in texts]
        held = [(text, Listed("correction", one.id)) for one in corrections for text in one.questions]
        asked = [(text, Listed("entry", topic)) for topic, entry in entries.items() for text in entry.questions]
        self._found = {_form_written(text): listed for text, listed in (*refused, *held, *asked)}  # an answer wins
        self._found.pop("", None)

    def find(self, text: str) -> Listed | None:
        """Return what a text is written under, word for word; None for any other text."""
        return self._found.get(form_of(text))
