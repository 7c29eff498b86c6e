"""Words by which masking sees that a name follows; they stand in ``words/signs.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML

from review.name_words import FOLDER

FILE = FOLDER / "signs.yml"
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Signs:
    """The words, folded, by what they tell. A phrase is a row of words."""

    titles: frozenset[str]
    titles_before_capital: frozenset[str]
    titles_after: frozenset[str]
    strong: frozenset[Phrase]
    weak: frozenset[Phrase]
    roles: frozenset[str]
    says: frozenset[str]
    is_: frozenset[str]
    before_place: frozenset[str]
    before_name: frozenset[str]
    not_after: frozenset[str]
    particles: frozenset[str]
    not_names: frozenset[str]
    endings: tuple[str, ...]


@lru_cache(maxsize=8)
def lengths_of(phrases: frozenset[Phrase]) -> tuple[int, ...]:
    """Return how many words phrases have, each length once, the shortest first."""
    return tuple(sorted({len(one) for one in phrases}))


@lru_cache(maxsize=1)
def load_signs() -> Signs:
    """Read the file."""
    rows: dict[str, Any] = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    rows["is_"] = rows.pop("is")
    rows["titles"] += f" {rows['titles_before_capital']}"
    return Signs(**{name: _to_words(name, row) for name, row in rows.items()})


def _to_words(name: str, row: Any) -> Any:
    if isinstance(row, list):
        return frozenset(tuple(one.split()) for one in row)
    return tuple(row.split()) if name == "endings" else frozenset(row.split())
