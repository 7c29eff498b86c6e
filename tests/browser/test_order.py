"""An item to put in order on a phone: pressed step by step, typed, and told with its reasons."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from learning.ordering import letters, shown_options
from tests.browser.chat import Chat
from tests.browser.conftest import OpenChat
from tests.browser.course import find_order, go_to

LESSON, ITEM = find_order()
LETTER_OF = letters(ITEM)
RIGHT = [LETTER_OF[option.key] for option in ITEM.options]


@pytest.fixture
def chat(open_chat: OpenChat) -> Chat:
    """Give somebody before the item."""
    chat = open_chat()
    go_to(chat, LESSON, ITEM)
    return chat


def test_order_pressed_step_by_step_is_right(chat: Chat) -> None:
    """Steps are mixed; each press shows the order so far, the last step follows, and the list keeps its numbers."""
    expect(chat.options).to_have_text(
        [f"{letter}. {option.text}" for letter, option in zip("ABCDEF", shown_options(ITEM), strict=False)]
    )

    for number, letter in enumerate(RIGHT[:-1], 1):
        chat.press(f"{letter}. ")
        told = chat.replies.last.locator("ol > li")
        expect(told).to_have_count(number if number < len(RIGHT) - 1 else len(RIGHT))
        expect(chat.button(f"✓ {number} · {letter}. ")).to_be_visible()
    expect(chat.options.first).to_have_text("That is my answer")
    expect(chat.options.first).to_be_in_viewport()
    chat.press("That is my answer")

    expect(chat.replies.last).to_contain_text("That's it.")
    starts = chat.replies.last.locator("ol").evaluate_all("lists => lists.map(one => [one.start, one.children.length])")
    steps = chat.replies.last.locator("ol > li").all_inner_texts()
    assert [re.match(r"(\w)\.", step).group(1) for step in steps] == RIGHT  # type: ignore[union-attr]
    assert [start for start, _ in starts] == [1 + sum(count for _, count in starts[:n]) for n in range(len(starts))]
    assert chat.complaints == []


def test_order_typed_is_missed_then_right(chat: Chat) -> None:
    """Half an order is asked for, a wrong one is told what is at its place, and the right one is right."""
    half = chat.say(RIGHT[0])
    missed = chat.say(" then ".join(reversed(RIGHT)))
    found = chat.say("".join(RIGHT).lower())

    assert f"I need all {len(RIGHT)} steps" in half
    assert "Steps at their place" in missed
    assert "That's it." in found
    expect(chat.suggestions).to_have_text(["Next"])


def test_order_begun_can_be_begun_anew(chat: Chat) -> None:
    """A press too many is taken back, and the whole order too."""
    chat.press(f"{RIGHT[1]}. ")
    chat.press(f"{RIGHT[0]}. ")
    chat.press(f"✓ 1 · {RIGHT[1]}. ")
    expect(chat.button(f"✓ 1 · {RIGHT[0]}. ")).to_be_visible()

    chat.press("Start again")

    expect(chat.options.filter(has_text="✓")).to_have_count(0)
