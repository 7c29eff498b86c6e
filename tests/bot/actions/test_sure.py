"""How sure are you? Asked at one item a lesson, by button and by typing, and used in the feedback."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.model import Item
from tests.bot.actions.chat import Chat, letters_of, wrong_keys
from tests.bot.actions.records import read

ATTEMPTS = "SELECT outcome, sureness FROM attempt ORDER BY id"


@pytest.fixture
def item(chat: Chat) -> Item:
    """Give the first item that asks, with the person standing there."""
    item = next(one for lesson in chat.parts.knowledge.lessons.values() for one in lesson.items if one.asks_sure)
    chat.stand_at(item.key)
    return item


def _letter(item: Item, *, right: bool) -> str:
    return letters_of(item, item.right_keys if right else wrong_keys(item))[0]


def test_every_lesson_asks_once(chat: Chat) -> None:
    """One item in each lesson asks how sure people are."""
    asking = [sum(item.asks_sure for item in lesson.items) for lesson in chat.parts.knowledge.lessons.values()]

    assert set(asking) == {1}


def test_answer_is_repeated_and_three_ways_are_offered(chat: Chat, item: Item, database: Path) -> None:
    """Before anything is graded the person can say how sure they are, or rather not."""
    reply = chat.type(_letter(item, right=True), "answer_item")

    assert reply.names == ["utter_how_sure"]
    assert f"**{_letter(item, right=True)}**" in reply.text
    assert [one["title"] for one in reply.buttons] == ["Sure", "Not sure", "A guess", "Rather not say"]
    assert read(database, ATTEMPTS) == []


@pytest.mark.parametrize(
    ("title", "right", "response"),
    [
        ("Sure", True, "utter_sure_right"),
        ("Not sure", True, "utter_unsure_right"),
        ("A guess", True, "utter_guess_right"),
        ("Sure", False, "utter_sure_wrong"),
        ("Not sure", False, "utter_unsure_wrong"),
        ("A guess", False, "utter_guess_wrong"),
        ("Rather not say", True, "utter_graded_right"),
    ],
)
def test_sureness_pressed_is_used_in_the_feedback(
    chat: Chat, item: Item, title: str, right: bool, response: str, database: Path
) -> None:
    """Sure and wrong is told as the most useful moment, unsure and right as a reason for trust."""
    asked = chat.type(_letter(item, right=right), "answer_item")
    reply = chat.press(asked.button(title))

    assert reply.names[0] == response
    sureness = {"Sure": "sure", "Not sure": "unsure", "A guess": "guess"}.get(title)
    assert read(database, ATTEMPTS) == [("right" if right else "wrong", sureness)]


@pytest.mark.parametrize(
    ("said", "intent", "sureness"),
    [
        ("yes", "affirm", "sure"),
        ("no", "deny", "unsure"),
        ("not really", "nlu_fallback", "unsure"),
        ("no idea", "ask_hint", "guess"),
        ("a guess", "answer_item", "guess"),
        ("pretty sure", "affirm", "sure"),
    ],
)
def test_sureness_typed_is_read(chat: Chat, item: Item, said: str, intent: str, sureness: str, database: Path) -> None:
    """It can be typed, whatever the classifier makes of it."""
    chat.type(_letter(item, right=True), "answer_item")
    chat.type(said, intent)

    assert read(database, ATTEMPTS) == [("right", sureness)]


def test_question_in_between_leads_back_to_it(chat: Chat, item: Item, database: Path) -> None:
    """A question is answered, and how sure the person is asked again."""
    chat.type(_letter(item, right=True), "answer_item")
    asked = chat.type("what is co-creation?", "ask_system")
    back = chat.press(asked.button("Back to my question"))
    chat.press(back.button("Sure"))

    assert asked.names[0] == "utter_answer"
    assert back.names == ["utter_how_sure"]
    assert read(database, ATTEMPTS) == [("right", "sure")]


def test_other_moves_do_not_trap(chat: Chat, item: Item, database: Path) -> None:
    """Next asks once more; a hint shows the options again; another letter changes the answer; back goes back."""
    chat.type(_letter(item, right=False), "answer_item")
    following = chat.press("/continue_lesson")
    hint = chat.press("/ask_hint")
    changed = chat.type(_letter(item, right=True), "answer_item")
    back = chat.press("/previous_card")

    assert (following.names, hint.names, changed.names) == (["utter_how_sure"], ["utter_hint"], ["utter_how_sure"])
    assert back.names[-1] != "utter_how_sure"
    assert read(database, ATTEMPTS) == []


def test_old_button_and_double_tap_are_told_kindly(chat: Chat, item: Item, database: Path) -> None:
    """The same press hears the same; pressed again later it is stale."""
    asked = chat.type(_letter(item, right=True), "answer_item")
    first, again = (chat.press(asked.button("Sure"), message_id="same") for _ in range(2))
    late = chat.press(asked.button("A guess"))

    assert first == again
    assert late.names == ["utter_stale_button"]
    assert read(database, ATTEMPTS) == [("right", "sure")]
