"""Actions are never silent: a fault is told and keeps the place, and a database error is not swallowed."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import OperationalError

from bot.actions.composition import Parts
from bot.actions.turn import Turn, button
from database import open_engine
from knowledge.answering import Answerer, Finding
from learning.lessons import LessonWalk
from learning.store import LearningStore
from tests.bot.actions.chat import Chat, the_actions
from tests.bot.actions.records import read

SECRET_WORDS = "my colleague Anna drinks"


class FailingAnswerer(Answerer):
    """An answerer with a fault, as a broken file or a mistake of ours would make one."""

    def __init__(self) -> None:
        """Take nothing."""

    def ask(self, question: str, before: str | None = None, told: str | None = None) -> Finding:
        """Fail."""
        raise RuntimeError("the index is broken")


@pytest.fixture
def faulty(chat: Chat) -> Chat:
    """Give a chat in the middle of a lesson whose answerer has a fault."""
    chat.press("/start_course")
    chat.press("/continue_lesson")
    chat.parts = replace(chat.parts, answerer=FailingAnswerer())
    return chat


def test_fault_in_action_is_told_and_place_kept(faulty: Chat) -> None:
    """On a fault of ours the tutor says so, changes no slot, and the way back leads to the same step."""
    slots = dict(faulty.slots)

    reply = faulty.type("what is co-creation")
    back = faulty.press(reply.button("Show me where I am"))

    assert reply.names == ["utter_trouble"]
    assert faulty.slots == slots
    assert back.bubbles[-1].progress["done"] == 2


def test_fault_in_action_is_logged_without_words(faulty: Chat, caplog: pytest.LogCaptureFixture) -> None:
    """The log names the action and the message, and not what the person wrote."""
    with caplog.at_level(logging.ERROR):
        faulty.type(SECRET_WORDS, message_id="m-42")

    assert "action_answer_question failed in message m-42" in caplog.text
    assert "the index is broken" in caplog.text
    assert SECRET_WORDS not in caplog.text


def test_fault_after_first_bubble_tells_no_half(chat: Chat) -> None:
    """What was said before the fault is taken back: the person hears the apology alone."""
    action = the_actions()["action_greet"]()

    def tell(turn: Turn) -> list[dict[str, Any]]:
        turn.say("utter_greet")
        raise KeyError("half way")

    action.tell = tell  # type: ignore[method-assign]
    the_actions()["action_greet"] = lambda: action  # type: ignore[assignment]
    try:
        reply = chat.press("/greet")
    finally:
        the_actions.cache_clear()

    assert reply.names == ["utter_trouble"]


def test_database_error_is_raised_and_not_swallowed(parts: Parts, tmp_path: Path) -> None:
    """Without its tables the turn fails, so that the gateway can say so and the message can come again."""
    engine = open_engine(f"sqlite:///{tmp_path / 'bare.db'}")
    store = LearningStore(engine)
    chat = Chat(replace(parts, store=store, walk=LessonWalk(parts.knowledge, store)))

    for payload in ("/start_course", "/continue_lesson", "/greet", "/rate_helpful", "/ask_progress"):
        with pytest.raises(OperationalError):
            chat.press(payload)
    with pytest.raises(OperationalError):
        chat.type("what is co-creation")
    engine.dispose()


@pytest.mark.parametrize("intent", ["choose_lesson", "ask_topic", "answer_item", "pick_option"])
def test_names_typed_by_person_are_no_button(chat: Chat, intent: str, database: Path) -> None:
    """An entity found in what a person typed never counts as one that a button named."""
    item = chat.open("one right")
    before = read(database, "SELECT lesson_id, step_key, tries, picked FROM lesson_place")

    chat.type(
        "7 of the system",
        intent,
        lesson_id="system.people",
        topic_id="pilot.estonia",
        item_id=item.id,
        option_id=next(iter(item.right_keys)),
    )

    after = read(database, "SELECT lesson_id, step_key, tries, picked FROM lesson_place")
    assert after[0][2:] == before[0][2:]
    assert read(database, "SELECT * FROM attempt") == []
    assert chat.slots["last_topic_id"] != "pilot.estonia"


@pytest.mark.parametrize(
    ("message", "message_id"),
    [
        ({"metadata": {"message_id": "door"}, "message_id": "rasa"}, "door"),
        ({"metadata": {}, "message_id": "rasa"}, "rasa"),
        ({"metadata": None, "message_id": "rasa"}, "rasa"),
    ],
)
def test_message_id_of_the_door_comes_first(parts: Parts, message: dict[str, Any], message_id: str) -> None:
    """The id that the door gave counts; without one, Rasa's own."""
    assert _turn(parts, message).message_id == message_id


def test_message_without_id_is_never_a_repeat(parts: Parts) -> None:
    """Two messages without any id are two messages."""
    first, second = (_turn(parts, {"text": "hi"}).message_id for _ in range(2))

    assert first and second and first != second


def _turn(parts: Parts, message: dict[str, Any]) -> Turn:
    return Turn(CollectingDispatcher(), Tracker("ann", {}, message, [], False, None, {}, None), parts)


def test_text_of_a_button_is_no_words(parts: Parts) -> None:
    """A pressed button has names and no text; a typed message has text and no names."""
    entities = [{"entity": "topic_id", "value": "pilot.estonia"}]

    pressed = _turn(parts, {"text": '/ask_topic{"topic_id": "pilot.estonia"}', "entities": entities})
    typed = _turn(parts, {"text": "estonia", "entities": entities})

    assert (pressed.text, pressed.entity("topic_id")) == ("", "pilot.estonia")
    assert (typed.text, typed.entity("topic_id")) == ("estonia", None)


def test_button_payload_is_read_by_rasa() -> None:
    """A button says an intent, with what it names as JSON; without names it is the intent alone."""
    assert button("Go on", "continue_lesson") == {"title": "Go on", "payload": "/continue_lesson", "kind": "action"}
    assert button("Open", "choose_lesson", lesson_id="ä")["payload"] == '/choose_lesson{"lesson_id": "ä"}'
