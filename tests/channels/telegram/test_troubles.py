"""Errors of the library become what follows from them, and never quote the Bot API."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from channels.telegram.troubles import (
    Away,
    BadFormat,
    Blocked,
    Faulty,
    Missing,
    Moved,
    NoChat,
    NotAllowed,
    Refused,
    TooFast,
    Trouble,
    read_trouble,
)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (RetryAfter(5), TooFast),
        (ChatMigrated(-100777), Moved),
        (Forbidden("Forbidden: bot was blocked by the user"), Blocked),
        (InvalidToken("Unauthorized"), NotAllowed),
        (InvalidToken("Not Found"), Missing),
        (BadRequest("Chat not found"), NoChat),
        (BadRequest("Can't parse entities: unsupported start tag"), BadFormat),
        (BadRequest("Message is not modified"), Refused),
        (Conflict("terminated by other getUpdates request"), Faulty),
        (TimedOut(), Away),
        (NetworkError("httpx.ConnectError: all attempts failed"), Away),
        (NetworkError("Internal Server Error (500)"), Faulty),
        (NetworkError("Bad Gateway"), Faulty),
        (TelegramError("Invalid server response"), Faulty),
        (KeyError("result"), Faulty),
    ],
)
def test_error_becomes_what_follows_from_it(error: Exception, kind: type[Trouble]) -> None:
    """Each error of the library has one meaning."""
    assert type(read_trouble(error)) is kind


@pytest.mark.parametrize("wait", [3, timedelta(seconds=3)])
def test_time_to_wait_is_kept(wait: int | timedelta) -> None:
    """The time is in seconds, in whichever form the library tells it."""
    trouble = read_trouble(RetryAfter(wait))

    assert isinstance(trouble, TooFast)
    assert trouble.wait_seconds == 3.0


def test_new_number_is_kept_and_not_told() -> None:
    """A chat's new number is for the caller, and in no text."""
    trouble = read_trouble(ChatMigrated(-100777))

    assert isinstance(trouble, Moved)
    assert trouble.new_chat_id == -100777
    assert "777" not in str(trouble)
