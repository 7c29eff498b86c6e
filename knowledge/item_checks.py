"""Rules about quiz items: what is right, what each option teaches, and what fits on a button."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.errors import Problem
from knowledge.model import Item, Option, Passage
from knowledge.rules import BUBBLE_LIMIT_WORDS, BUTTON_LIMIT_CHARS, check_count, check_passage, problem

OPTIONS_AT_LEAST, OPTIONS_AT_MOST = 2, 6
STEPS_AT_LEAST = 3


def check_item(item: Item) -> Iterator[Problem]:
    """Check one quiz item."""
    place = item.stem.place
    yield from _check_order(item) if item.kind == "put in order" else _check_keys(item)
    if item.kind == "true or false" and [one.text.strip(".").lower() for one in item.options] != ["true", "false"]:
        yield problem(place, "a true or false item has the options True and False, in this order")
    if len({option.key for option in item.options}) < len(item.options):
        yield problem(place, "two options say the same; change one")
    yield from check_passage(item.stem, BUBBLE_LIMIT_WORDS)
    if item.hint:
        yield from check_passage(Passage(item.hint, (), place), BUBBLE_LIMIT_WORDS)
    for option in item.options:
        yield from _check_option(option)


def _check_option(option: Option) -> Iterator[Problem]:
    place = option.feedback.place
    if not option.feedback.text:
        yield problem(place, "option without feedback; add a line that begins with > and says why")
    else:
        yield from check_passage(option.feedback, BUBBLE_LIMIT_WORDS)
    if not option.is_right and not option.misconception:
        yield problem(place, "no {misconception: ...}; name what choosing this option shows")
    if len(option.text) > BUTTON_LIMIT_CHARS:
        yield problem(place, f"option of {len(option.text)} letters; at most {BUTTON_LIMIT_CHARS}")


def _check_keys(item: Item) -> Iterator[Problem]:
    place, right = item.stem.place, len(item.right_keys)
    yield from check_count(len(item.options), OPTIONS_AT_LEAST, OPTIONS_AT_MOST, "options", place, "an item")
    if right == 0:
        yield problem(place, "item has no right option (mark exactly one with [x])")
    if right > 1 and item.kind != "several right":
        yield problem(place, f"item has {right} right options; mark one, or call it (several right)")
    if right == 1 and item.kind == "several right":
        yield problem(place, "item has one right option; call it (one right)")


def _check_order(item: Item) -> Iterator[Problem]:
    place, steps = item.stem.place, len(item.options)
    yield from check_count(steps, STEPS_AT_LEAST, OPTIONS_AT_MOST, "steps", place, "an item to put in order")
    if not item.misconception:
        yield problem(place, "no {misconception: ...}; name what another order shows, below the list")
