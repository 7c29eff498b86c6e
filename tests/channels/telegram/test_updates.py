"""Updates are read for what the tutor can react to; anything else is nothing, and never an error."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.telegram.updates import Bot, Incoming, read_update
from tests.channels.telegram.updates import GROUP, PERSON, message, typed

BOT = Bot(42, "Tutor_Bot")
QUERY = {"id": "q", "from": PERSON, "data": "token", "message": message(message_id=5)}
names = st.sampled_from(
    ["update_id", "message", "callback_query", "my_chat_member", "edited_message", "chat", "from", "id", "type", "text"]
)
junk = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
    max_leaves=15,
)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"message": message(text=" hello ")}, Incoming(1, "text", 7, text=" hello ")),
        ({"message": message(text="/Start")}, Incoming(1, "command", 7, word="start")),
        ({"message": message(text="/start@Tutor_Bot CODE")}, Incoming(1, "command", 7, word="start", text="CODE")),
        ({"message": message(text="/ not a command")}, Incoming(1, "text", 7, text="/ not a command")),
        ({"message": message(text='/x{"a": 1}')}, Incoming(1, "text", 7, text='/x{"a": 1}')),
        ({"message": message(photo=[{}], caption="words")}, Incoming(1, "media", 7, word="photo", text="words")),
        ({"message": message(venue={"title": "x"}, location={"x": 1})}, Incoming(1, "media", 7, word="venue")),
        ({"message": message(new_chat_photo=[{}])}, Incoming(1, chat_id=7)),
        ({"message": {"chat": {"id": 7}, "text": "a"}}, Incoming(1, "text", 7, text="a")),
        ({"message": {**message(text="a"), "from": {"id": 9, "is_bot": True}}}, Incoming(1)),
        ({"message": message(chat=GROUP, text="hi")}, Incoming(1, chat_id=-7)),
        ({"message": message(chat=GROUP, text="/start")}, Incoming(1, "group", -7)),
        ({"message": message(chat=GROUP, text="/start@other_bot")}, Incoming(1, chat_id=-7)),
        ({"message": message(chat=GROUP, text="hi @tutor_bot!")}, Incoming(1, "group", -7)),
        ({"message": message(chat=GROUP, text="hi", reply_to_message={"from": {"id": 42}})}, Incoming(1, "group", -7)),
        ({"message": message(chat=GROUP, text="hi", reply_to_message={"from": {"id": 3}})}, Incoming(1, chat_id=-7)),
        ({"message": message(chat=GROUP, migrate_to_chat_id=-70)}, Incoming(1, "moved", -7, new_chat_id=-70)),
        ({"edited_message": message(text="other")}, Incoming(1, "edited", 7)),
        ({"edited_message": message(location={"latitude": 1})}, Incoming(1)),
        ({"callback_query": QUERY}, Incoming(1, "button", 7, token="token", query_id="q", message_id=5)),
        ({"callback_query": {"id": "q", "from": PERSON, "data": "t"}}, Incoming(1, "button", 7, "", "", "t", "q")),
        ({"callback_query": {"id": "q"}}, Incoming(1, query_id="q")),
        ({"my_chat_member": {"chat": PERSON, "new_chat_member": {"status": "kicked"}}}, Incoming(1, "blocked", 7)),
        ({"my_chat_member": {"chat": PERSON, "new_chat_member": {"status": "member"}}}, Incoming(1, "unblocked", 7)),
        ({"my_chat_member": {"chat": GROUP, "new_chat_member": {"status": "member"}}}, Incoming(1, "group", -7)),
        ({"my_chat_member": {"chat": GROUP, "new_chat_member": {"status": "left"}}}, Incoming(1, chat_id=-7)),
        ({"channel_post": message(text="hi")}, Incoming(1)),
        ({"message": {"chat": {"id": "7"}, "text": "a"}}, Incoming(1, "text", 7, text="a")),
        ({"message": {"from": {"id": 7}, "text": "a"}}, Incoming(1, "text", 7, text="a")),
        ({"message": {"text": "a"}}, Incoming(1)),
        ({"callback_query": {"id": 5, "message": {"chat": {"id": 7}}}}, Incoming(1, "button", 7, query_id="5")),
    ],
)
def test_update_is_read_for_what_it_asks(fields: dict[str, Any], expected: Incoming) -> None:
    """Each kind of update becomes what the door can react to."""
    assert read_update({"update_id": 1, **fields}, BOT) == expected


def test_bot_without_a_name_is_addressed_by_commands_and_replies() -> None:
    """Before Telegram has told the bot's name, a name in a text is nobody's."""
    unnamed = Bot(42)

    named = read_update({"update_id": 1, "message": message(chat=GROUP, text="@ hello @tutor_bot")}, unnamed)

    assert named == Incoming(1, chat_id=-7)


@pytest.mark.parametrize("raw", [None, [], "x", {}, {"update_id": "x"}, {"update_id": True}, {"update_id": 2**64}])
def test_update_without_a_number_is_none(raw: Any) -> None:
    """What has no number cannot be taken once, and is not taken at all."""
    assert read_update(raw, BOT) is None


@given(raw=junk)
def test_any_json_is_read_without_an_error(raw: Any) -> None:
    """Whatever comes, reading it gives an update or none."""
    incoming = read_update(raw, BOT)

    assert incoming is None or incoming.update_id == int(raw["update_id"])


@given(text=st.text(min_size=1, max_size=30), update_id=st.integers(0, 2**40))
def test_typed_text_keeps_its_words(text: str, update_id: int) -> None:
    """A text is taken as it is, and a command keeps what follows it."""
    incoming = read_update(typed(update_id, text), BOT)

    assert incoming and incoming.update_id == update_id
    assert incoming.text in text
    assert incoming.kind == "command" or incoming.text == text
