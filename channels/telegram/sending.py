"""Sending parcels to a chat, each in the best form that is taken: with its marks, else plain; a picture, else words."""

from __future__ import annotations

import html
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool

from channels.telegram.bot_api import BotApi
from channels.telegram.keyboard import Rows, lay_out, markup
from channels.telegram.parcels import Parcel, strip_marks
from channels.telegram.splitting import split_html
from channels.telegram.troubles import Refused
from channels.telegram.updates import read_number
from channels.words import say
from knowledge.drawing import DrawingError, file_to_png
from knowledge.picture_file import DRAWINGS

log = logging.getLogger(__name__)
NO_PREVIEW = {"is_disabled": True}

Fetch = Callable[[str, str], Awaitable[tuple[bytes, str] | None]]


async def fetch_nothing(url: str, owner: str) -> tuple[bytes, str] | None:
    """Stand for files that can only be reached by their address."""
    return None


class Sender:
    """Sends parcels.

    Args:
        api: The Bot API.
        fetch: Fetches what is behind an address, for its owner: content and name; None if it is not to be had.
        drawings: Folder of the course's drawings.
    """

    def __init__(self, api: BotApi, fetch: Fetch = fetch_nothing, drawings: Path = DRAWINGS) -> None:
        self._api = api
        self._fetch = fetch
        self._drawings = drawings
        self._fetched: dict[str, tuple[bytes, str]] = {}  # a link works once: what it gave is kept until it is sent

    async def send(self, chat_id: int, parcel: Parcel) -> int | None:
        """Send a parcel.

        Returns:
            The number of the message in the chat; None if the Bot API did not tell.

        Raises:
            Trouble: It is not sent. ``Refused``: not in its plainest form either.
        """
        if parcel.kind == "text":
            return await self._send_text(chat_id, parcel.html, parcel)
        try:
            upload = await self._upload(parcel)
            if upload:
                return await self._send_upload(chat_id, parcel, upload)
        except Refused as refusal:
            log.warning("the Bot API takes no %s (%s); it is told in words", parcel.kind, refusal)
            if self._fetched.pop(parcel.url, None):
                return await self._send_text(chat_id, html.escape(say("telegram_file_refused")), parcel)
        *before, last = split_html(parcel.instead) or [parcel.instead]
        for piece in before:
            await self._send_text(chat_id, piece, Parcel("text", piece))
        return await self._send_text(chat_id, last, parcel)

    async def _upload(self, parcel: Parcel) -> tuple[bytes, str] | None:
        """Make or fetch what is to be uploaded, with its name."""
        if parcel.url:
            upload = self._fetched.get(parcel.url) or await self._fetch(parcel.url, parcel.owner)
            self._fetched |= {parcel.url: upload} if upload else {}
            return upload
        try:
            return await run_in_threadpool(file_to_png, self._drawings / f"{parcel.name}.svg"), f"{parcel.name}.png"
        except (DrawingError, OSError) as error:
            log.error("the drawing %s cannot be sent: %s", parcel.name, type(error).__name__)
            return None

    async def _send_upload(self, chat_id: int, parcel: Parcel, upload: tuple[bytes, str]) -> int | None:
        method, field = ("sendPhoto", "photo") if parcel.kind == "photo" else ("sendDocument", "document")
        keys, files = _keys(parcel), dict[str, Any]({field: upload})
        try:
            result = await self._api.call(
                method, chat_id=chat_id, caption=parcel.html, parse_mode="HTML", reply_markup=keys, **files
            )
        except Refused:
            plain = strip_marks(parcel.html)
            result = await self._api.call(method, chat_id=chat_id, caption=plain, reply_markup=keys, **files)
        self._fetched.pop(parcel.url, None)
        return _message_id(result)

    async def _send_text(self, chat_id: int, text: str, parcel: Parcel) -> int | None:
        keys, plain = _keys(parcel), strip_marks(text)
        tries: list[dict[str, Any]] = [
            {"text": text, "parse_mode": "HTML", "reply_markup": keys, "link_preview_options": NO_PREVIEW},
            {"text": plain, "reply_markup": keys},
            {"text": plain},
        ]
        for fields in tries[:-1]:
            try:
                return _message_id(await self._api.call("sendMessage", chat_id=chat_id, **fields))
            except Refused as refusal:
                log.warning("the Bot API did not take a message as it was (%s); it is sent plainer", refusal)
        return _message_id(await self._api.call("sendMessage", chat_id=chat_id, **tries[-1]))

    async def show_keys(self, chat_id: int, message_id: int, rows: Rows) -> None:
        """Change the buttons under a message; no rows take them away.

        Raises:
            Trouble: They are as they were.
        """
        await self._api.call(
            "editMessageReplyMarkup", chat_id=chat_id, message_id=message_id, reply_markup=markup(rows)
        )


def _keys(parcel: Parcel) -> dict[str, Any] | None:
    rows = lay_out(parcel.buttons)
    return markup(rows) if rows else None


def _message_id(result: Any) -> int | None:
    return read_number(result.get("message_id")) if isinstance(result, dict) else None
