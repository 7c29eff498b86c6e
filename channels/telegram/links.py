"""Where codes go that come with ``/start``, from a deep link such as ``https://t.me/name?start=CODE``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class LinkAnswer:
    """What a person is told about a code. Buttons are as the assistant gives them: title and payload."""

    text: str
    buttons: list[dict[str, Any]] = field(default_factory=list)


class LinkCodes(Protocol):
    """Something that knows codes."""

    def use(self, code: str, learner_id: str, message_id: str) -> LinkAnswer | None:
        """Use a code on behalf of a learner; afterwards another learner may be behind the same chat.

        Args:
            code: What came with the command, at most 64 characters; anything, as anybody can write such a link.
            learner_id: Who came with it.
            message_id: Of the message that it came with; the same again is a repeat.

        Returns:
            What to tell; None where it is no code, and the person is just greeted.
        """


class NoLinkCodes:
    """Knows no code."""

    def use(self, code: str, learner_id: str, message_id: str) -> LinkAnswer | None:
        """Know nothing of it."""
        return None
