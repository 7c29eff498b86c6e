"""Grading an answer to an item. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.model import Item, Option

Outcome = Literal["right", "partly", "wrong"]


@dataclass(frozen=True)
class Grade:
    """How good an answer is: ``partly`` has a right option and is not all right."""

    outcome: Outcome
    chosen: tuple[Option, ...]
    missed: tuple[Option, ...]


def grade_answer(item: Item, chosen_keys: frozenset[str]) -> Grade:
    """Grade the chosen options.

    Raises:
        ValueError: Nothing is chosen, or a key is not one of the item's.
    """
    if not chosen_keys or not chosen_keys <= {option.key for option in item.options}:
        raise ValueError(f"item {item.id} has no options {sorted(chosen_keys)}")
    chosen = tuple(option for option in item.options if option.key in chosen_keys)
    missed = tuple(option for option in item.options if option.is_right and option.key not in chosen_keys)
    if chosen_keys == item.right_keys:
        return Grade("right", chosen, ())
    return Grade("partly" if chosen_keys & item.right_keys else "wrong", chosen, missed)
