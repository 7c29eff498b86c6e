"""Items to put in order: how their steps are shown, and which of them stand at their place. Pure functions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from knowledge.model import Item, Option

LETTERS = "ABCDEF"
MIXES_TRIED = 50  # more than one in three will do


def shown_options(item: Item) -> tuple[Option, ...]:
    """List the options as people see them; those of an item to put in order are mixed, the others stand as written.

    The mix follows from the item and its steps alone, so everybody sees the same, today and after a restart. No step
    stands at its right place in it.
    """
    if item.kind != "put in order":
        return item.options
    mixes = (_mix(item, number) for number in range(MIXES_TRIED))
    return next((mix for mix in mixes if _is_mixed(item, mix)), (*item.options[1:], *item.options[:1]))


def _mix(item: Item, number: int) -> tuple[Option, ...]:
    def fingerprint(option: Option) -> bytes:
        return hashlib.sha256(f"{item.id}.{option.key}.{number}".encode()).digest()

    return tuple(sorted(item.options, key=fingerprint))


def _is_mixed(item: Item, mix: tuple[Option, ...]) -> bool:
    return all(one.key != other.key for one, other in zip(item.options, mix, strict=True))


def letters(item: Item) -> dict[str, str]:
    """Give each option's letter, by the option's key, in the order in which they are shown."""
    return {option.key: letter for letter, option in zip(LETTERS, shown_options(item), strict=False)}


def is_whole(item: Item, order: Sequence[str]) -> bool:
    """Tell whether an order names every step of an item once."""
    return sorted(order) == sorted(option.key for option in item.options)


def misplaced(item: Item, order: Sequence[str]) -> tuple[str, ...]:
    """List the keys of the steps that do not stand at their place, in the order given."""
    right = [option.key for option in item.options]
    return tuple(key for key, wanted in zip(order, right, strict=False) if key != wanted)


def example_order(item: Item) -> str:
    """Make an example of a whole order in letters, which is not the right one.

    Example:
        "B A D C" for an item of four steps.
    """
    shown = list(letters(item).values())
    swapped = [letter for n in range(0, len(shown), 2) for letter in reversed(shown[n : n + 2])]
    right = [letters(item)[option.key] for option in item.options]
    return " ".join(swapped if swapped != right else [*shown[1:], shown[0]])
