"""What the team reads a lesson's steps by: a card by its title, a question of the quiz by how it begins."""

from __future__ import annotations

from textwrap import shorten

from knowledge.model import Card, Item
from telling.web import to_plain

STEM_SHOWN_CHARS = 70


def stem_of(item: Item) -> str:
    """Return the beginning of what a question of the quiz asks, without marks."""
    return shorten(to_plain(item.stem.text), STEM_SHOWN_CHARS, placeholder="…")


def title_of_step(step: Card | Item) -> str:
    """Return what a step of a lesson is called."""
    return f"Question: {stem_of(step)}" if isinstance(step, Item) else step.title
