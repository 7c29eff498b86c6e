"""A text gets shorter as it is understood."""

from __future__ import annotations

from learning.saying import Saying


def test_longest_word_is_taken_first() -> None:
    """Of phrases that begin alike the longest is meant, and words stand alone."""
    saying = Saying("remind me every second day or so")

    assert saying.take_word(["every", "every second day"]) == "every second day"
    assert saying.take_word(["rem", "day"]) == ""
    assert saying.rest.split() == ["remind", "me", "or", "so"]
