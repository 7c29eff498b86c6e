"""A question stays somebody's when it is put in other words; what is like none is taken for what has just gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.listed import form_of
from review.draft_sources import follow

LINES = st.lists(st.text("abc xyz", min_size=1, max_size=12), max_size=6)


@pytest.mark.parametrize(
    ("before", "after", "became"),
    [
        (["who mends the shed"], ["Who mends the shed?"], {}),
        (["who mends the shed"], ["who repairs the shed"], {"who mends the shed": ["who repairs the shed"]}),
        (["who mends the shed"], [], {"who mends the shed": []}),
        (["who mends the shed"], ["repairs of bikes"], {"who mends the shed": ["repairs of bikes"]}),
        (["a b c", "x y z"], ["x y w", "a b d"], {"a b c": ["a b d"], "x y z": ["x y w"]}),
        (["a b c", "x y z"], ["a b c", "p q"], {"x y z": ["p q"]}),
        (["a b c"], ["a b c", "p q"], {}),
    ],
)
def test_line_in_other_words_is_followed(before: list[str], after: list[str], became: dict[str, list[str]]) -> None:
    """Marks change nothing; the nearest line counts; one that is like none may come from whatever has gone."""
    assert follow(before, after) == became


def test_line_of_long_ago_comes_back_in_other_words() -> None:
    """What was taken out of the list earlier is known again, if it is like it."""
    hints = ["who mends the shed"]

    assert follow([], ["who repairs the shed", "and why"], hints) == {"who mends the shed": ["who repairs the shed"]}


@given(LINES, LINES)
def test_each_new_line_comes_from_something_that_went(before: list[str], after: list[str]) -> None:
    """As long as a line went, no new line is nobody's; no line that stayed is anybody's anew."""
    became = follow(before, after)

    was, there = {form_of(line) for line in before}, {form_of(line) for line in after}
    followed = {form_of(line) for lines in became.values() for line in lines}
    assert followed == (there - was if was - there else set())
    assert {form_of(line) for line in became} == was - there
