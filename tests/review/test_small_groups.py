"""One rule for all figures: a figure stands for several numbers, and every page of figures tells the rule."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.loader import load_knowledge
from review.small_groups import FEWEST, FIVE, tell_fives, tell_some, to_fives, to_share
from tests.review.visitors import Visitor

LESSON_ID = next(iter(load_knowledge().lessons))
PAGES = ["/", "/lessons", f"/lessons/{LESSON_ID}", "/exports"]
TOLD = "So no figure tells of one person."


@given(st.integers(0, 10_000))
def test_number_is_near_and_stands_for_several(count: int) -> None:
    """What is told is at most two away, and five different numbers are told alike (of the smallest, three)."""
    alike = [other for other in range(count + FIVE) if to_fives(other) == to_fives(count)]

    assert abs(to_fives(count) - count) <= 2
    assert len(alike) >= 3
    assert to_fives(to_fives(count)) == to_fives(count)


@given(st.integers(0, 10_000))
def test_number_for_people_says_what_it_stands_for(count: int) -> None:
    """One and two are never told as none."""
    assert tell_fives(count) == (FEWEST if count <= 2 else str(to_fives(count)))
    assert ("one or two" in tell_some(count)) == (count <= 2)


@given(st.floats(0, 1))
def test_share_is_one_of_twenty_steps(share: float) -> None:
    """No share is further off than half a step."""
    assert abs(to_share(share) - share) <= 0.0251
    assert round(to_share(share) * 20, 9).is_integer()


@pytest.mark.parametrize("path", PAGES)
async def test_page_of_figures_tells_the_rule_once(visitor: Visitor, asked: str, path: str) -> None:
    """Whoever reads figures reads what they stand for; one question of one person is no exact figure anywhere."""
    await visitor.come_in("editor")
    page = (await visitor.page(path)).text

    assert page.count(TOLD) == 1
    assert not re.search(r"<(?:td|strong)>[1-4]</", page)
