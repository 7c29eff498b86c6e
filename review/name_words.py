"""The words that names are told by: lists made by ``tests/review/masking/name_lists.py`` from Faker's names (MIT)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "words"
FIRST_NAMES = FOLDER / "first_names.txt"
LAST_NAMES = FOLDER / "last_names.txt"
ORDINARY = FOLDER / "ordinary_names.txt"  # names that are ordinary words as well, in some language
ENGLISH = FOLDER / "english.txt"  # words and well-known proper names that are nobody's


def folded(word: str) -> str:
    """Write a word in small letters without accents, as people type on phones.

    Example:
        >>> folded("Björn")
        'bjorn'
    """
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


@lru_cache(maxsize=8)
def words_of(path: Path) -> frozenset[str]:
    """Read a list, folded, one word a line."""
    return frozenset(path.read_text(encoding="utf-8").split())
