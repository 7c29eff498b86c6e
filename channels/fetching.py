"""What a message only names by its address, for doors that send files: papers, drawings of one's own, QR codes."""

from __future__ import annotations

import base64
import binascii
import logging

from sqlalchemy.exc import SQLAlchemyError

from channels.drawn import read_address
from channels.library import PaperDesk
from learning.downloads import PATH

log = logging.getLogger(__name__)
DATA_OPENING = "data:image/png;base64,"


class Fetching:
    """Fetches content and name.

    Args:
        desk: Makes papers and drawings.
    """

    def __init__(self, desk: PaperDesk) -> None:
        self._desk = desk

    async def fetch(self, url: str, owner: str) -> tuple[bytes, str] | None:
        """Return what is behind an address of a message to a learner; None when it is not to be had."""
        if url.startswith(DATA_OPENING):
            return _read_data(url.removeprefix(DATA_OPENING))
        wanted = read_address(url)
        if wanted is None:
            return await self._desk.copy(url)
        png = await self._desk.draw_png(owner, **wanted)
        return (png, f"{wanted['kind']}.png") if png else None

    async def sent(self, url: str) -> None:
        """Use a link up whose paper was sent. If that fails it works once more, which does no harm."""
        if not url.startswith(PATH):
            return
        try:
            await self._desk.use_up(url)
        except SQLAlchemyError as error:
            log.warning("a link is not used up: %s", type(getattr(error, "orig", error)).__name__)


def _read_data(text: str) -> tuple[bytes, str] | None:
    try:
        return base64.b64decode(text, validate=True), "code.png"
    except binascii.Error:
        return None
