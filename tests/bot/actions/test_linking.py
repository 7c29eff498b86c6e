"""Going on on another device: a code, a link and its picture; and taking a device out again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.actions.composition import Parts
from bot.actions.linking import draw_code
from database import now_utc, open_engine
from learning.link_codes import read_code
from tests.bot.actions.chat import Chat
from tests.bot.actions.test_privacy import orders


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Give the database behind the parts."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def open_doors(engine: Engine, *keys: str) -> None:
    """Let browsers lead to Ann."""
    insert = sa.text("INSERT INTO web_session (token_hash, learner_id, created_at) VALUES (:key, 'ann', :now)")
    with engine.begin() as connection:
        connection.execute(insert, [{"key": key, "now": now_utc()} for key in keys])


def test_code_comes_with_link_and_picture(chat: Chat, parts: Parts) -> None:
    """The code works, stands in the link, and the link in a picture with a text for who cannot see it."""
    reply = chat.type("go on on my phone", "link_channel")

    code = reply.bubbles[0].values["code"]
    assert reply.names == ["utter_link_code"]
    assert read_code(code) == code
    assert f"{parts.settings.public_url}/link/{code}" in reply.text
    assert reply.bubbles[0].image is not None
    assert reply.bubbles[0].image["url"].startswith("data:image/png;base64,")
    assert code in reply.bubbles[0].image["alt"]
    assert parts.link_codes.join(code, "bob").learner_id == chat.name


def test_picture_of_a_link_says_its_size() -> None:
    """The picture's room is known before it is there."""
    picture = draw_code("https://tutor.example.org/link/BCDF-2345")

    assert picture["width"] == picture["height"] > 150


def test_code_names_telegram_where_there_is_a_bot(parts: Parts) -> None:
    """Where the door in Telegram is open, its link stands beside the page's."""
    reply = Chat(parts, telegram_bot="a_tutor_bot").press("/link_channel")

    assert reply.names == ["utter_link_code_telegram"]
    assert f"https://t.me/a_tutor_bot?start={reply.bubbles[0].values['code']}" in reply.text


def test_code_names_no_telegram_where_its_door_is_shut(parts: Parts) -> None:
    """A name in the settings alone opens no chat."""
    reply = Chat(replace(parts, settings=replace(parts.settings, telegram_bot="a_tutor_bot"))).press("/link_channel")

    assert reply.names == ["utter_link_code"]
    assert "t.me" not in reply.text


def test_code_asked_for_in_telegram_leads_to_the_page(parts: Parts) -> None:
    """Who is in Telegram already is not sent there."""
    reply = Chat(parts, channel="telegram", telegram_bot="a_tutor_bot").press("/link_channel")

    assert reply.names == ["utter_link_code"]


def test_unlinking_with_one_door_has_nothing_to_do(chat: Chat, engine: Engine) -> None:
    """Who has one device hears that there is nothing to unlink."""
    open_doors(engine, "this")

    assert chat.type("unlink my phone", "unlink_channel").names == ["utter_unlink_alone"]


@pytest.mark.parametrize(("title", "order"), [("Close", "unlink_others"), ("Take", "unlink_this")])
def test_unlinking_asks_and_leaves_it_to_the_door(chat: Chat, engine: Engine, title: str, order: str) -> None:
    """With two devices the person chooses, and the door is told what to do."""
    open_doors(engine, "this", "that")

    asked = chat.type("unlink my phone", "unlink_channel")
    reply = chat.press(asked.button(title))

    assert asked.names == ["utter_unlink_ask"]
    assert orders(asked) == []
    assert orders(reply) == [order]


def test_typed_yes_to_unlinking_closes_the_others(chat: Chat, engine: Engine) -> None:
    """A yes keeps the device at which it is typed."""
    open_doors(engine, "this", "that")
    chat.type("unlink my phone", "unlink_channel")

    assert orders(chat.type("yes", "affirm")) == ["unlink_others"]


def test_unlinking_left_as_it_is_changes_nothing(chat: Chat, engine: Engine) -> None:
    """A no, and then an old button: nothing is ordered."""
    open_doors(engine, "this", "that")
    asked = chat.type("unlink my phone", "unlink_channel")

    left = chat.press(asked.button("Leave"))
    late = chat.press(asked.button("Close"))

    assert left.names == ["utter_left_as_is"]
    assert orders(late) == []
