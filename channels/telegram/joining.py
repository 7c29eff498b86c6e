"""Where this door meets what joins doors: a code that comes with a deep link, and which chat a message came from."""

from __future__ import annotations

from typing import Protocol


class Joining(Protocol):
    """Something that joins doors to one learner. It hears typed codes itself, as it stands before the assistant."""

    def is_code(self, text: str) -> bool:
        """Tell whether what came with ``/start`` is a code; anybody can write such a link, so it may be anything."""

    def note_door(self, message_id: str, key: str) -> None:
        """Remember through which door a message came, by the key of the door's row; never to be stored or logged."""


class NoJoining:
    """Joins nothing."""

    def is_code(self, text: str) -> bool:
        """Know no code: everybody is just greeted."""
        return False

    def note_door(self, message_id: str, key: str) -> None:
        """Remember nothing."""
