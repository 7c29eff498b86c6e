"""The door as a whole: what people do in Telegram, in both modes, through the real gateway and over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from channels.telegram.menu import MENU
from channels.words import say
from tests.channels.telegram.chat import Chat, wait_until
from tests.channels.telegram.conftest import Served


def test_typed_text_is_answered_once_with_buttons(served: Served, chat: Chat) -> None:
    """A text reaches the assistant as it is, and its answer comes with buttons of short tokens."""
    told = chat.say("what is <co-creation> & who pays?")

    assert [call["text"] for call in told] == ["You said: what is &lt;co-creation&gt; &amp; who pays?"]
    assert [key["text"] for key in chat.offered()] == ["Go on"]
    assert served.said(chat) == ["what is <co-creation> & who pays?"]


def test_same_update_again_is_taken_once(served: Served, chat: Chat) -> None:
    """Telegram may send an update twice; the second one changes nothing."""
    update = chat.send(text="once")
    chat.wait()
    served.stand_in.do(update)
    chat.say("afterwards")

    assert served.said(chat) == ["once", "afterwards"]
    assert len(chat.told) == 1


def test_messages_are_answered_in_the_order_in_which_they_came(served: Served, chat: Chat) -> None:
    """Three texts in a row get three answers in a row."""
    for word in ("one", "two", "three"):
        chat.send(text=word)

    told = chat.wait(3)

    assert [call["text"] for call in told] == ["You said: one", "You said: two", "You said: three"]


def test_people_have_learners_of_their_own(served: Served, new_chat: Callable[[], Chat]) -> None:
    """Two chats are two people, each with a random id that is not the chat's number."""
    one, other = new_chat(), new_chat()
    one.say("I am one")
    other.say("I am the other")

    assert served.learner(one) != served.learner(other)
    assert str(one.chat_id) not in served.learner(one)
    assert served.said(one) == ["I am one"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/start", "/greet"),
        ("/start@stand_in_bot", "/greet"),
        ("/start anything-from-a-link", "/greet"),
        ("/lesson", "/start_course"),
        ("/plan", "/start_roadmap"),
        ("/practise", "/start_repetition"),
        ("/progress", "/ask_progress"),
        ("/notes", "/show_notes"),
        ("/help", "/ask_help"),
        ("/privacy", "/ask_privacy"),
        ("/stop", "/stop_reminders"),
        ("/lesson 2", "lesson 2"),
        ("/ask who decides?", "who decides?"),
        ("/restart", "restart"),
        ('/answer_item{"item_id": "x"}', 'answer_item{"item_id": "x"}'),
    ],
)
def test_command_means_what_the_menu_says(served: Served, chat: Chat, typed: str, told: str) -> None:
    """A command of the menu is one of the tutor's own intents; any other is words, and never runs as a command."""
    chat.say(typed)

    assert served.said(chat) == [told]


def test_menu_is_told_to_telegram_once(served: Served) -> None:
    """The menu names every command with a sentence, within Telegram's limits."""
    menus = served.stand_in.calls("setMyCommands")

    assert len(menus) == 1
    assert [one["command"] for one in menus[0]["commands"]] == list(MENU)
    assert all(3 <= len(one["description"]) <= 256 for one in menus[0]["commands"])


def test_press_is_acknowledged_counts_once_and_is_seen(served: Served, chat: Chat) -> None:
    """A pressed button stops spinning, says what it stands for, and is marked in the chat."""
    chat.say("hello")
    query = chat.query("Go on")
    served.stand_in.do(query)
    chat.wait()

    wait_until(lambda: bool(edits_of(served, chat)))

    assert served.said(chat) == ["hello", "/continue_lesson"]
    assert "text" not in answer_to(served, query)
    assert [[key["text"] for key in row] for row in edits_of(served, chat)[0]] == [["✓ Go on"]]


def test_double_tap_counts_once(served: Served, chat: Chat) -> None:
    """The same button pressed twice at once leads to one turn, and both presses are acknowledged."""
    chat.say("hello")
    first, second = chat.query("Go on"), chat.query("Go on")
    served.stand_in.do(first)
    served.stand_in.do(second)
    chat.wait()

    assert answer_to(served, first) and answer_to(served, second)
    assert served.said(chat) == ["hello", "/continue_lesson"]


def test_used_button_is_told_kindly(served: Served, chat: Chat) -> None:
    """A button that was pressed long ago says so, and does nothing."""
    chat.say("hello")
    old = chat.query("Go on")
    served.stand_in.do(chat.query("Go on"))
    chat.wait()

    served.stand_in.do(old)

    assert answer_to(served, old)["text"] == say("telegram_button_used")
    assert served.said(chat) == ["hello", "/continue_lesson"]


def test_button_of_somebody_else_does_nothing(served: Served, new_chat: Callable[[], Chat]) -> None:
    """A button works only for the person it was offered to."""
    owner, other = new_chat(), new_chat()
    owner.say("hello")
    other.say("hello")
    stolen = other.query_of(owner.offered()[0]["callback_data"])

    served.stand_in.do(stolen)

    answer = answer_to(served, stolen)
    assert (answer["text"], answer["show_alert"]) == (say("button_gone"), "true")
    assert served.said(other) == served.said(owner) == ["hello"]


@pytest.mark.parametrize("data", ["nothing-of-ours", "start", "é" * 30, "%", ""])
def test_forged_button_does_nothing(served: Served, chat: Chat, data: str) -> None:
    """What no button of ours carries is told kindly."""
    chat.say("hello")
    forged = chat.query_of(data)

    served.stand_in.do(forged)

    assert answer_to(served, forged)["text"] == say("button_gone")
    assert served.said(chat) == ["hello"]


def test_buttons_of_earlier_turn_are_taken_away(served: Served, chat: Chat) -> None:
    """When somebody types instead of pressing, the buttons they did not press go."""
    chat.say("hello")
    hung_under = chat.told[0]["message_id"]
    chat.say("something else")

    wait_until(lambda: bool(edits_of(served, chat)))

    edits = served.stand_in.calls("editMessageReplyMarkup")
    own = [call for call in edits if call["chat_id"] == str(chat.chat_id)]
    assert [(call["message_id"], call["reply_markup"]) for call in own] == [(str(hung_under), {"inline_keyboard": []})]


def test_web_goes_on_beside_it(served: Served) -> None:
    """The same gateway serves the page and its API."""
    page = httpx.get(served.url, trust_env=False)
    session = httpx.post(f"{served.url}/api/session", trust_env=False)

    assert (page.status_code, session.status_code) == (200, 200)


def answer_to(served: Served, query: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return how a pressed button was acknowledged."""
    query_id = query["callback_query"]["id"]

    def find() -> list[dict[str, str]]:
        answers = served.stand_in.calls("answerCallbackQuery")
        return [call for call in answers if call["callback_query_id"] == query_id]

    wait_until(lambda: bool(find()))
    assert len(find()) == 1
    return find()[0]


def edits_of(served: Served, chat: Chat) -> list[list[list[dict[str, str]]]]:
    """Return the buttons that messages of a chat were changed to."""
    edits = served.stand_in.calls("editMessageReplyMarkup")
    own = [call for call in edits if call["chat_id"] == str(chat.chat_id)]
    return [call["reply_markup"]["inline_keyboard"] for call in own]
