"""Practising again: what is due is asked, by button and by typing; it can be stopped, skipped and asked about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from database import open_engine
from knowledge.model import Item, Knowledge
from tests.bot.actions.chat import Chat, letters_of, wrong_keys
from tests.bot.actions.practising import miss_item, pass_days


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Give the database behind the parts."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def missed(chat: Chat, engine: Engine) -> list[Item]:
    """Give two items that the person missed yesterday, and let them stand at a card of a lesson."""
    items = [miss_item(chat, kind) for kind in ("one right", "several right")]
    chat.press("/start_course")
    chat.press("/skip_step")
    pass_days(engine, 1)
    return items


def _asked(chat: Chat, items: list[Item]) -> Item:
    """Return the item that is asked now."""
    lesson, place = chat.parts.walk.where(chat.name) or pytest.fail("nowhere")
    return next(item for item in items if item.id == lesson.steps[place.number].key)


def test_nothing_to_practise_for_somebody_new(chat: Chat) -> None:
    """Who has missed nothing hears what comes back here, and can take a lesson."""
    reply = chat.type("anything to repeat today?", "start_repetition")

    assert reply.names == ["utter_nothing_to_repeat"]
    assert reply.payloads("start_course")


def test_item_missed_today_is_due_tomorrow(chat: Chat) -> None:
    """On the same day nothing is due; the day on which it comes back is named."""
    miss_item(chat)

    reply = chat.press("/start_repetition")

    assert reply.names == ["utter_nothing_due"]
    assert reply.payloads()[0] == "/repeat_card"


def test_sitting_asks_what_was_missed(chat: Chat, missed: list[Item]) -> None:
    """The questions are counted in words, and each can be answered, hinted at, skipped, or left."""
    reply = chat.press("/start_repetition")

    assert reply.names[0] == "utter_repetition_some"
    assert reply.text.startswith("Two questions")
    assert reply.payloads()[-3:] == ["/ask_hint", "/skip_step", "/stop_repetition"]
    assert reply.bubbles[-1].progress == {"lesson": "Practise again", "done": 1, "total": 2}


def test_sitting_answered_by_typing_and_button_comes_to_its_end(chat: Chat, missed: list[Item]) -> None:
    """Right answers in any way of answering; in the end the score, and the way back to the lesson."""
    chat.press("/start_repetition")
    item = _asked(chat, missed)
    first = chat.type(" and ".join(letters_of(item, item.right_keys)), "answer_item")
    chat.press(first.button("Next"))
    item = _asked(chat, missed)
    keys = ",".join(item.right_keys)
    second = chat.press(f'/answer_item{{"item_id": "{item.id}", "option_id": "{keys}"}}')
    over = chat.press(second.button("Next"))

    assert (first.names[0], second.names[0]) == ("utter_graded_right", "utter_graded_right")
    assert over.names == ["utter_sitting_over"]
    assert "2 of 2 right at once" in over.text
    assert over.button("Back to my lesson")["payload"] == "/repeat_card"
    assert chat.press("/repeat_card").names[-1] != "utter_item"
    assert chat.press("/start_repetition").names == ["utter_nothing_due"]


def test_item_missed_again_is_explained_and_due_again(chat: Chat, missed: list[Item], engine: Engine) -> None:
    """A wrong answer gets its feedback and a second go; what is skipped stays due today."""
    chat.press("/start_repetition")
    item = _asked(chat, missed)
    wrong = chat.type(letters_of(item, wrong_keys(item))[0], "answer_item")
    chat.press("/skip_step")
    over = chat.press("/skip_step")

    assert wrong.names == ["utter_graded_wrong", "utter_try_again"]
    assert over.names == ["utter_sitting_over_more"]
    assert "One more due today" in over.text
    assert over.button("Go on practising")["payload"] == "/start_repetition"


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("stop", "nlu_fallback"),
        ("enough for today", "out_of_scope"),
        ("i want to stop practising", "start_repetition"),
        ("stop", "goodbye"),
        ("/stop_repetition", ""),
    ],
)
def test_sitting_stops_and_goes_on(chat: Chat, missed: list[Item], said: str, intent: str) -> None:
    """Stopping leads back to the lesson; coming back shows the same question."""
    chat.press("/start_repetition")
    stopped = chat.type(said, intent) if intent else chat.press(said)
    lesson = chat.press(stopped.button("Back to my lesson"))
    again = chat.press("/start_repetition")

    assert stopped.names == ["utter_repetition_stopped"]
    assert lesson.names[0] in ("utter_card", "utter_story", "utter_card_with_note")
    assert again.names[0] == "utter_resumed"
    assert chat.slots["step"] == "item"


def test_stop_outside_of_a_sitting_changes_nothing(chat: Chat) -> None:
    """An old button to stop is told kindly."""
    chat.press("/start_course")

    reply = chat.press("/stop_repetition")

    assert reply.names == ["utter_not_practising"]
    assert reply.payloads()[0] == "/repeat_card"


def test_question_in_a_sitting_is_answered_and_leads_back(chat: Chat, missed: list[Item]) -> None:
    """A question is answered; the way back shows the item, and a letter still answers it."""
    chat.press("/start_repetition")
    item = _asked(chat, missed)
    asked = chat.type("what is co-creation?", "ask_system")
    back = chat.press(asked.button("Back to my question, 1 of 2"))
    graded = chat.type(" and ".join(letters_of(item, item.right_keys)), "answer_item")

    assert asked.names[0] == "utter_answer"
    assert item.stem.text in back.text
    assert graded.names[0] == "utter_graded_right"


def test_hint_back_and_nonsense_in_a_sitting(chat: Chat, missed: list[Item]) -> None:
    """A hint is given, the first question has none before it, and nonsense changes nothing."""
    chat.press("/start_repetition")
    item = _asked(chat, missed)

    assert item.hint in chat.press("/ask_hint").text
    assert chat.press("/previous_card").names == ["utter_first_step"]
    assert chat.type("9", "answer_item").names == ["utter_answer_first"]
    assert chat.press('/answer_item{"item_id": "system.gone", "option_id": "x"}').names == ["utter_stale_button"]
    assert _asked(chat, missed) == item


def test_course_and_lesson_lead_out_of_a_sitting(chat: Chat, missed: list[Item], knowledge: Knowledge) -> None:
    """Who wants a lesson gets it, in the middle of a sitting too."""
    chat.press("/start_repetition")
    chat.press("/start_course")
    resumed = chat.slots["lesson_id"]
    chat.press("/start_repetition")
    chat.press(f'/choose_lesson{{"lesson_id": "{knowledge.course.lessons[3].id}"}}')

    assert resumed in knowledge.lessons
    assert chat.slots["lesson_id"] == knowledge.course.lessons[3].id


def test_same_answer_twice_counts_once(chat: Chat, missed: list[Item]) -> None:
    """A double tap hears the same and is one attempt."""
    chat.press("/start_repetition")
    item = _asked(chat, missed)
    payload = f'/answer_item{{"item_id": "{item.id}", "option_id": "{",".join(item.right_keys)}"}}'
    first, again = (chat.press(payload, message_id="same") for _ in range(2))
    late = chat.press(payload)

    assert first == again
    assert late.names == ["utter_stale_button"]


def test_goodbye_in_a_sitting_keeps_the_place(chat: Chat, missed: list[Item]) -> None:
    """Who says bye, and not stop, is said goodbye to; the question waits."""
    asked = chat.press("/start_repetition")

    reply = chat.type("bye, see you tomorrow", "goodbye")

    assert reply.names == ["utter_goodbye"]
    assert chat.press("/start_repetition").text.splitlines()[-1] == asked.text.splitlines()[-1]
