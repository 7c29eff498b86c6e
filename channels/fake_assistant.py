"""An assistant without Rasa, for trying the doors: it repeats what it hears, and has trouble when told to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from channels.errors import AssistantUnavailable
from channels.words import say

BUTTONS = [{"title": "Go on", "payload": "/continue_lesson"}]


@dataclass
class FakeAssistant:
    """Answers every turn with one bubble.

    Args:
        delay_seconds: How long a turn takes.
        is_down: Whether turns fail.
        replies: Said in place of the echo.
    """

    delay_seconds: float = 0.0
    is_down: bool = False
    replies: list[dict[str, Any]] = field(default_factory=list)
    turns: list[dict[str, str]] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)

    async def turn(self, learner_id: str, message_id: str, text: str, channel: str) -> list[dict[str, Any]]:
        """Take a turn; ``turns`` keeps what came, ``steps`` the order in which turns began and ended."""
        self.turns.append({"learner_id": learner_id, "message_id": message_id, "text": text, "channel": channel})
        self.steps.append(f"begin {text}")
        await asyncio.sleep(self.delay_seconds)
        self.steps.append(f"end {text}")
        if self.is_down:
            raise AssistantUnavailable(say("unavailable"))
        return self.replies or [{"text": f"You said: {text}", "buttons": BUTTONS}]

    async def is_ready(self) -> bool:
        """Tell whether turns succeed."""
        return not self.is_down

    async def close(self) -> None:
        """Do nothing: nothing is held open."""
