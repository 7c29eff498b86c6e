"""Items to put in order: steps are pressed or typed, an order is graded with its reasons, and nothing counts twice."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.actions.order_view import lay_out
from knowledge.checks import count_words
from knowledge.model import Item
from learning.ordering import example_order, letters, misplaced, shown_options
from telling.bubbles import BUBBLE_LIMIT_WORDS, TURN_LIMIT_BUBBLES
from tests.bot.actions.chat import Chat, right_order, typed_order
from tests.bot.actions.records import read
from tests.learning.samples import a_passage, an_order

ATTEMPTS = "SELECT chosen, outcome, number FROM attempt ORDER BY id"


@pytest.fixture
def item(chat: Chat) -> Item:
    """Give an item to put in order, with somebody before it."""
    return chat.open("put in order")


def press(chat: Chat, item: Item, keys: list[str]) -> None:
    """Press steps one after another."""
    for key in keys:
        chat.press(_pick(item, key))


def wrong_order(item: Item) -> list[str]:
    """Return an order that is wrong from its first step on."""
    return right_order(item)[::-1]


def test_steps_are_shown_mixed_with_letters(chat: Chat, item: Item) -> None:
    """The buttons show the steps as mixed, with letters in that order, and the text says how to answer."""
    reply = chat.press("/repeat_card")

    titles = [one["title"] for one in reply.buttons if one["kind"] == "option"]
    assert reply.names[-1] == "utter_item_order"
    assert titles == [f"{letter}. {option.text}" for letter, option in zip("ABCDEF", shown_options(item), strict=False)]
    assert titles != [f"{letter}. {option.text}" for letter, option in zip("ABCDEF", item.options, strict=False)]
    assert example_order(item) in reply.text


def test_steps_pressed_are_numbered_and_told(chat: Chat, item: Item) -> None:
    """Each press appends a step; its button and the list say at which place it stands."""
    first, second = right_order(item)[2], right_order(item)[0]
    press(chat, item, [first])

    reply = chat.press(_pick(item, second))

    shown = letters(item)
    assert reply.names == ["utter_order_begun"]
    assert re.findall(r"^(\d)\. (\w)\.", reply.text, re.M) == [("1", shown[first]), ("2", shown[second])]
    assert [one["title"][:8] for one in reply.buttons if one["title"].startswith("✓")] == sorted(
        (f"✓ {number} · {shown[key]}." for number, key in ((1, first), (2, second))), key=lambda title: title[6]
    )
    assert not any(one["title"] == "That is my answer" for one in reply.buttons)


def test_last_step_follows_and_order_is_graded(chat: Chat, item: Item, database: Path) -> None:
    """With all but one pressed the order is whole, and one more press gives it as the answer."""
    order = right_order(item)
    press(chat, item, order[:-2])

    whole = chat.press(_pick(item, order[-2]))
    graded = chat.press(whole.button("That is my answer"))

    assert whole.names == ["utter_order_whole"]
    assert graded.names[0] == "utter_ordered_right"
    assert graded.payloads() == ["/continue_lesson"]
    assert chat.slots["step"] == "item_done"
    assert read(database, ATTEMPTS) == [(json.dumps(order), "right", 1)]


def test_step_pressed_again_is_taken_out(chat: Chat, item: Item) -> None:
    """A second press takes a step out, the others move up; with none left, the tutor asks for the first."""
    first, second = right_order(item)[:2]

    press(chat, item, [first, second, first])
    begun = chat.press("/ask_hint")
    empty = chat.press(_pick(item, second))

    assert [one["title"][:3] for one in begun.buttons if one["title"].startswith("✓")] == ["✓ 1"]
    assert empty.names == ["utter_order_empty"]


def test_start_again_takes_all_away(chat: Chat, item: Item) -> None:
    """One button empties the order."""
    begun = chat.press(_pick(item, right_order(item)[1]))

    empty = chat.press(begun.button("Start again"))

    assert empty.names == ["utter_order_empty"]
    assert not any(one["title"].startswith("✓") for one in empty.buttons)


def test_right_order_typed_is_told_with_reasons(chat: Chat, item: Item) -> None:
    """The right order comes back as a numbered list with its letters, and says why each step stands there."""
    reply = chat.type(typed_order(item, right_order(item)), "answer_item")

    numbered = re.findall(r"^(\d)\. \*\*(\w)\.", reply.text, re.M)
    assert reply.names[0] == "utter_ordered_right"
    assert [letter for _, letter in numbered] == [letters(item)[key] for key in right_order(item)]
    assert [number for number, _ in numbered] == [str(number) for number in range(1, len(item.options) + 1)]
    assert all(option.feedback.text.split("\n")[0] in reply.text for option in item.options)


def test_first_miss_tells_count_and_first_stray_step(chat: Chat, item: Item, database: Path) -> None:
    """A miss says how many steps are at their place, and why the first that is not belongs elsewhere; then again."""
    order = [right_order(item)[0], *right_order(item)[:0:-1]]
    away = misplaced(item, order)
    stray = next(option for option in item.options if option.key == away[0])

    reply = chat.type(typed_order(item, order), "nlu_fallback")

    assert reply.names == ["utter_ordered_partly", "utter_try_again"]
    assert f"t their place: {len(order) - len(away)} of {len(order)}." in reply.text
    assert stray.feedback.text in reply.text
    assert sum(option.feedback.text in reply.text for option in item.options) == 1
    assert [one["title"][:3] for one in reply.buttons if one["kind"] == "option"] == [
        f"{letter}. " for letter in letters(item).values()
    ]
    assert reply.payloads()[-2:] == ["/ask_hint", "/skip_step"]
    assert chat.slots["step"] == "item"
    assert read(database, ATTEMPTS) == [(json.dumps(order), "partly", 1)]


def test_second_miss_tells_right_order(chat: Chat, item: Item, database: Path) -> None:
    """After the second try the right order is told, with the reasons of the steps that were away, and the way on."""
    order = [*right_order(item)[:-2], right_order(item)[-1], right_order(item)[-2]]
    chat.type(typed_order(item, wrong_order(item)), "answer_item")

    reply = chat.type(typed_order(item, order), "answer_item")

    told = [option.key for option in item.options if option.feedback.text.split("\n")[0] in reply.text]
    assert reply.names[0] == "utter_right_order"
    assert len(re.findall(r"^\d\. \*\*", reply.text, re.M)) == len(item.options)
    assert set(told) == set(misplaced(item, order))
    assert reply.payloads() == ["/continue_lesson"]
    assert chat.slots["step"] == "item_done"
    assert [outcome for _, outcome, _ in read(database, ATTEMPTS)] == ["wrong", "partly"]


@pytest.mark.parametrize("typed", ["b", "a b", "a a b c", "7"])
def test_order_that_is_not_whole_is_asked_for(chat: Chat, item: Item, database: Path, typed: str) -> None:
    """Too few letters, or one twice, costs no try: the tutor says what it needs, with an example."""
    reply = chat.type(typed, "answer_item")

    assert reply.names == ["utter_order_not_whole"]
    assert f"all {len(item.options)} steps" in reply.text and example_order(item) in reply.text
    assert chat.slots["step"] == "item"
    assert read(database, ATTEMPTS) == []


def test_order_pressed_is_confirmed_by_typing(chat: Chat, item: Item) -> None:
    """What was pressed can be given as the answer in words; an order that is not whole is asked for."""
    press(chat, item, right_order(item)[:1])
    early = chat.type("that is my answer", "answer_item")
    press(chat, item, right_order(item)[1:-1])

    reply = chat.type("yes", "affirm")

    assert early.names == ["utter_order_not_whole"]
    assert reply.names[0] == "utter_ordered_right"


def test_order_answered_twice_by_one_message_counts_once(chat: Chat, item: Item, database: Path) -> None:
    """A press or a typed order whose message comes again is told the same, and is one attempt."""
    pressed, pressed_again = (chat.press(_pick(item, right_order(item)[0]), message_id="press") for _ in range(2))
    slots = dict(chat.slots)
    typed = chat.type(typed_order(item, wrong_order(item)), message_id="typed")
    chat.slots = slots
    typed_again = chat.type(typed_order(item, wrong_order(item)), message_id="typed")

    assert pressed == pressed_again
    assert typed == typed_again
    assert len(read(database, ATTEMPTS)) == 1


def test_question_at_open_order_is_answered(chat: Chat, item: Item) -> None:
    """A question in the middle is no order; the steps pressed so far are still there afterwards."""
    press(chat, item, right_order(item)[:1])

    asked = chat.type("what is co-creation?", "ask_system")
    back = chat.press("/repeat_card")

    assert asked.names[0] == "utter_answer"
    assert sum(one["title"].startswith("✓ 1 · ") for one in back.buttons) == 1


@pytest.mark.parametrize("words", [4, 20, 60, 90])
@pytest.mark.parametrize("count", [3, 6])
def test_right_order_keeps_the_limits(words: int, count: int) -> None:
    """However long the reasons are, the whole order is told in the bubbles of one turn, with those that find room."""
    reason = a_passage(" ".join(["word"] * words))
    steps = tuple(replace(option, feedback=reason) for option in an_order(count=count).options)
    item = replace(an_order(), options=steps)

    bubbles = lay_out(item, right_order(item))

    assert len(bubbles) <= TURN_LIMIT_BUBBLES
    assert all(count_words(bubble) <= BUBBLE_LIMIT_WORDS for bubble in bubbles)
    assert len(re.findall(r"^\d\. \*\*", "\n".join(bubbles), re.M)) == count
    assert "".join(bubbles).count(reason.text) == {4: count, 20: count, 60: 3, 90: 0}[words]


def _pick(item: Item, key: str) -> str:
    return f'/pick_option{{"item_id": "{item.id}", "option_id": "{key}"}}'
