"""What is stored is told, given as a file, and deleted after asking once."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.actions.composition import Parts
from database import now_utc, open_engine
from tests.bot.actions.chat import Chat, Reply


def orders(reply: Reply) -> list[str]:
    """List what the door is asked to do."""
    return [bubble.order for bubble in reply.bubbles if bubble.order]


def test_first_greeting_says_what_is_kept(chat: Chat) -> None:
    """Who comes first hears that words are kept and read, and is asked to leave names out."""
    reply = chat.press("/greet")

    assert "kept under a random number" in reply.text
    assert "leave out names" in reply.text


def test_privacy_is_told_with_ways_to_copy_and_deletion(chat: Chat) -> None:
    """What, why, who and how long; a copy and the deletion are one press away."""
    reply = chat.type("what do you store?", "ask_privacy")

    assert reply.names == ["utter_privacy", "utter_privacy_rights"]
    for word in ("What is stored", "Why", "Who reads it", "730 days"):
        assert word in reply.text
    assert reply.payloads("export_my_data") and reply.payloads("delete_my_data")


@pytest.mark.parametrize(
    ("channel", "other_door", "told", "untold"),
    [
        ("web", "", "cookie", "Telegram"),
        ("telegram", "", "number of this chat", "cookie"),
        ("telegram", "web_session", "one cookie; in one place stands the number", "this chat"),
        ("web", "telegram_chat", "one cookie; in one place stands the number", "this chat"),
    ],
)
def test_privacy_tells_what_is_true_of_the_door(
    parts: Parts, database_url: str, channel: str, other_door: str, told: str, untold: str
) -> None:
    """A browser keeps a cookie, and a chat has a number; who comes both ways hears of both."""
    if other_door:
        open_door(database_url, other_door)

    reply = Chat(parts, channel=channel).press("/ask_privacy")

    assert told in reply.text
    assert untold not in reply.text


def open_door(database_url: str, table: str) -> None:
    """Let a browser, or a chat, lead to Ann."""
    named = {
        "web_session": "(token_hash, learner_id, created_at) VALUES ('k', 'ann', :now)",
        "telegram_chat": "(chat_id, learner_id, state, created_at, changed_at) VALUES (7, 'ann', 'open', :now, :now)",
    }
    engine = open_engine(database_url)
    with engine.begin() as connection:
        connection.execute(sa.text(f"INSERT INTO {table} {named[table]}"), {"now": now_utc()})
    engine.dispose()


def test_privacy_without_limit_promises_no_day(parts: Parts) -> None:
    """Where nobody is forgotten for being away, no number of days is told."""
    forever = replace(parts, settings=replace(parts.settings, retention_days=0))

    reply = Chat(forever).press("/ask_privacy")

    assert reply.names[-1] == "utter_privacy_rights_no_limit"
    assert "days" not in reply.text


def test_copy_is_a_link_that_works_once(chat: Chat, parts: Parts) -> None:
    """The link leads to this person's data, and to nobody else's."""
    reply = chat.type("export my data", "export_my_data")

    (file,) = reply.bubbles[0].files
    link = parts.downloads.find(file["url"].rpartition("/")[2])
    assert reply.names == ["utter_data_file"]
    assert link is not None
    assert (link.learner_id, link.kind, link.format) == (chat.name, "data", "zip")


def test_copy_in_telegram_is_a_document(parts: Parts) -> None:
    """There no link is named, and where the file then lies is."""
    reply = Chat(parts, channel="telegram").type("export my data", "export_my_data")

    assert reply.names == ["utter_data_file_telegram"]
    assert "link" not in reply.text and "stays in this chat" in reply.text
    assert len(reply.files) == 1


def test_deletion_asks_before_anything_is_ordered(chat: Chat) -> None:
    """The first word of it asks once, and orders nothing."""
    reply = chat.type("delete my data", "delete_my_data")

    assert reply.names == ["utter_data_delete"]
    assert orders(reply) == []
    assert chat.slots["step"] == "data_delete"


@pytest.mark.parametrize("text", ["yes", "ok do it"])
def test_typed_yes_orders_the_erasure(chat: Chat, text: str) -> None:
    """Typing is as good as pressing."""
    chat.type("delete my data", "delete_my_data")

    reply = chat.type(text, "affirm")

    assert orders(reply) == ["erase"]


def test_yes_in_the_words_of_the_wish_orders_the_erasure(chat: Chat) -> None:
    """Who repeats the wish with a yes has said yes."""
    chat.type("delete my data", "delete_my_data")

    assert orders(chat.type("yes, delete it all", "delete_my_data")) == ["erase"]


def test_pressed_yes_orders_the_erasure(chat: Chat) -> None:
    """The button under the question does it."""
    asked = chat.type("delete my data", "delete_my_data")

    assert orders(chat.press(asked.button("Yes"))) == ["erase"]


def test_yes_button_of_an_earlier_moment_asks_again(chat: Chat) -> None:
    """A button that was left behind deletes nothing by itself."""
    asked = chat.type("delete my data", "delete_my_data")
    chat.press("/ask_help")

    reply = chat.press(asked.button("Yes"))

    assert reply.names == ["utter_data_delete"]
    assert orders(reply) == []


def test_no_keeps_everything(chat: Chat) -> None:
    """After a no all is as it was, and a later yes is about something else."""
    asked = chat.type("delete my data", "delete_my_data")

    reply = chat.press(asked.button("No"))
    later = chat.type("yes", "affirm")

    assert reply.names == ["utter_left_as_is"]
    assert orders(later) == []


def test_copy_first_leaves_the_question(chat: Chat) -> None:
    """Who takes a copy first is asked anew before anything is deleted."""
    asked = chat.type("delete my data", "delete_my_data")

    copy = chat.press(asked.button("Get a copy"))

    assert copy.names == ["utter_data_file"]
    assert orders(chat.type("yes", "affirm")) == []


def test_deletion_at_an_open_question_is_no_answer(chat: Chat) -> None:
    """In the middle of a plan the wish is heard, and its yes deletes."""
    chat.press("/start_roadmap")
    chat.type("please delete all my data", "delete_my_data", ranking={"delete_my_data": 0.97})

    assert chat.slots["step"] == "data_delete"
