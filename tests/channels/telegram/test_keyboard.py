"""Buttons are laid out for a phone, cut kindly, and marked once they were pressed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.telegram.keyboard import TITLE_LIMIT_CHARS, Button, after_press, cut_title, lay_out, long_titles

LONG = "B. People who use the service also decide and carry it out"


def key(title: str, kind: str = "action", token: str = "") -> Button:
    """Make a button."""
    return {"title": title, "token": token or f"token-{title}", "kind": kind}


def shown(rows: list[list[dict[str, str]]]) -> list[list[str]]:
    """Return what stands on the buttons of each row."""
    return [[one["text"] for one in row] for row in rows]


@pytest.mark.parametrize(
    ("buttons", "rows"),
    [
        ([], []),
        ([key("Next"), key("Back")], [["Next", "Back"]]),
        ([key("Next"), key("Back"), key("Hint")], [["Next", "Back"], ["Hint"]]),
        ([key("More"), key("Back to my question, 2 of 4")], [["More"], ["Back to my question, 2 of 4"]]),
        ([key("A. Yes", "option"), key("B. No", "option"), key("Hint")], [["A. Yes"], ["B. No"], ["Hint"]]),
        ([key("More"), key("👍", "rate"), key("👎", "rate")], [["More"], ["👍", "👎"]]),
        ([key(" ")], []),
        ([key("Next", token="x" * 65), key("Back", token="é" * 33)], []),
    ],
)
def test_buttons_are_laid_out_for_a_phone(buttons: list[Button], rows: list[list[str]]) -> None:
    """Short ones and thumbs stand two a row, long ones and answers alone; what Telegram refuses is left out."""
    assert shown(lay_out(buttons)) == rows


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("Next", "Next"),
        ("  two \n words ", "two words"),
        (LONG, "B. People who use the service also…"),
        ("x" * 60, "x" * (TITLE_LIMIT_CHARS - 1) + "…"),
        ("A. " + "x" * 60, "A. " + "x" * (TITLE_LIMIT_CHARS - 4) + "…"),
    ],
)
def test_long_title_is_cut_at_a_word(title: str, cut: str) -> None:
    """What a phone would hide is cut, if possible after a word."""
    assert cut_title(title) == cut


@given(title=st.text(max_size=200))
def test_any_title_fits(title: str) -> None:
    """No title is longer than the limit, and each begins as it did."""
    cut = cut_title(title)

    assert len(cut) <= TITLE_LIMIT_CHARS
    assert " ".join(title.split()).startswith(cut.removesuffix("…").rstrip()) or not cut


def test_answers_that_are_cut_are_named_in_full() -> None:
    """If one answer is cut, the message names all of them; ways on are never named."""
    assert long_titles([key("A. Yes", "option"), key(LONG, "option"), key("Skip")]) == ["A. Yes", LONG]
    assert long_titles([key("A. Yes", "option"), key(LONG)]) == []


def test_pressed_way_stays_alone_and_marked() -> None:
    """The ways that were not taken go; ratings stay."""
    buttons = [key("More"), key("Back"), key("👍", "rate"), key("👎", "rate")]

    assert shown(after_press(buttons, ["token-More"])) == [["✓ More"], ["👍", "👎"]]
    assert shown(after_press(buttons, ["token-👍"])) == [["More", "Back"], ["✓ 👍"]]
    assert shown(after_press(buttons, ["token-More", "token-👍"])) == [["✓ More"], ["✓ 👍"]]
