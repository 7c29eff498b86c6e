"""Tickets of the plain version: a message id that the server gave, signed for one person.

A form that is sent twice carries the same id and counts once; a form that another site made up carries no valid ticket.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets


class Tickets:
    """Makes tickets and reads them.

    Args:
        secret: Known to this installation only.
    """

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(f"plain version|{secret}".encode()).digest()

    def make(self, learner_id: str) -> str:
        """Make a ticket with a new message id, for one person."""
        message_id = secrets.token_urlsafe(16)
        return f"{message_id}.{self._sign(learner_id, message_id)}"

    def message_id(self, learner_id: str, ticket: str) -> str | None:
        """Return the message id of a ticket; None for one that was not made for this person."""
        message_id, _, signature = ticket.partition(".")
        is_ours = hmac.compare_digest(self._sign(learner_id, message_id).encode(), signature.encode("utf-8", "replace"))
        return message_id if is_ours else None

    def _sign(self, learner_id: str, message_id: str) -> str:
        text = f"{learner_id}|{message_id}".encode("utf-8", "replace")
        return hmac.new(self._key, text, hashlib.sha256).hexdigest()
