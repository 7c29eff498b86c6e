"""The menu's commands are the tutor's own intents, and within what Telegram takes."""

from __future__ import annotations

import re

import pytest

from channels.mailroom import OPENING
from channels.telegram.menu import MENU, menu, words_of
from knowledge.markup import parse_yaml
from settings import ROOT


def test_every_command_stands_for_an_intent_of_the_domain() -> None:
    """What the menu offers is known at the door, and the assistant understands it."""
    intents = parse_yaml((ROOT / "domain.yml").read_text(encoding="utf-8"), "domain.yml")["intents"]

    assert set(MENU) == set(OPENING)
    assert {payload.removeprefix("/") for payload in OPENING.values()} <= set(intents)


def test_menu_is_within_the_limits_of_telegram() -> None:
    """Names of small letters, descriptions of 3 to 256 characters."""
    assert all(re.fullmatch("[a-z0-9_]{1,32}", one["command"]) for one in menu())
    assert all(3 <= len(one["description"]) <= 256 for one in menu())


@pytest.mark.parametrize(
    ("command", "rest", "words"),
    [
        ("help", "", None),
        ("start", "", None),
        ("start", "anything", None),
        ("ask", "who pays?", "who pays?"),
        ("lesson", "2", "lesson 2"),
        ("restart", "", "restart"),
        ("set", "slot", "set slot"),
    ],
)
def test_words_behind_a_command_are_kept(command: str, rest: str, words: str | None) -> None:
    """A command of the menu is no words; another one is, and so is what follows."""
    assert words_of(command, rest) == words
