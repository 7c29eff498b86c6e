"""Steps to put in order are shown mixed, to everybody alike, and an example never gives the order away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.loader import load_knowledge
from knowledge.model import Item
from learning.ordering import example_order, is_whole, letters, misplaced, shown_options
from tests.learning.samples import an_item, an_order

counts = st.integers(min_value=2, max_value=6)


def named(key: str, count: int) -> Item:
    """Make an item to put in order with a name of its own, so that it is mixed in its own way."""
    return replace(an_order(count=count), id=f"sample.{key}")


@given(key=st.text(), count=counts)
def test_steps_are_shown_mixed(key: str, count: int) -> None:
    """Every step is shown once, and none stands at its right place; asked again, the mix is the same."""
    item = named(key, count)

    shown = shown_options(item)

    assert sorted(option.key for option in shown) == [option.key for option in item.options]
    assert all(one != other for one, other in zip(shown, item.options, strict=True))
    assert shown_options(named(key, count)) == shown


def test_mix_is_the_same_after_a_restart() -> None:
    """The mix rests on nothing that a process brings with it; this one was seen in another."""
    assert "".join(option.key for option in shown_options(an_order())) == "cdab"


def test_items_are_mixed_in_ways_of_their_own() -> None:
    """Who has seen one mix does not know the next."""
    mixes = {shown_options(named(str(number), 4)) for number in range(30)}

    assert len(mixes) > 4


def test_other_items_are_shown_as_written() -> None:
    """Only steps to put in order are mixed."""
    item = an_item(kind="several right", right="ac")

    assert shown_options(item) == item.options
    assert letters(item) == {"a": "A", "b": "B", "c": "C", "d": "D"}


def test_letters_follow_what_is_shown() -> None:
    """The first step shown is A, whatever its right place."""
    item = an_order(count=5)

    assert list(letters(item)) == [option.key for option in shown_options(item)]
    assert "".join(letters(item).values()) == "ABCDE"


@pytest.mark.parametrize(("order", "away"), [("abcd", ""), ("abdc", "dc"), ("dcba", "dcba"), ("cbad", "ca")])
def test_steps_away_from_their_place_are_listed(order: str, away: str) -> None:
    """They come in the order given, so that the first is the first."""
    assert "".join(misplaced(an_order(), order)) == away


@pytest.mark.parametrize(("order", "expected"), [("abcd", True), ("dacb", True), ("abc", False), ("aabc", False)])
def test_whole_order_has_each_step_once(order: str, expected: bool) -> None:
    """Nothing left out, nothing twice."""
    assert is_whole(an_order(), order) is expected


@given(key=st.text(), count=st.integers(min_value=3, max_value=6))
def test_example_is_whole_and_not_the_right_order(key: str, count: int) -> None:
    """The example can be typed as it is, and does not give the order away."""
    item = named(key, count)
    steps = {letter: option_key for option_key, letter in letters(item).items()}

    order = [steps[letter] for letter in example_order(item).split()]

    assert is_whole(item, order)
    assert order != [option.key for option in item.options]


def test_steps_of_the_course_are_mixed() -> None:
    """No item of the course shows its steps in the right order."""
    items = [item for lesson in load_knowledge().lessons.values() for item in lesson.items]

    assert [item.id for item in items if item.kind == "put in order" and shown_options(item) == item.options] == []
