"""The user name of the bot in Telegram, for links that open a chat with it."""

from __future__ import annotations

import re

_NAME = re.compile("[A-Za-z0-9_]{1,32}")


class BotName:
    """What the bot is called: as the settings say, or else as Telegram tells; nothing while its door is shut.

    Args:
        set_name: Name of the settings, empty for none.
    """

    def __init__(self, set_name: str = "") -> None:
        self._set_name = set_name
        self._told = ""
        self._is_open = False

    def open(self) -> None:
        """Let links lead to Telegram from now on."""
        self._is_open = True

    def learn(self, told: object) -> None:
        """Take the name that Telegram tells; what no link can hold is no name."""
        if isinstance(told, str) and _NAME.fullmatch(told):
            self._told = told

    def __call__(self) -> str:
        """Return the name for links, without its sign; empty where none can be made.

        Example:
            >>> name = BotName()
            >>> name.learn("a_tutor_bot"), name()
            (None, '')
            >>> name.open(), name()
            (None, 'a_tutor_bot')
        """
        return (self._set_name or self._told) if self._is_open else ""

    def link(self, code: str) -> str:
        """Return the address that opens the chat and hands a code over; empty where there is none."""
        return f"https://t.me/{self()}?start={code}" if self() else ""
