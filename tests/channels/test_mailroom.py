"""Messages are kept once, replies are kept once, and buttons work for those who were offered them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from channels.errors import Conflict
from channels.mailroom import HISTORY_LIMIT, Letter, Mailroom
from channels.said import Said

HELLO = Said("message-1", text="hello")
PAYLOAD = '/answer_item{"item_id": "system.phenomenon.library", "option_id": "' + "x" * 200 + '"}'
OPTION = {"title": "Co-creation", "payload": PAYLOAD, "kind": "option"}
SOURCE = {"key": "S1", "title": "A paper", "author": "Someone", "year": "2020", "url": "https://example.org"}
PROGRESS = {"lesson": "One", "done": 1, "total": 3}
REPLY: dict[str, Any] = {
    "text": "**Hello!**",
    "buttons": [OPTION, {"title": "Next", "payload": "/next"}],
    "image": {"url": "/a.png", "alt": "a"},
    "custom": {"sources": [SOURCE], "progress": PROGRESS, "secret": "stays inside"},
    "utter_action": "utter_hello",
}


def talk(mailroom: Mailroom, learner_id: str, number: int) -> None:
    """Say something and have it answered."""
    mailroom.take_in(learner_id, Said(f"message-{number}", text=f"said {number}"))
    mailroom.answer(learner_id, f"message-{number}", [{"text": f"answer {number}"}])


def offer(mailroom: Mailroom, learner_id: str, reply: dict[str, Any]) -> list[dict[str, str]]:
    """Answer a message and return the buttons as the page gets them."""
    mailroom.take_in(learner_id, HELLO)
    mailroom.answer(learner_id, HELLO.message_id, [reply])
    buttons: list[dict[str, str]] = mailroom.replies(learner_id, HELLO.message_id)[0]["buttons"]
    return buttons


def test_new_message_is_taken_in(mailroom: Mailroom) -> None:
    """A new message is passed on as it was said, and stands in the history at once."""
    letter = mailroom.take_in("ann", HELLO)

    (message,) = mailroom.history("ann")
    assert letter == Letter("hello", is_answered=False)
    assert (message["from"], message["text"], message["client_id"]) == ("you", "hello", "message-1")


def test_same_message_again_is_kept_once(mailroom: Mailroom) -> None:
    """A repeat is known, before and after it was answered."""
    letters = [mailroom.take_in("ann", HELLO), mailroom.take_in("ann", HELLO)]
    mailroom.answer("ann", HELLO.message_id, [REPLY])
    letters.append(mailroom.take_in("ann", HELLO))

    assert [letter.is_answered for letter in letters] == [False, False, True]
    assert [message["from"] for message in mailroom.history("ann")] == ["you", "tutor"]


@pytest.mark.parametrize("said", [Said("message-1", text="other"), Said("message-1", button="start")])
def test_same_id_with_other_words_is_refused(mailroom: Mailroom, said: Said) -> None:
    """An id stands for one message; another one under it changes nothing."""
    mailroom.take_in("ann", HELLO)

    with pytest.raises(Conflict, match="id was used for another message"):
        mailroom.take_in("ann", said)

    assert [message["text"] for message in mailroom.history("ann")] == ["hello"]


def test_same_id_of_two_people_is_two_messages(mailroom: Mailroom) -> None:
    """Ids count within one person's messages."""
    talk(mailroom, "ann", 1)

    letter = mailroom.take_in("bob", Said("message-1", text="mine"))

    assert letter == Letter("mine", is_answered=False)
    assert mailroom.replies("bob", "message-1") == []


def test_opening_greets_without_a_word_shown(mailroom: Mailroom) -> None:
    """The page opens the chat with a button that nobody offered and nobody sees."""
    letter = mailroom.take_in("ann", Said("message-1", button="start"))

    assert letter.payload == "/greet"
    assert mailroom.history("ann") == []


def test_offered_button_is_passed_on_as_its_payload(mailroom: Mailroom) -> None:
    """A pressed button tells the assistant its payload, and the person sees its title as said."""
    button, _ = offer(mailroom, "ann", REPLY)

    letter = mailroom.take_in("ann", Said("message-2", button=button["token"]))

    assert letter.payload == PAYLOAD
    assert mailroom.history("ann")[-1]["text"] == "Co-creation"


