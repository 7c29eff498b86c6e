"""What one bubble of the tutor looks like when it leaves the assistant."""

from __future__ import annotations

from typing import Any

CONTENT = ("text", "buttons", "image", "custom", "attachment", "elements", "quick_replies")
BOOKKEEPING = ("timestamp", "model_id", "assistant_id")


def reply_from(message: dict[str, Any]) -> dict[str, Any] | None:
    """Keep what belongs to the bubble, so that a repeat from the store equals the first sending.

    Args:
        message: ``BotUttered.message()``, which mixes content, nulls and Rasa's bookkeeping.

    Returns:
        The response dict without nulls, or ``None`` if there is nothing to show in it.
    """
    if not any(message.get(name) for name in CONTENT):
        return None
    return {name: value for name, value in message.items() if value is not None and name not in BOOKKEEPING}
