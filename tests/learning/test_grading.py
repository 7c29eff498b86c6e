"""Grading compares what was chosen with what is right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.grading import Outcome, grade_answer
from tests.learning.samples import an_item


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
