"""Grading an answer to an item. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from knowledge.model import Item, Option
from learning.ordering import is_whole

Outcome = Literal["right", "partly", "wrong"]


@dataclass(frozen=True)
class Grade:
    """How good an answer is: ``partly`` has a right option and is not all right.

    ``chosen`` stands as the item lists its options, or, for an item to put in order, as the person ordered them.
    """

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


def grade_order(item: Item, order: Sequence[str]) -> Grade:
    """Grade an order of all steps: ``partly`` if it begins right, or if most steps follow the one they should follow.

    Raises:
        ValueError: The order does not hold each of the item's steps once.
    """
    if not is_whole(item, order):
        raise ValueError(f"item {item.id} has no order {list(order)}")
    steps = {option.key: option for option in item.options}
    chosen, right = tuple(steps[key] for key in order), tuple(steps)
    if tuple(order) == right:
        return Grade("right", chosen, ())
    pairs = set(pairwise(right))
    kept = sum(pair in pairs for pair in pairwise(order))
    return Grade("partly" if order[0] == right[0] or kept > len(pairs) / 2 else "wrong", chosen, ())
