"""What can go wrong at the door, each with the sentence that the person reads."""

from __future__ import annotations


class DoorError(Exception):
    """Root of this package's errors. ``status`` is the HTTP status, ``code`` a stable word for programs."""

    status = 400
    code = "bad_request"

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class BadMessage(DoorError):
    """The message cannot be taken as it is."""


class TooLarge(DoorError):
    """The message is longer than the door lets in."""

    status = 413
    code = "too_large"


class NoSession(DoorError):
    """Nobody is known by what was shown."""

    status = 401
    code = "no_session"


class NotFromHere(DoorError):
    """The request comes from another site's page."""

    status = 403
    code = "wrong_origin"


class Conflict(DoorError):
    """The id was used for another message, or the button is not one that this person was given."""

    status = 409
    code = "conflict"


class TooMany(DoorError):
    """More messages wait than one person can have written."""

    status = 429
    code = "too_many"


class AssistantUnavailable(DoorError):
    """The assistant did not answer; the message is kept, and the same one may come again."""

    status = 503
    code = "unavailable"


class StillWaiting(DoorError):
    """There is no answer yet; the message is kept, and the answer will stand in the history. No error at all."""

    status = 202
    code = "waiting"
