"""Updates as Telegram sends them, for tests that need no chat."""

from __future__ import annotations

from typing import Any

PERSON = {"id": 7, "is_bot": False, "first_name": "Ada"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ada"}
GROUP = {"id": -7, "type": "supergroup", "title": "Team"}


def message(**fields: Any) -> dict[str, Any]:
    """Make a message in a private chat."""
    return {"message_id": 1, "date": 0, "from": PERSON, "chat": PRIVATE, **fields}


def typed(update_id: int, text: str) -> dict[str, Any]:
    """Make the update of a typed text."""
    return {"update_id": update_id, "message": message(text=text)}