def test_button_tokens_fit_into_telegram(mailroom: Mailroom) -> None:
    """However long a payload is, its token is short, and no two are alike."""
    tokens = [button["token"] for button in offer(mailroom, "ann", {**REPLY, "buttons": [OPTION] * 20})]

    assert len(set(tokens)) == 20
    assert all(len(token.encode()) <= 64 for token in tokens)


def test_page_gets_no_payload_of_a_button(mailroom: Mailroom) -> None:
    """What a button does stays inside: the page gets title, token and kind."""
    buttons = offer(mailroom, "ann", REPLY)

    assert [set(button) for button in buttons] == [{"title", "token", "kind"}] * 2
    assert [button["kind"] for button in buttons] == ["option", "action"]
    assert PAYLOAD not in str(mailroom.history("ann"))


@pytest.mark.parametrize("token", ["unknown", "/greet", PAYLOAD])
def test_unknown_button_is_refused(mailroom: Mailroom, token: str) -> None:
    """A token that was never given out does nothing."""
    with pytest.raises(Conflict, match="not there any more"):
        mailroom.take_in("ann", Said("message-2", button=token))

    assert mailroom.history("ann") == []


def test_button_of_another_learner_is_refused(mailroom: Mailroom) -> None:
    """A button works only for the person it was offered to."""
    button, _ = offer(mailroom, "ann", REPLY)

    with pytest.raises(Conflict, match="not there any more"):
        mailroom.take_in("bob", Said("message-2", button=button["token"]))


def test_answering_twice_keeps_first_reply(mailroom: Mailroom) -> None:
    """A second answer to a message changes nothing and adds nothing."""
    mailroom.take_in("ann", HELLO)
    mailroom.answer("ann", HELLO.message_id, [REPLY, {"text": "And?"}])
    before = mailroom.replies("ann", HELLO.message_id)

    mailroom.answer("ann", HELLO.message_id, [{"text": "Something else"}])

    assert [message["text"] for message in before] == ["**Hello!**", "And?"]
    assert mailroom.replies("ann", HELLO.message_id) == before


def test_reply_keeps_what_page_shows(mailroom: Mailroom) -> None:
    """Image, sources and progress come back; what the page has no use for does not."""
    offer(mailroom, "ann", REPLY)

    (message,) = mailroom.replies("ann", HELLO.message_id)

    assert (message["image"], message["sources"], message["progress"]) == (REPLY["image"], [SOURCE], PROGRESS)
    assert "stays inside" not in str(message)


def test_answer_to_unknown_message_is_not_kept(mailroom: Mailroom) -> None:
    """There is no reply without a message."""
    mailroom.answer("ann", "message-9", [REPLY])

    assert mailroom.history("ann") == []


def test_history_is_told_in_order_of_talk(mailroom: Mailroom) -> None:
    """Both sides come oldest first, with ids that grow, and nobody else's."""
    for number in range(3):
        talk(mailroom, "ann", number)
        talk(mailroom, "bob", number)

    history = mailroom.history("ann")

    told = [text for number in range(3) for text in (f"said {number}", f"answer {number}")]
    assert [message["text"] for message in history] == told
    assert [int(message["id"]) for message in history] == sorted({int(message["id"]) for message in history})


def test_history_after_message_begins_behind_it(mailroom: Mailroom) -> None:
    """A page that was away gets what it missed, and nothing when it missed nothing."""
    for number in range(3):
        talk(mailroom, "ann", number)
    third, *rest = mailroom.history("ann")[2:]

    missed = mailroom.history("ann", after=int(third["id"]))

    assert missed == rest
    assert mailroom.history("ann", after=int(rest[-1]["id"])) == []


def test_long_history_is_told_from_its_end(mailroom: Mailroom) -> None:
    """Of a long conversation the latest part comes, oldest first."""
    for number in range(HISTORY_LIMIT // 2 + 2):
        talk(mailroom, "ann", number)

    history = mailroom.history("ann")

    assert len(history) == HISTORY_LIMIT
    assert (history[0]["text"], history[-1]["text"]) == ("said 2", f"answer {HISTORY_LIMIT // 2 + 1}")


def test_broken_database_is_reported_not_hidden(mailroom: Mailroom, engine: Engine) -> None:
    """When nothing can be kept, nothing is said to be kept."""
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE outbox")

    with pytest.raises(SQLAlchemyError):
        mailroom.take_in("ann", HELLO)

    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM inbox").scalar_one() == 0
