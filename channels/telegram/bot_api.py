"""Calls to the Bot API by python-telegram-bot, within its rate limits, with errors that say what follows from them.

Results are taken as plain JSON: a message that was sent must not count as failed because its description lacks a field.
"""

from __future__ import annotations

import asyncio
import json
import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from telegram import InputFile
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from channels.telegram.troubles import Trouble, read_trouble

READ_LIMIT_SECONDS = 10.0
CONNECT_LIMIT_SECONDS = 5.0
HERE = ("127.0.0.1", "localhost", "::1")
_TALKATIVE = ("httpx", "httpcore", "telegram", "telegram.ext")  # they log addresses, which hold the token


class BotApi:
    """The Bot API for one bot.

    Args:
        token: The bot's own.
        api_url: Where the Bot API is, without the token; a local server can stand in.
    """

    def __init__(self, token: str, api_url: str) -> None:
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        base_url = api_url.rstrip("/").removesuffix("/bot")
        request, updates_request = (_open(base_url, size) for size in (64, 2))
        self._bot = _PlainBot(
            token=token,
            base_url=f"{base_url}/bot",
            base_file_url=f"{base_url}/file/bot",
            request=request,
            get_updates_request=updates_request,
            rate_limiter=AIORateLimiter(),
        )

    async def call(self, method: str, *, wait_seconds: float = 0.0, **fields: Any) -> Any:
        """Call a method.

        Args:
            method: As the Bot API spells it.
            wait_seconds: How long the answer may take on purpose, as with long polling.
            fields: Its parameters; those that are None are left out, bytes are uploaded.

        Returns:
            The ``result``.

        Raises:
            Trouble: There is none.
        """
        data = {name: _to_upload(value) for name, value in fields.items()}
        try:
            return await self._bot.call(method, data, READ_LIMIT_SECONDS + wait_seconds)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            raise _quiet(read_trouble(error)) from None  # the library's texts may hold token and chat

    async def close(self) -> None:
        """Let the connections go."""
        for request in self._bot.requests:
            await request.shutdown()


class _PlainBot(ExtBot[int]):
    """The library's bot, called by the method's name."""

    async def call(self, method: str, data: dict[str, Any], read_timeout: float) -> Any:
        """Call; the rate limiter and the request classes of the library do the work."""
        return await self._post(method, data, read_timeout=read_timeout)

    @property
    def requests(self) -> tuple[Any, ...]:
        """The two that hold connections."""
        return self._request


class _Request(HTTPXRequest):
    """The library's way over HTTP, for servers that are lax: a refusal with the status of success is a refusal, too."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make a request; returns status and body."""
        status, body = await super().do_request(*args, **kwargs)
        return _read_strictly(body) if status == HTTPStatus.OK else (status, body)


def _read_strictly(body: bytes) -> tuple[int, bytes]:
    """Return the status that a body tells, and the body; a success without a result gets one.

    Example:
        >>> _read_strictly(b'{"ok": false, "error_code": 404}')[0], _read_strictly(b'{"ok": true}')
        (404, (200, b'{"ok": true, "result": true}'))
    """
    try:
        told = json.loads(body)
    except ValueError:
        return HTTPStatus.OK.value, body
    if not isinstance(told, dict) or not isinstance(told.get("ok"), bool):
        return HTTPStatus.OK.value, body
    if told["ok"]:
        return HTTPStatus.OK.value, body if "result" in told else json.dumps({**told, "result": True}).encode()
    code = told.get("error_code")
    if not isinstance(code, int) or not HTTPStatus.BAD_REQUEST <= code < 600:
        code = HTTPStatus.BAD_REQUEST.value
    return code, body


def _open(base_url: str, connections: int) -> HTTPXRequest:
    is_here = urlsplit(base_url).hostname in HERE
    return _Request(
        connection_pool_size=connections,
        read_timeout=READ_LIMIT_SECONDS,
        connect_timeout=CONNECT_LIMIT_SECONDS,
        pool_timeout=CONNECT_LIMIT_SECONDS,
        httpx_kwargs={"trust_env": not is_here},
    )


def _to_upload(value: Any) -> Any:
    if isinstance(value, tuple):
        content, name = value
        return InputFile(content, filename=name)
    return value


def _quiet(trouble: Trouble) -> Trouble:
    trouble.__context__ = None
    return trouble
