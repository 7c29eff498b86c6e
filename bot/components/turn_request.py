"""The body of a turn: what the gateway sends for one message of one person."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

SENDER_LIMIT_CHARS = 64  # as wide as the columns of the event table
MESSAGE_ID_LIMIT_CHARS = 80
TEXT_LIMIT_CHARS = 4_096  # the longest message of Telegram
BODY_LIMIT_BYTES = 65_536


class MalformedTurn(ValueError):
    """A body that is no turn; the text says what would be right and is sent back."""


@dataclass(frozen=True)
class TurnRequest:
    """One message: who wrote it, its id for recognising repeats, what it says, what goes with it."""

    sender: str
    message_id: str
    text: str
    metadata: dict[str, Any]


def parse_turn(body: bytes) -> TurnRequest:
    """Read the JSON of a turn.

    Raises:
        MalformedTurn: A field is missing, of the wrong type or too long, or it is no JSON.
    """
    if len(body) > BODY_LIMIT_BYTES:
        raise MalformedTurn(f"the body must be at most {BODY_LIMIT_BYTES} bytes")
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MalformedTurn("the body must be JSON") from error
    if not isinstance(fields, dict):
        raise MalformedTurn("the body must be a JSON object")
    return TurnRequest(
        sender=_identifier(fields, "sender", SENDER_LIMIT_CHARS),
        message_id=_identifier(fields, "message_id", MESSAGE_ID_LIMIT_CHARS),
        text=_text(fields),
        metadata=_metadata(fields),
    )


def _identifier(fields: dict[str, Any], name: str, limit: int) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not 1 <= len(value) <= limit or not _is_visible_ascii(value):
        raise MalformedTurn(f"{name} must be 1 to {limit} visible ASCII characters")
    return value


def _is_visible_ascii(value: str) -> bool:
    return value.isascii() and value.isprintable() and " " not in value


def _text(fields: dict[str, Any]) -> str:
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > TEXT_LIMIT_CHARS:
        raise MalformedTurn(f"text must be 1 to {TEXT_LIMIT_CHARS} characters, not only blanks")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:  # half of a surrogate pair, as "\ud83d" alone
        raise MalformedTurn("text must be valid Unicode") from error
    return text


def _metadata(fields: dict[str, Any]) -> dict[str, Any]:
    metadata = fields.get("metadata", {})
    if not isinstance(metadata, dict):
        raise MalformedTurn("metadata must be a JSON object")
    return metadata
