"""What a person said, made harmless: checked for size, cleaned of what is not text, never a command."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from channels.errors import BadMessage, TooLarge

TEXT_LIMIT_CHARS = 4_000
BODY_LIMIT_BYTES = 64 * 1024
TOKEN_LIMIT_CHARS = 64
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_INVISIBLE = frozenset(
    "\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_KEPT_CONTROLS = frozenset("\n\t")


@dataclass(frozen=True)
class Said:
    """One message: a text that was typed, or the token of a button that was pressed."""

    message_id: str
    text: str | None = None
    button: str | None = None


def read_said(body: Any) -> Said:
    """Read a message from its JSON.

    Raises:
        BadMessage: It is not an object with an id and either a text or a button, or there is nothing to read in it.
        TooLarge: The text is longer than ``TEXT_LIMIT_CHARS``.
    """
    if not isinstance(body, dict):
        raise BadMessage('Send a JSON object, such as {"id": "...", "text": "..."}.')
    message_id, text, button = body.get("id"), body.get("text"), body.get("button")
    if not isinstance(message_id, str) or not _MESSAGE_ID.fullmatch(message_id):
        raise BadMessage("The message needs an id of its own: 8 to 64 letters, digits, - or _ (a UUID fits).")
    if (text is None) == (button is None):
        raise BadMessage("The message needs either a text or a button.")
    if button is not None:
        if not isinstance(button, str) or not 0 < len(button) <= TOKEN_LIMIT_CHARS:
            raise BadMessage("That button cannot be read.")
        return Said(message_id, button=button)
    if not isinstance(text, str):
        raise BadMessage("The text cannot be read.")
    return Said(message_id, text=clean_text(text))


def clean_text(text: str) -> str:
    r"""Make a typed text safe to hand on.

    Control, direction and invisible characters go; line ends stay. A leading ``/`` goes too, because the assistant
    would run what follows as a command. Joiners stay: emoji and some scripts need them.

    Raises:
        BadMessage: Nothing readable is left.
        TooLarge: It is longer than ``TEXT_LIMIT_CHARS``.

    Example:
        >>> clean_text(" /restart\u202e ")
        'restart'
    """
    text = unicodedata.normalize("NFC", text)  # before counting: some characters become three
    if len(text) > TEXT_LIMIT_CHARS:
        raise TooLarge(
            f"That is {len(text):,} characters; I can read {TEXT_LIMIT_CHARS:,} at once. Please send it in parts."
        )
    kept = "".join(_keep(char) for char in text).strip()
    while kept.startswith("/"):
        kept = kept[1:].lstrip()
    if not any(not char.isspace() and unicodedata.category(char) not in ("Cf", "Mn") for char in kept):
        raise BadMessage("I could not find any words in that. Please type your message again.")
    return kept


def _keep(char: str) -> str:
    if char in _KEPT_CONTROLS:
        return char
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if char in _INVISIBLE or category in ("Cs", "Co") or _is_noncharacter(char) else char


def _is_noncharacter(char: str) -> bool:
    """Tell what will never be a character from what only this Python does not know yet, such as a new emoji."""
    return ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
