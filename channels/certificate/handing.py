"""Handing a certificate over in a chat, as a document: sent while its maker waits, so that no name is kept for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from starlette.concurrency import run_in_threadpool

from learning.certificates_store import Certificates

SENT_AGAIN_SECONDS = 120.0  # until then the same paper is not sent a second time: it was a double tap
Draw = Callable[[], Awaitable[bytes]]


class ChatDoor(Protocol):
    """A door that takes documents into somebody's chat."""

    async def has_chat(self, learner_id: str) -> bool:
        """Tell whether somebody can be reached in a chat."""

    async def hand(self, learner_id: str, content: bytes, name: str) -> bool:
        """Send a document now; False if no chat took it. Nothing of it is kept for later."""


class NoChatDoor:
    """Stands where there is no such door."""

    async def has_chat(self, learner_id: str) -> bool:
        """Reach nobody."""
        return False

    async def hand(self, learner_id: str, content: bytes, name: str) -> bool:
        """Send nothing."""
        return False


@dataclass(frozen=True)
class _Sending:
    begun: float
    task: asyncio.Task[bool]

    def counts(self, now: float) -> bool:
        """Tell whether it stands for another one that is asked for now: it goes on, or has just gone well."""
        if not self.task.done():
            return True
        has_failed = self.task.cancelled() or self.task.exception() is not None
        return not has_failed and now - self.begun < SENT_AGAIN_SECONDS and self.task.result()


class HandingOver:
    """Sends certificates to their owners.

    Args:
        certificates: Know whose a certificate is.
        door: Takes documents.
        clock: Seconds that only grow.
    """

    def __init__(
        self, certificates: Certificates, door: ChatDoor | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._certificates = certificates
        self._door = door or NoChatDoor()
        self._clock = clock
        self._sendings: dict[str, _Sending] = {}  # by code and check letters, which tell no name

    async def can_reach(self, learner_id: str | None) -> bool:
        """Tell whether somebody has a chat that takes documents."""
        return bool(learner_id) and await self._door.has_chat(str(learner_id))

    async def owner_has_chat(self, code: str) -> bool:
        """Tell the same of a certificate's owner."""
        return await self.can_reach(await run_in_threadpool(self._certificates.owner, code))

    async def send(self, code: str, letters: str, draw: Draw, name: str) -> bool:
        """Send a certificate into its owner's chat, once for a double tap.

        Args:
            code: Of the certificate.
            letters: Its check letters: with another name on it, it is another paper.
            draw: Makes the paper.
            name: Of the file.
        """
        now = self._clock()
        self._sendings = {key: one for key, one in self._sendings.items() if one.counts(now)}
        key = code + letters
        if key not in self._sendings:
            self._sendings[key] = _Sending(now, asyncio.create_task(self._send(code, draw, name)))
        return await asyncio.shield(self._sendings[key].task)

    async def _send(self, code: str, draw: Draw, name: str) -> bool:
        owner = await run_in_threadpool(self._certificates.owner, code)
        return owner is not None and await self._door.hand(owner, await draw(), name)
