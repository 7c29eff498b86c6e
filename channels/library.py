"""Papers and pictures of a person's own, made when they are asked for: off the event loop, one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool

from knowledge.drawing import to_png
from knowledge.model import Knowledge
from learning.downloads import Downloads, Link
from learning.gallery import Gallery
from learning.papers.library import Library
from learning.papers.paper import Paper
from learning.store import LearningStore

Made = TypeVar("Made")


class PaperDesk:
    """Hands out papers and pictures.

    Args:
        engine: The database.
        time_zone: Where learners are who have not said so.
        course: Gives the course as it is now.
    """

    def __init__(self, engine: Engine, time_zone: str = "UTC", *, course: Callable[[], Knowledge]) -> None:
        self._downloads = Downloads(engine)
        self._store = LearningStore(engine, time_zone=time_zone)
        self._course = course
        self._turn = asyncio.Semaphore(1)  # a long paper takes seconds; several at once would slow everybody down

    async def find(self, token: str) -> Link | None:
        """Return what a link stands for, used or not; None for an unknown or expired one."""
        return await run_in_threadpool(self._downloads.find, token)

    async def take(self, token: str) -> Paper | None:
        """Make the paper behind a link, and use the link up; None when it works no more, or its plan is gone.

        The link is used up last: when making the paper fails, it still works.
        """
        link = await self.find(token)
        if link is None or link.used_at:
            return None
        paper = await self._make(lambda: Library(self._course(), self._store).make(link))
        if paper is None or await run_in_threadpool(self._downloads.use, token) is None:
            return None
        return paper

    async def copy(self, url: str) -> tuple[bytes, str] | None:
        """Make the paper behind an address, for a door that sends files itself: content and name; None if gone.

        The link is as it was: if the file cannot be sent, the person gets the link, and if it is sent again after a
        crash, it is there again. ``use_up`` comes after.
        """
        link = await self.find(_token_of(url))
        paper = await self._make(lambda: Library(self._course(), self._store).make(link)) if link else None
        return (paper.content, paper.name) if paper else None

    async def use_up(self, url: str) -> None:
        """Use up the link at an address: its paper was sent."""
        await run_in_threadpool(self._downloads.use, _token_of(url))

    async def draw(self, learner_id: str, kind: str, subject: str = "", at: int | None = None) -> str | None:
        """Draw a picture of a learner's own as SVG: of a ``plan`` or the ``course``; None when there is none."""
        return await self._make(lambda: Gallery(self._course(), self._store).draw(learner_id, kind, subject, at))

    async def draw_png(self, learner_id: str, kind: str, subject: str = "", at: int | None = None) -> bytes | None:
        """Draw the same as PNG, for doors that show no SVG."""
        svg = await self.draw(learner_id, kind, subject, at)
        return await self._make(lambda: to_png(svg)) if svg else None

    async def _make(self, work: Callable[[], Made]) -> Made:
        async with self._turn:
            return await run_in_threadpool(work)


def _token_of(url: str) -> str:
    return url.rpartition("/")[2]
