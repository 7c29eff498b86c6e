"""Where the bubbles of one turn are collected, whole."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.components.reply import reply_from


class TurnOutput(OutputChannel):
    """Output channel that keeps each response as one message.

    Rasa's collecting channel makes several of one response: it cuts a text at blank lines, and
    sends an image and custom data on their own.
    """

    def __init__(self) -> None:
        """Start with no message."""
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """Name the channel as the responses in ``domain.yml`` may name it."""
        return "tutor"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one response, with its text, buttons, image and custom data together."""
        if reply := reply_from(message):
            self.messages.append(reply)
