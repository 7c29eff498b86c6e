"""Finding the words that name people by a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.model import Label

_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_EMPHASIS = re.compile(r"[*_]")
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_ARTICLES = ("the ", "a ", "an ")
_AFTER_A_NOUN = (
    "and are as at but by can could do for from had has have in is may must need not of on or should that they to was "
    "were when which who will with would"
)
_NEVER = r"(?!)"
KNOWN_TEXTS = 30_000


class LabelFinder:
    """Finds in texts the words that name people by a problem; what stands in double quotes is somebody else's word."""

    def __init__(self, labels: tuple[Label, ...]) -> None:
        self._labels = labels
        self._known: dict[str, tuple[tuple[str, Label], ...]] = {}
        groups = ("|".join(_pattern(form) for form in label.forms) or _NEVER for label in labels)
        found = "|".join(f"({group})" for group in groups) or _NEVER
        self._pattern = re.compile(rf"\b(?<!-)(?:{found})", re.I)  # the beginning of a word first: most places are none

    def find_again(self, text: str) -> tuple[tuple[str, Label], ...]:
        """Find the same as ``find``; a text that was looked at before costs nothing, as while an author types."""
        if text not in self._known:
            if len(self._known) >= KNOWN_TEXTS:
                self._known.clear()
            self._known[text] = tuple(self.find(text))
        return self._known[text]

    def find(self, text: str) -> Iterator[tuple[str, Label]]:
        """Yield each word found, as it stands in the text, with its label."""
        for paragraph in _PARAGRAPH_END.split(text):
            plain = _QUOTED.sub('""', _EMPHASIS.sub("", paragraph))
            for match in self._pattern.finditer(plain):
                yield match.group(), self._labels[(match.lastindex or 1) - 1]


def _pattern(form: str) -> str:
    """Make a pattern of a form; spaces and hyphens are the same."""
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[ -]", form.removesuffix("*")))
    ending = r"\w*" if form.endswith("*") else ""
    after = _AFTER_A_NOUN.replace(" ", "|")
    stands_alone = rf"(?=\s*(?:[^\w\s-]|$)|\s+(?:{after})\b)" if form.lower().startswith(_ARTICLES) else ""
    return rf"{words}{ending}(?![\w-]){stands_alone}"
