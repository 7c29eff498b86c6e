"""Grading compares what was chosen with what is right."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.grading import Outcome, grade_answer, grade_order
from tests.learning.samples import an_item, an_order


@pytest.mark.parametrize(
    ("right", "chosen", "outcome", "missed"),
    [
        ("b", "b", "right", ""),
        ("b", "a", "wrong", "b"),
        ("ac", "ac", "right", ""),
        ("ac", "a", "partly", "c"),
        ("ac", "abc", "partly", ""),
        ("ac", "abcd", "partly", ""),
        ("ac", "bd", "wrong", "ac"),
        ("abcd", "abcd", "right", ""),
    ],
)
def test_answer_chosen_gets_its_outcome(right: str, chosen: str, outcome: Outcome, missed: str) -> None:
    """All right and nothing else is right; something right is partly; nothing right is wrong."""
    item = an_item(right=right, kind="one right" if len(right) == 1 else "several right")

    grade = grade_answer(item, frozenset(chosen))

    assert grade.outcome == outcome
    assert "".join(option.key for option in grade.chosen) == chosen
    assert "".join(option.key for option in grade.missed) == missed


@pytest.mark.parametrize("chosen", ["", "z", "az"])
def test_answer_without_known_option_is_refused(chosen: str) -> None:
    """No option, or one that the item does not have, is no answer; the error names the item."""
    with pytest.raises(ValueError, match=r"sample\.quiz"):
        grade_answer(an_item(), frozenset(chosen))


@given(right=st.sets(st.sampled_from("abcd"), min_size=1), chosen=st.sets(st.sampled_from("abcd"), min_size=1))
def test_outcome_follows_from_sets_alone(right: set[str], chosen: set[str]) -> None:
    """Whatever is chosen: right if equal, wrong if disjoint, else partly; what is missed is right and not chosen."""
    item = an_item(right="".join(sorted(right)), kind="several right")

    grade = grade_answer(item, frozenset(chosen))

    assert grade.outcome == ("right" if chosen == right else "partly" if chosen & right else "wrong")
    assert {option.key for option in grade.missed} == (set() if chosen == right else right - chosen)
    assert {option.key for option in grade.chosen} == chosen


@pytest.mark.parametrize(
    ("order", "outcome"),
    [
        ("abcd", "right"),
        ("adcb", "partly"),  # begins right
        ("acbd", "partly"),
        ("bcda", "partly"),  # most steps follow the one they should follow
        ("cdab", "partly"),
        ("dabc", "partly"),
        ("bacd", "wrong"),
        ("cbad", "wrong"),
        ("dcba", "wrong"),
    ],
)
def test_order_given_gets_its_outcome(order: str, outcome: Outcome) -> None:
    """The whole order is right; a right beginning, or most of it in a row, is partly; the rest is wrong."""
    grade = grade_order(an_order(), order)

    assert grade.outcome == outcome
    assert "".join(option.key for option in grade.chosen) == order
    assert grade.missed == ()


@pytest.mark.parametrize("order", ["", "a", "abc", "abcc", "abcde", "abcz"])
def test_order_without_every_step_once_is_refused(order: str) -> None:
    """An order that leaves out, repeats or adds a step is none; the error names the item."""
    with pytest.raises(ValueError, match=r"sample\.order"):
        grade_order(an_order(), order)


@given(count=st.integers(min_value=3, max_value=6), data=st.data())
def test_outcome_of_order_follows_from_neighbours(count: int, data: st.DataObject) -> None:
    """Only the right order is right, and what is neither begun right nor mostly in a row is wrong."""
    right = tuple("abcdef"[:count])
    order = data.draw(st.sampled_from(list(permutations(right))))
    in_a_row = sum(ord(second) - ord(first) == 1 for first, second in pairwise(order))

    outcome = grade_order(an_order(count=count), order).outcome

    assert (outcome == "right") == (order == right)
    assert (outcome != "wrong") == (order[0] == "a" or in_a_row * 2 > count - 1)
