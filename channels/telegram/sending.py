"""Sending parcels to a chat, each in the best form that is taken: with its marks, else plain; a picture, else words."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool

from channels.telegram.bot_api import BotApi
from channels.telegram.keyboard import Rows, lay_out, markup
from channels.telegram.parcels import Parcel, strip_marks
from channels.telegram.splitting import split_html
from channels.telegram.troubles import Away, Faulty, Missing, NotAllowed, Refused
from channels.telegram.updates import read_number
from knowledge.drawing import DrawingError, file_to_png
from knowledge.picture_file import DRAWINGS

log = logging.getLogger(__name__)
NO_PREVIEW = {"is_disabled": True}
KEPT_AT_MOST = 8
Upload = tuple[bytes, str]  # content and name


class Files(Protocol):
    """Where what is behind an address comes from."""

    async def fetch(self, url: str, owner: str) -> Upload | None:
        """Return it, for its owner; None if it is not to be had. Fetching changes nothing."""

    async def sent(self, url: str) -> None:
        """Hear that it was sent, so that its address need not work any more."""


class NoFiles:
    """Stands for files that can only be reached by their address."""

    async def fetch(self, url: str, owner: str) -> Upload | None:
        """Have none."""
        return None

    async def sent(self, url: str) -> None:
        """Do nothing."""


class Sender:
    """Sends parcels.

    Args:
        api: The Bot API.
        files: Fetches what was made for a person.
        drawings: Folder of the course's drawings.
    """

    def __init__(self, api: BotApi, files: Files | None = None, drawings: Path = DRAWINGS) -> None:
        self._api = api
        self._files = files or NoFiles()
        self._drawings = drawings
        self._made: dict[tuple[str, str], Upload] = {}  # making a paper takes seconds: kept while sending is tried

    async def send(self, chat_id: int, parcel: Parcel, *, is_patient: bool = True) -> int | None:
        """Send a parcel.

        Args:
            chat_id: Where to.
            parcel: What.
            is_patient: Leave a picture or file for another try when the Bot API is away; else it is told in words.

        Returns:
            The number of the message in the chat; None if the Bot API did not tell.

        Raises:
            Trouble: It is not sent. ``Refused``: not in its plainest form either.
        """
        if parcel.kind == "text":
            return await self._send_text(chat_id, parcel.html, parcel)
        try:
            if upload := await self._upload(parcel):
                return await self.send_upload(chat_id, parcel, upload)
        except (Refused, Away, NotAllowed) as trouble:
            if is_patient and not isinstance(trouble, Refused):
                raise
            log.warning("the Bot API takes no %s (%s); it is told in words", parcel.kind, trouble)
        self._made.pop((parcel.owner, parcel.url), None)
        *before, last = split_html(parcel.instead) or [parcel.instead]
        for piece in before:
            await self._send_text(chat_id, piece, Parcel("text", piece))
        return await self._send_text(chat_id, last, parcel)

    async def _upload(self, parcel: Parcel) -> Upload | None:
        """Make or fetch what is to be uploaded, with its name."""
        if parcel.url:
            key = (parcel.owner, parcel.url)
            upload = self._made.get(key) or await self._files.fetch(parcel.url, parcel.owner)
            self._keep(key, upload)
            return upload
        try:
            return await run_in_threadpool(file_to_png, self._drawings / f"{parcel.name}.svg"), f"{parcel.name}.png"
        except (DrawingError, OSError) as error:
            log.error("the drawing %s cannot be sent: %s", parcel.name, type(error).__name__)
            return None

    def _keep(self, key: tuple[str, str], upload: Upload | None) -> None:
        if upload:
            self._made |= {key: upload}
            for oldest in list(self._made)[:-KEPT_AT_MOST]:
                del self._made[oldest]

    def let_go(self, owner: str) -> None:
        """Forget what was made for somebody and is not sent any more."""
        self._made = {key: one for key, one in self._made.items() if key[0] != owner}

    async def send_upload(self, chat_id: int, parcel: Parcel, upload: Upload) -> int | None:
        """Send a picture or a file that is there, with the parcel's words.

        Raises:
            Trouble: It is not sent.
        """
        method, field = ("sendPhoto", "photo") if parcel.kind == "photo" else ("sendDocument", "document")
        keys, files = _keys(parcel), dict[str, Any]({field: upload})
        try:
            result = await self._api.call(
                method, chat_id=chat_id, caption=parcel.html, parse_mode="HTML", reply_markup=keys, **files
            )
        except Missing:
            raise
        except Refused:
            plain = strip_marks(parcel.html)
            result = await self._api.call(method, chat_id=chat_id, caption=plain, reply_markup=keys, **files)
        self._made.pop((parcel.owner, parcel.url), None)
        if parcel.url:
            await self._files.sent(parcel.url)
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
                return await self._say(chat_id, fields)
            except Refused as refusal:
                log.warning("the Bot API did not take a message as it was (%s); it is sent plainer", refusal)
        return await self._say(chat_id, tries[-1])

    async def _say(self, chat_id: int, fields: dict[str, Any]) -> int | None:
        """Call the one method that nothing can stand in for: where it is missing, it is waited for."""
        try:
            return _message_id(await self._api.call("sendMessage", chat_id=chat_id, **fields))
        except Missing as trouble:
            raise Faulty from trouble

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
