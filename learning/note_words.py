"""Reading what a person wants done with a note: "delete note 2", "change the last one", "more notes"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from learning.place_words import COUNTS, ORDINALS
from learning.wording import to_plain, to_words

Wish = Literal["list", "open", "change", "delete"]
_DELETE = frozenset("delete remove erase discard scrap bin drop".split())
_CHANGE = frozenset("change edit rewrite correct update fix amend reword replace".split())
_OPEN = frozenset("open read show see view whole full".split())
_STEPS = {"next": 1, "more": 1, "further": 1, "older": 1, "previous": -1, "back": -1}
_ABOUT_NOTES = re.compile(r"\b(notes?|reflections?|notebook|wrote|written|entry|entries|it|one|that|this)\b")


@dataclass(frozen=True)
class NoteWish:
    """What is wanted: ``number`` counts notes from 1, -1 is the last; ``turn`` moves by pages."""

    wish: Wish
    number: int | None = None
    turn: int = 0


def read_note_wish(text: str) -> NoteWish:
    """Read a wish about notes from a text that is known to be one; anything else lists them."""
    words = to_words(to_plain(text))
    number = _read_number(words)
    if _DELETE & set(words):
        return NoteWish("delete", number)
    if _CHANGE & set(words):
        return NoteWish("change", number)
    turn = next((_STEPS[word] for word in words if word in _STEPS), 0)
    if turn and number is None:
        return NoteWish("list", turn=turn)
    return NoteWish("open", number) if number is not None and (_OPEN | {"note"}) & set(words) else NoteWish("list")


def is_about_a_note(text: str) -> bool:
    """Tell whether a text asks to change or delete something that may be a note: "delete that one"."""
    words = to_words(to_plain(text))
    return bool((_DELETE | _CHANGE) & set(words)) and bool(_ABOUT_NOTES.search(to_plain(text)))


def _read_number(words: list[str]) -> int | None:
    if "lesson" in words:  # "what I wrote in lesson 2" names no note
        return None
    if "last" in words or "latest" in words or "newest" in words:
        return -1
    for word in words:
        if word.isascii() and word.isdecimal() and len(word) < 4:
            return int(word)
        if word in ORDINALS:
            return ORDINALS[word] + 1
        if word in COUNTS and word != "one":
            return COUNTS[word]
    return None
