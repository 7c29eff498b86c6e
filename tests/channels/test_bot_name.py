"""The bot's name for links: the settings win over Telegram, and without an open door there is none."""

from __future__ import annotations

import pytest

from channels.bot_name import BotName


@pytest.mark.parametrize(
    ("set_name", "told", "name"),
    [
        ("", "a_tutor_bot", "a_tutor_bot"),
        ("another_bot", "a_tutor_bot", "another_bot"),
        ("another_bot", None, "another_bot"),
        ("", None, ""),
        ("", 7, ""),
        ("", "a b", ""),
        ("", "x?start=y", ""),
    ],
)
def test_name_is_the_set_one_or_else_the_told_one(set_name: str, told: object, name: str) -> None:
    """What Telegram tells counts where nothing is set, and only if a link can hold it."""
    bot_name = BotName(set_name)
    bot_name.open()

    bot_name.learn(told)

    assert bot_name() == name
    assert bot_name.link("BCDF-2345") == (f"https://t.me/{name}?start=BCDF-2345" if name else "")


def test_name_while_door_is_shut_is_kept_back() -> None:
    """A link into a chat where nobody answers is worse than none."""
    bot_name = BotName("a_tutor_bot")

    assert (bot_name(), bot_name.link("BCDF-2345")) == ("", "")
