"""The numbers of sources in one paper: counted as they are first used."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.model import Knowledge
from learning.papers.document import Reference

TOGETHER = ",\N{NO-BREAK SPACE}"  # numbers in one bracket stay on one line
_KEY = re.compile(r"\bS\d+\b")


class Numbering:
    r"""Gives each source its number, and lists those that were used.

    Example:
        >>> from knowledge.loader import load_knowledge
        >>> numbering = Numbering(load_knowledge())
        >>> numbering.marks(("S10", "S16")), numbering.marks(("S16", "S99999"))
        (' [1,\xa02]', ' [2]')
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._numbers: dict[str, int] = {}

    def marks(self, keys: Iterable[str]) -> str:
        """Return the numbers of some sources in brackets; nothing where there are none."""
        known = [source.key for source in self._knowledge.cited(tuple(keys))]
        numbers = [str(self._numbers.setdefault(key, len(self._numbers) + 1)) for key in known]
        return f" [{TOGETHER.join(numbers)}]" if numbers else ""

    def renumber(self, note: str) -> str:
        """Put the paper's numbers in the place of the keys by which a note of the course names sources."""
        keys = self._knowledge.sources
        return _KEY.sub(lambda found: self.marks([found.group()]).strip() if found.group() in keys else "", note)

    def references(self) -> tuple[Reference, ...]:
        """Return the sources used, by number."""
        found = self._knowledge.cited(tuple(self._numbers))
        return tuple(
            Reference(self._numbers[one.key], _in_sentences((one.author, one.title, str(one.year))), one.url)
            for one in found
        )


def _in_sentences(parts: Iterable[str]) -> str:
    """Write the parts of a reference one after another; a title that asks keeps its own mark.

    Example:
        >>> _in_sentences(("Fora", "Who leads?", ""))
        'Fora. Who leads?'
    """
    return " ".join(part if part.endswith(("?", "!", ".")) else f"{part}." for part in parts if part)
