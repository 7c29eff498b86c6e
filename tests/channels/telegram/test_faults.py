"""Faults of the Bot API: nothing is lost, nothing is sent in a tight loop, and what cannot be sent is named."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from channels.words import say
from tests.channels.telegram.chat import Chat, wait_until
from tests.channels.telegram.conftest import Served

RETRY = {"parameters": {"retry_after": 1}}


def dead_letters(served: Served, chat: Chat) -> list[str]:
    """Return why messages to somebody were given up."""
    query = "SELECT reason FROM telegram_dead_letter JOIN telegram_chat USING (learner_id) WHERE chat_id = ?"
    return [row[0] for row in served.read(f"{query} ORDER BY outbox_id", chat.chat_id)]


def state(served: Served, chat: Chat) -> str:
    """Return whether a chat takes messages."""
    return str(served.read("SELECT state FROM telegram_chat WHERE chat_id = ?", chat.chat_id)[0][0])


def test_flood_limit_is_waited_for(served: Served, chat: Chat) -> None:
    """After 429 nothing is sent before the time is over; then the answer comes, once."""
    served.stand_in.fail("sendMessage", status=429, **RETRY)
    begun = time.monotonic()

    told = chat.say("hello")

    assert [call["text"] for call in told] == ["You said: hello"]
    assert time.monotonic() - begun >= 1.0
    assert len(chat.sends()) == 2


@pytest.mark.parametrize("status", [500, 502, 429])
def test_trouble_of_the_bot_api_is_outlasted(served: Served, chat: Chat, status: int) -> None:
    """A server error, or a refusal without a time to wait, is tried again with pauses."""
    served.stand_in.fail("sendMessage", times=2, status=status)

    told = chat.say("hello")

    assert [call["text"] for call in told] == ["You said: hello"]
    assert len(chat.sends()) == 3


def test_blocked_chat_is_left_alone_until_it_comes_back(served: Served, chat: Chat) -> None:
    """After 403 the message is named as not sent, no more are sent; whoever writes again is answered again."""
    served.stand_in.fail("sendMessage", status=403, description="Forbidden: bot was blocked by the user")
    chat.send(text="hello")
    wait_until(lambda: dead_letters(served, chat) == ["blocked"])

    assert state(served, chat) == "blocked"
    assert len(chat.sends()) == 1
    assert [call["text"] for call in chat.say("I am back")] == ["You said: I am back"]
    assert state(served, chat) == "open"


def test_chat_that_is_not_there_is_given_up(served: Served, chat: Chat) -> None:
    """After "chat not found" the chat is gone and the message named as not sent."""
    served.stand_in.fail("sendMessage", status=400, description="Bad Request: chat not found")
    chat.send(text="hello")

    wait_until(lambda: dead_letters(served, chat) == ["no chat"])

    wait_until(lambda: served.waiting() == 0)
    assert state(served, chat) == "gone"


def test_moved_chat_is_followed(served: Served, new_chat: Callable[[], Chat]) -> None:
    """A chat that has another number gets the message there, and is known by the new number from then on."""
    old, new = new_chat(), new_chat()
    moved = {"parameters": {"migrate_to_chat_id": new.chat_id}}
    served.stand_in.fail("sendMessage", status=400, description="Bad Request: group chat was upgraded", **moved)
    old.send(text="hello")

    assert [call["text"] for call in new.wait()] == ["You said: hello"]
    assert served.said(new) == ["hello"]
    assert served.read("SELECT 1 FROM telegram_chat WHERE chat_id = ?", old.chat_id) == []


def test_marks_that_are_not_understood_are_left_out(served: Served, chat: Chat) -> None:
    """When the Bot API takes no HTML, the same words come without marks, with their buttons."""
    served.stand_in.fail("sendMessage", status=400, description="Bad Request: can't parse entities")

    told = chat.say("<b> & more")

    assert [call["text"] for call in told] == ["You said: <b> & more"]
    assert "parse_mode" not in told[0]
    assert [key["text"] for key in chat.offered()] == ["Go on"]


def test_message_that_is_refused_in_every_form_is_tried_again(served: Served, chat: Chat) -> None:
    """A refusal that passes costs nobody an answer: it comes after a pause, and the next message after it."""
    served.stand_in.fail("sendMessage", times=3, status=400, description="Bad Request: something new")
    chat.send(text="hello")
    chat.send(text="again")

    assert [call["text"] for call in chat.wait(2)] == ["You said: hello", "You said: again"]
    assert len(chat.sends()) == 5


@pytest.mark.parametrize("status", [400, 404, 500])
@pytest.mark.parametrize(
    "method", ["answerCallbackQuery", "editMessageReplyMarkup", "sendChatAction", "getMe", "setMyCommands"]
)
def test_missing_small_method_does_no_harm(served: Served, chat: Chat, method: str, status: int) -> None:
    """What nothing depends on may be missing or broken: buttons and answers go on."""
    served.stand_in.fail(method, times=50, status=status, description="Not Found")
    chat.say("hello")
    chat.press("Go on")

    assert served.said(chat) == ["hello", "/continue_lesson"]


def test_slow_bot_api_is_waited_for(served: Served, chat: Chat) -> None:
    """An answer that takes its time is sent once."""
    served.stand_in.fail("sendMessage", seconds=2.0)

    chat.say("hello")

    assert len(chat.sends()) == 1


@pytest.mark.parametrize(("body", "sends"), [({"ok": True}, 1), ({"ok": None}, 4)])
def test_answer_without_result_ends(served: Served, chat: Chat, body: dict[str, bool], sends: int) -> None:
    """What says "ok" and no more counts as sent; what says nothing is tried again with pauses, in one form."""
    served.stand_in.fail("sendMessage", times=3, status=200, **{**body, "error_code": 0})
    chat.send(text="hello")

    wait_until(lambda: served.waiting() == 0 and len(chat.sends()) >= sends)

    assert len(chat.sends()) == sends


@pytest.mark.parametrize("status", [401, 404, 409, 500])
def test_updates_are_asked_for_again_after_trouble(served: Served, chat: Chat, status: int) -> None:
    """Polling goes on after an error, with pauses; by web hook nothing is asked for."""
    asked = len(served.stand_in.calls("getUpdates"))
    served.stand_in.fail("getUpdates", times=2, status=status)
    chat.say("hello")
    chat.say("again")

    assert served.said(chat) == ["hello", "again"]
    assert len(served.stand_in.calls("getUpdates")) - asked < 12


def test_token_and_chats_stand_in_no_log(served: Served, chat: Chat) -> None:
    """After errors of every kind the log names neither the token nor a chat, nor what was said."""
    for status, description in ((400, f"chat {chat.chat_id} is bad"), (500, "x"), (403, f"blocked {chat.chat_id}")):
        served.stand_in.fail("sendMessage", status=status, description=description)
        chat.send(text="something private")
    chat.send(photo=[{"file_id": "x"}])
    wait_until(lambda: served.waiting() == 0)

    assert "blocked" in served.log()
    for secret in (str(chat.chat_id), "4242:", "stand-in", "private", "hook-secret"):
        assert secret not in served.log()


def test_chats_stand_in_one_table_only(served: Served, chat: Chat) -> None:
    """No other table of the database holds the number of a chat, in any column."""
    chat.say("hello")
    chat.press("Go on")
    chat.send(sticker={"file_id": "x"})
    chat.wait()

    tables = [row[0] for row in served.read("SELECT name FROM sqlite_master WHERE type = 'table'")]
    holding = [name for name in tables if str(chat.chat_id) in str(served.read(f'SELECT * FROM "{name}"'))]

    assert holding == ["telegram_chat"]


def test_too_many_at_once_are_told(served: Served, new_chat: Callable[[], Chat]) -> None:
    """Somebody who sends more than can wait hears so once, and what was taken is answered."""
    chat = new_chat()
    chat.send(text="slowly")
    for number in range(12):
        chat.send(text=f"message {number}")

    wait_until(lambda: bool(told(chat, "too_many_waiting")))
    wait_until(lambda: len(chat.answers()) == len(served.said(chat)))

    assert len(served.said(chat)) < 13
    assert 1 <= len(told(chat, "too_many_waiting")) <= 2  # two where a minute ended in between


def told(chat: Chat, name: str) -> list[dict[str, str]]:
    """Return the messages to somebody with a sentence of the doors."""
    sent = chat.stand_in.calls("sendMessage")
    return [call for call in sent if call["chat_id"] == str(chat.chat_id) and call["text"] == say(name)]
