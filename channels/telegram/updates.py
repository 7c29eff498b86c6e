"""Reading what the Bot API sends: of each update only what the tutor can react to.

The library's own classes want every field that Telegram documents; one update that lacks some would stop all that come
with it. So this reads the JSON, and takes what it does not know as nothing to react to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

Kind = Literal["text", "command", "button", "media", "edited", "blocked", "unblocked", "group", "moved", "nothing"]

MEDIA = (
    "photo",
    "voice",
    "audio",
    "video_note",
    "video",
    "animation",
    "document",
    "sticker",
    "venue",  # before location, which it holds as well
    "location",
    "contact",
    "poll",
    "dice",
    "game",
    "story",
)
UPDATES_WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_NUMBER_LIMIT = 2**63
_NUMERAL = re.compile(r"-?[0-9]{1,19}", re.ASCII)


@dataclass(frozen=True)
class Bot:
    """Who the bot is: its number, and its name once Telegram has told it."""

    id: int = 0
    name: str = ""


@dataclass(frozen=True)
class Incoming:
    """One update.

    Args:
        update_id: Of this update; comes again with a repeat.
        kind: What it is.
        chat_id: The chat that it comes from; 0 when that is not known.
        text: What was typed: a text, a caption, or what follows a command.
        word: Which command, or which kind of media.
        token: What a button carries.
        query_id: What a pressed button wants to be acknowledged by.
        message_id: The message that a pressed button hangs under; 0 when that is not known.
        new_chat_id: Where a group has moved to.
    """

    update_id: int
    kind: Kind = "nothing"
    chat_id: int = 0
    text: str = ""
    word: str = ""
    token: str = ""
    query_id: str = ""
    message_id: int = 0
    new_chat_id: int = 0


def read_update(raw: Any, bot: Bot) -> Incoming | None:
    """Read one update from its JSON; None if it has no number of its own, which Telegram's updates have."""
    update_id = read_number(_part(raw, "update_id"))
    if not isinstance(raw, dict) or update_id is None:
        return None
    nothing = Incoming(update_id)
    if isinstance(query := raw.get("callback_query"), dict):
        return _read_query(nothing, query)
    if isinstance(change := raw.get("my_chat_member"), dict):
        return _read_membership(nothing, change)
    if isinstance(edited := raw.get("edited_message"), dict):
        is_typed = isinstance(edited.get("text"), str) and _is_private(edited)  # places on the move are edits too
        return replace(nothing, kind="edited", chat_id=_chat_id(edited)) if is_typed else nothing
    if isinstance(message := raw.get("message"), dict):
        return _read_message(nothing, message, bot)
    return nothing


def _read_query(nothing: Incoming, query: dict[str, Any]) -> Incoming:
    """Read a pressed button; it belongs to the person who pressed it, wherever that was."""
    person, message = read_number(_part(query, "from", "id")), query.get("message")
    chat_id = person or _chat_id(message if isinstance(message, dict) else {})
    token, query_id = query.get("data"), query.get("id")
    return replace(
        nothing,
        kind="button" if chat_id else "nothing",
        chat_id=chat_id,
        token=token if isinstance(token, str) else "",
        query_id=str(query_id or ""),
        message_id=read_number(_part(message, "message_id")) or 0,
    )


def _read_membership(nothing: Incoming, change: dict[str, Any]) -> Incoming:
    status, chat_id = _part(change, "new_chat_member", "status"), _chat_id(change)
    if not _is_private(change):
        is_in = status in ("member", "administrator", "restricted")
        return replace(nothing, kind="group" if is_in else "nothing", chat_id=chat_id)
    kinds: dict[Any, Kind] = {"kicked": "blocked", "left": "blocked", "member": "unblocked"}
    return replace(
        nothing, kind=kinds.get(status, "nothing") if isinstance(status, str) else "nothing", chat_id=chat_id
    )


def _read_message(nothing: Incoming, message: dict[str, Any], bot: Bot) -> Incoming:
    chat_id = _chat_id(message)
    moved_to = read_number(message.get("migrate_to_chat_id"))
    if moved_to:
        return replace(nothing, kind="moved", chat_id=chat_id, new_chat_id=moved_to)
    if not chat_id or _part(message, "from", "is_bot") is True:
        return nothing
    if not _is_private(message):
        return replace(nothing, kind="group" if _is_addressed(message, bot) else "nothing", chat_id=chat_id)
    return _read_private(replace(nothing, chat_id=chat_id), message)


def _read_private(nothing: Incoming, message: dict[str, Any]) -> Incoming:
    text = message.get("text")
    if isinstance(text, str):
        found = _COMMAND.fullmatch(text.strip())
        if found:
            return replace(nothing, kind="command", word=found.group(1).lower(), text=(found.group(2) or "").strip())
        return replace(nothing, kind="text", text=text)
    media = next((kind for kind in MEDIA if message.get(kind)), None)
    caption = message.get("caption")
    words = caption if isinstance(caption, str) else ""
    return replace(nothing, kind="media", word=media, text=words) if media else nothing


def _is_addressed(message: dict[str, Any], bot: Bot) -> bool:
    """Tell whether a message in a group is for the bot: a command, its name, or a reply to it."""
    text = message.get("text") or message.get("caption")
    words = text.lower() if isinstance(text, str) else ""
    is_named = bool(bot.name) and f"@{bot.name.lower()}" in words
    is_command = bool(_COMMAND.fullmatch(words.strip())) and ("@" not in words.split()[0] or is_named)
    replied_to = read_number(_part(message, "reply_to_message", "from", "id"))
    return is_named or is_command or (replied_to is not None and replied_to == bot.id)


def _is_private(message: dict[str, Any]) -> bool:
    kind = _part(message, "chat", "type")
    return kind == "private" or (kind is None and _chat_id(message) > 0)


def _chat_id(message: dict[str, Any]) -> int:
    """Return the number of the chat; of a message that names none that of its author, as in a private chat."""
    return read_number(_part(message if message.get("chat") else {"chat": message.get("from")}, "chat", "id")) or 0


def _part(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def read_number(value: Any) -> int | None:
    """Read a number of the Bot API, also from a server that writes numbers as texts; None for anything else.

    Example:
        >>> read_number(7), read_number("-7"), read_number(True), read_number("7th")
        (7, -7, None, None)
    """
    if isinstance(value, str) and _NUMERAL.fullmatch(value):
        value = int(value)
    is_number = isinstance(value, int) and not isinstance(value, bool) and abs(value) < _NUMBER_LIMIT
    return value if is_number else None
