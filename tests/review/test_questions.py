"""Questions of one meaning come together, the largest group first."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.encoder import load_encoder
from review.questions import Asked, Group, group

AT = datetime(2026, 1, 1)


def asked(text: str, topic: str = "", score: float = 0.2) -> Asked:
    """Make a question."""
    return Asked(text, "not answered", (topic,) if topic else (), score, "somebody", AT)


def direction(texts: list[str]) -> np.ndarray:
    """Encode a text by its first letter alone."""
    return np.eye(26)[[ord(text[0]) - ord("a") for text in texts]]


def test_same_meaning_comes_together() -> None:
    """Who asks for money in other words asks the same; who asks for a room does not."""
    texts = ["how do i apply for eu money", "where can we apply for EU funding", "which room is the training in"]

    groups = group([asked(text) for text in texts], load_encoder().encode)

    assert [one.size for one in groups] == [2, 1]
    assert groups[1].asked[0].text == texts[2]


def test_group_names_the_topic_most_were_near_to() -> None:
    """The nearest topic is that of most, the score their mean."""
    one = Group((asked("a", "x", 0.2), asked("b", "y", 0.4), asked("c", "y", 0.6)))

    assert (one.nearest, round(one.score, 2)) == ("y", 0.4)
    assert Group((asked("a"),)).nearest == ""


@given(st.lists(st.sampled_from("abcdef"), max_size=30))
def test_every_question_is_in_one_group(letters: list[str]) -> None:
    """Nothing is lost or doubled, and only what is near stands together."""
    groups = group([asked(letter) for letter in letters], direction)

    assert sorted(one.text for each in groups for one in each.asked) == sorted(letters)
    assert all(len({one.text for one in each.asked}) == 1 for each in groups)
    assert [each.size for each in groups] == sorted((each.size for each in groups), reverse=True)
