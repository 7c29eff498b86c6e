"""Somebody who makes a certificate of their own in tests."""

from __future__ import annotations

import re
from itertools import count

import httpx
from sqlalchemy.engine import Engine

from learning.certificate_code import group, read_code
from learning.certificate_seal import Seal
from learning.downloads import Downloads

NAME = "Łucja Żółć"
NUMBERS = count()


def words_of(answer: httpx.Response) -> str:
    """Return what a page says, without its marks, with single blanks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("<body>")[2]).split())


class Holder:
    """Makes links, types a name, and keeps what came of it."""

    def __init__(self, browser: httpx.AsyncClient, engine: Engine, seal: Seal) -> None:
        self.browser = browser
        self.seal = seal
        self._downloads = Downloads(engine)
        self.ready = ""

    def link(self, channel: str = "telegram", kind: str = "certificate", learner_id: str = "ann") -> str:
        """Ask for a link in the chat."""
        named = {"kind": kind, "format": "page", "channel": channel}
        return f"/certificate/{self._downloads.make(learner_id, f'm{next(NUMBERS)}', **named)}"

    async def make(self, name: str = NAME, link: str = "") -> str:
        """Type a name; returns the code of the certificate."""
        answer = await self.browser.post(link or self.link(), data={"name": name})
        assert answer.status_code == 303, words_of(answer)
        self.ready = answer.headers["Location"]
        page = await self.browser.get(self.ready)
        found = re.search(r"/verify/([0-9A-Z-]+)", page.text)
        assert found
        code = read_code(found.group(1))
        assert code
        return code

    def address(self, code: str, name: str = NAME) -> str:
        """Return what the QR code on the paper leads to."""
        return f"/verify/{group(code)}?n={self.seal.close(name, code)}"
