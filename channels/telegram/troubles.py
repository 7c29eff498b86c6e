"""What can go wrong between the tutor and the Bot API, each with what follows from it."""

from __future__ import annotations

import os

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

os.environ.setdefault("PTB_TIMEDELTA", "1")  # else the library warns at each flood limit that a type will change

LONGEST_PAUSE_SECONDS = 3600.0  # then it is asked again, whatever it said
_NO_CHAT = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated", "chat_id is empty")
_NEVER_ANSWERED = ("httpx.", "Unknown error in HTTP")
_BAD_FORMAT = ("can't parse", "cant parse", "parse entities", "entity")


class Trouble(Exception):
    """Root of this package's errors. Its text never quotes the Bot API, whose answers may hold numbers of chats."""

    reason = "trouble"

    def __init__(self) -> None:
        super().__init__(self.reason)


class Away(Trouble):
    """The Bot API cannot be reached, or is in trouble itself; the same call may be made again later."""

    reason = "away"


class Faulty(Away):
    """The Bot API is there, and answers that something went wrong on its side."""

    reason = "faulty"


class NotAllowed(Trouble):
    """The token is not one that the Bot API knows."""

    reason = "token refused"


class TooFast(Trouble):
    """Too many calls; no more of them for ``wait_seconds``."""

    reason = "too fast"

    def __init__(self, wait_seconds: float) -> None:
        super().__init__()
        self.wait_seconds = wait_seconds


class Blocked(Trouble):
    """The person has blocked the bot, or it was put out of the group."""

    reason = "blocked"


class NoChat(Trouble):
    """There is no such chat any more."""

    reason = "no chat"


class Moved(Trouble):
    """The group has another number now."""

    reason = "moved"

    def __init__(self, new_chat_id: int) -> None:
        super().__init__()
        self.new_chat_id = new_chat_id


class Refused(Trouble):
    """The Bot API does not take the call as it is, and will not later; it may lack the method."""

    reason = "refused"


class Missing(Refused):
    """The Bot API does not have the method, or not now: that is no fault of what was to be sent."""

    reason = "method missing"


class BadFormat(Refused):
    """The marks in the text were not understood."""

    reason = "bad format"


def read_trouble(error: Exception) -> Trouble:
    """Tell what an error of the library means.

    Example:
        >>> read_trouble(BadRequest("Chat not found")).reason
        'no chat'
    """
    if isinstance(error, RetryAfter):
        return TooFast(_seconds(error))
    if isinstance(error, ChatMigrated):
        return Moved(error.new_chat_id)
    if isinstance(error, Forbidden):
        return Blocked()
    if isinstance(error, InvalidToken):  # the library says so for a method that is not there, too
        return NotAllowed() if "unauthorized" in error.message.lower() else Missing()
    if isinstance(error, BadRequest):
        return _read_refusal(error.message.lower())
    if isinstance(error, TimedOut) or (isinstance(error, NetworkError) and error.message.startswith(_NEVER_ANSWERED)):
        return Away()
    return Faulty()  # also an answer without what was asked for, which is no error of the library


def _read_refusal(told: str) -> Trouble:
    if any(words in told for words in _NO_CHAT):
        return NoChat()
    return BadFormat() if any(words in told for words in _BAD_FORMAT) else Refused()


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return min(float(wait) if isinstance(wait, int) else wait.total_seconds(), LONGEST_PAUSE_SECONDS)
