"""Quiz items: pressed and typed answers are graded, questions in between are answered, nothing counts twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.actions.chat import Chat, letters_of, wrong_keys
from tests.bot.actions.records import read

ATTEMPTS = "SELECT item_id, outcome, number FROM attempt ORDER BY id"


def test_item_shown_offers_options_hint_and_skip(chat: Chat) -> None:
    """Under an item stand its options with letters, a hint, and a way past it."""
    item = chat.open("one right")

    reply = chat.press("/repeat_card")

    assert reply.names[-1] == "utter_item"
    assert [one["title"][:2] for one in reply.buttons if one["kind"] == "option"] == [
        f"{letter}." for letter in "ABCDEF"[: len(item.options)]
    ]
    assert reply.payloads()[-2:] == ["/ask_hint", "/skip_step"]
    assert chat.slots["step"] == "item"


def test_right_option_pressed_is_right_and_goes_on(chat: Chat, database: Path) -> None:
    """The button of a right option is graded, with its feedback, and leads on."""
    item = chat.open("one right")
    right = next(option for option in item.options if option.is_right)

    reply = chat.press(_option_payload(item.id, right.key))

    assert reply.names == ["utter_graded_right", "utter_go_on"]
    assert right.feedback.text in reply.text
    assert reply.payloads() == ["/continue_lesson"]
    assert chat.slots["step"] == "item_done"
    assert read(database, ATTEMPTS) == [(item.id, "right", 1)]


def test_wrong_then_right_by_letter_is_told_kindly(chat: Chat, database: Path) -> None:
    """A wrong letter gets its feedback and another go without that option; the right one then closes the item."""
    item = chat.open("one right")
    wrong, right = letters_of(item, wrong_keys(item))[0], letters_of(item, item.right_keys)[0]

    first = chat.type(wrong.lower(), "answer_item")
    second = chat.type(f"ok then {right})", "answer_item")

    assert first.names == ["utter_graded_wrong", "utter_try_again"]
    assert not any(one["title"].startswith(f"{wrong}.") for one in first.buttons)
    assert first.payloads()[-2:] == ["/ask_hint", "/skip_step"]
    assert second.names == ["utter_graded_right", "utter_go_on"]
    assert read(database, ATTEMPTS) == [(item.id, "wrong", 1), (item.id, "right", 2)]


def test_wrong_twice_tells_what_fits(chat: Chat) -> None:
    """After the second try the right option is told with its feedback, and the way on is open."""
    item = chat.open("one right")
    right = next(option for option in item.options if option.is_right)

    for letter in letters_of(item, wrong_keys(item))[:2]:
        reply = chat.type(letter, "answer_item")

    assert reply.names == ["utter_graded_wrong", "utter_right_answer"]
    assert right.feedback.text in reply.bubbles[1].text
    assert reply.payloads() == ["/continue_lesson"]
    assert chat.slots["step"] == "item_done"


@pytest.mark.parametrize("intent", ["answer_item", "ask_system", "nlu_fallback", "out_of_scope"])
def test_option_words_typed_count_under_any_question_intent(chat: Chat, intent: str, database: Path) -> None:
    """The words of an option are an answer, whatever the classifier made of them."""
    item = chat.open("one right")
    right = next(option for option in item.options if option.is_right)

    reply = chat.type(right.text, intent)

    assert reply.names[0] == "utter_graded_right"
    assert read(database, ATTEMPTS) == [(item.id, "right", 1)]


def test_true_or_false_item_takes_yes_and_no(chat: Chat) -> None:
    """To a statement people say yes or no, which the classifier takes for agreement."""
    item = chat.open("true or false")
    word, intent = ("yes", "affirm") if item.options[0].is_right else ("no", "deny")

    reply = chat.type(word, intent)

    assert reply.names[0] == "utter_graded_right"


def test_several_options_marked_one_by_one(chat: Chat, database: Path) -> None:
    """Marks are shown, can be taken away, and are graded together when the person says so."""
    item = chat.open("several right")
    keys, stray = sorted(item.right_keys), wrong_keys(item)[0]

    replies = [chat.press(_option_payload(item.id, key, "pick_option")) for key in (stray, *keys, stray)]
    graded = chat.press(replies[-1].button("That is my answer"))

    assert {reply.names[0] for reply in replies} == {"utter_picked"}
    assert sum(one["title"].startswith("✓") for one in replies[-1].buttons) == len(keys)
    assert graded.names[0] == "utter_graded_right"
    assert read(database, ATTEMPTS) == [(item.id, "right", 1)]


def test_several_options_typed_together_are_graded(chat: Chat) -> None:
    """Letters in one line answer an item with several right options."""
    item = chat.open("several right")

    reply = chat.type(" and ".join(letters_of(item, item.right_keys)), "answer_item")

    assert reply.names[0] == "utter_graded_right"


def test_question_at_open_item_is_answered_then_item_by_letter(chat: Chat, database: Path) -> None:
    """A question in the middle gets its answer and a way back; the item still takes a letter afterwards."""
    item = chat.open("one right")

    asked = chat.type("what is co-creation?", "ask_system")
    answered = chat.type(letters_of(item, item.right_keys)[0], "answer_item")

    assert asked.names[0] == "utter_answer"
    assert asked.button("Back to my question")["payload"] == "/repeat_card"
    assert answered.names[0] == "utter_graded_right"
    assert read(database, ATTEMPTS) == [(item.id, "right", 1)]
    assert read(database, "SELECT text, decision FROM question") == [("what is co-creation?", "answer")]


def test_way_back_after_question_shows_item(chat: Chat) -> None:
    """Back to the question, or simply next, shows the item that is still open."""
    item = chat.open("one right")

    for payload in ("/repeat_card", "/continue_lesson"):
        chat.type("what is co-creation?", "ask_system")
        reply = chat.press(payload)

        assert reply.names[-1] == "utter_item"
        assert item.stem.text in reply.text


def test_next_at_open_item_asks_for_answer(chat: Chat) -> None:
    """Next does not pass an open item; it shows the options and a way past."""
    chat.open("one right")

    reply = chat.press("/continue_lesson")

    assert reply.names == ["utter_answer_first"]
    assert "/skip_step" in reply.payloads()


def test_hint_is_given_at_item_only(chat: Chat) -> None:
    """At an item the hint comes with the options; elsewhere the tutor says that no question is open."""
    item = chat.open("one right")

    at_item = chat.press("/ask_hint")
    chat.press("/skip_step")
    elsewhere = chat.press("/previous_card") and chat.press("/previous_card") and chat.press("/ask_hint")

    assert at_item.names == ["utter_hint"]
    assert item.hint in at_item.text
    assert elsewhere.names == ["utter_no_item"]


def test_same_button_message_again_hears_same_and_counts_once(chat: Chat, database: Path) -> None:
    """A message that comes a second time is told the same, and is one attempt."""
    item = chat.open("one right")
    payload = _option_payload(item.id, wrong_keys(item)[0])

    first, again = (chat.press(payload, message_id="same") for _ in range(2))

    assert first == again
    assert read(database, ATTEMPTS) == [(item.id, "wrong", 1)]


def test_same_typed_message_again_hears_same_and_counts_once(chat: Chat, database: Path) -> None:
    """A typed answer whose message comes again, as after a crash, is told the same and is one attempt."""
    item = chat.open("one right")
    right = next(option for option in item.options if option.is_right)
    slots = dict(chat.slots)

    first = chat.type(right.text, message_id="same")
    chat.slots = slots
    again = chat.type(right.text, message_id="same")

    assert first == again
    assert read(database, ATTEMPTS) == [(item.id, "right", 1)]


@pytest.mark.parametrize("text", ["none of these", "all of them", "9"])
def test_typed_answer_that_fits_no_option_shows_them_again(chat: Chat, text: str, database: Path) -> None:
    """Something meant as an answer that fits none is no question: the options are shown, and no try is lost."""
    chat.open("one right")

    reply = chat.type(text, "ask_system")

    assert reply.names == ["utter_answer_first"]
    assert read(database, "SELECT text FROM question") == []


@pytest.mark.parametrize("option", ["nonsense", "", "a,b"])
def test_button_with_unknown_option_changes_nothing(chat: Chat, option: str, database: Path) -> None:
    """A button that names no option of the open item is stale, and shows the way to the place."""
    item = chat.open("one right")

    replies = [chat.press(_option_payload(item.id, option, intent)) for intent in ("answer_item", "pick_option")]

    assert [reply.names for reply in replies] == [["utter_stale_button"]] * 2
    assert replies[0].payloads() == ["/repeat_card"]
    assert read(database, ATTEMPTS) == []


def test_button_of_other_item_changes_nothing(chat: Chat, database: Path) -> None:
    """A button of an item that is no longer open does nothing, even if the option's key is the same."""
    item = chat.open("one right")
    payload = _option_payload("system.gone.item", next(iter(item.right_keys)))

    reply = chat.press(payload)

    assert reply.names == ["utter_stale_button"]
    assert read(database, ATTEMPTS) == []


def test_quiz_goes_to_the_next_item(chat: Chat) -> None:
    """The quiz of an open lesson begins at its next item; without a lesson the tutor offers one."""
    without = chat.press("/start_quiz")
    chat.press("/start_course")
    within = chat.press("/start_quiz")

    assert without.names == ["utter_no_lesson"]
    assert without.payloads("start_course")
    assert within.names[-1] in ("utter_item", "utter_item_several")
    assert chat.slots["step"] == "item"


def _option_payload(item_id: str, option: str, intent: str = "answer_item") -> str:
    return f'/{intent}{{"item_id": "{item_id}", "option_id": "{option}"}}'
