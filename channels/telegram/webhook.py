"""The address that Telegram posts updates to: only with the secret, kept at once, handled afterwards."""

from __future__ import annotations

import hmac
import json
import logging
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.errors import BadMessage, DoorError, NoSession
from channels.telegram.reception import Reception
from channels.telegram.updates import Bot, read_update
from channels.words import say

log = logging.getLogger(__name__)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE_LIMIT_BYTES = 1_000_000  # a long text can come with another one that it replies to
PATH = "/telegram"  # where TELEGRAM_WEBHOOK_URL names none


class NotKept(DoorError):
    """The update could not be kept; Telegram sends it again."""

    status = 503
    code = "unavailable"


class Webhook:
    """Takes updates by HTTP.

    Args:
        url: The address that Telegram is told.
        secret: What Telegram sends along, so that nobody else can speak for a chat.
    """

    def __init__(self, reception: Reception, url: str, secret: str) -> None:
        self._reception = reception
        self._secret = secret.encode()
        path = urlsplit(url).path.rstrip("/")
        self.path = path or PATH
        self.url = url if path else url.rstrip("/") + PATH

    def routes(self) -> list[Route]:
        """Return the route."""
        return [Route(self.path, self.take, methods=["POST"])]

    async def take(self, request: Request) -> Response:
        """Keep an update and answer at once.

        Raises:
            NoSession: The secret is wrong or missing; nothing is read.
            BadMessage: It is no update.
            NotKept: The database is away.
        """
        given = request.headers.get(SECRET_HEADER, "").encode(errors="replace")
        if not hmac.compare_digest(given, self._secret):
            raise NoSession(say("telegram_secret"))
        try:
            raw = json.loads(await request.body())
        except (ValueError, RecursionError):
            raw = None
        if read_update(raw, Bot()) is None:
            raise BadMessage(say("telegram_no_update"))
        try:
            await self._reception.take(raw)
        except SQLAlchemyError as error:
            log.error("an update cannot be kept: %s", type(getattr(error, "orig", error)).__name__)
            raise NotKept(say("unavailable")) from error
        return JSONResponse({"ok": True})
