"""Reading that a person wants to stop."""

from __future__ import annotations

import pytest

from learning.stopping import is_stop


@pytest.mark.parametrize(
    "text", ["stop", "Stop!", "enough for today", "no more questions", "i want to stop now", "let's stop"]
)
def test_wish_to_stop_is_read(text: str) -> None:
    """People say it in few words."""
    assert is_stop(text)


@pytest.mark.parametrize("text", ["", "no", "b", "why did the pilot stop?", "stop harm to residents", "next", "more"])
def test_other_text_is_no_stop(text: str) -> None:
    """A question, an answer or another wish is not taken for it."""
    assert not is_stop(text)
