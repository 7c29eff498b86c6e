"""One turn a person at a time, in the order in which the messages came; repeats get the reply they had."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.concurrency import run_in_threadpool

from channels.assistant import Assistant
from channels.errors import TooMany
from channels.mailroom import Mailroom
from channels.said import Said
from channels.words import say

WAITING_AT_MOST = 8


class Turns:
    """Takes turns for people, one at a time each.

    Args:
        mailroom: Keeps what comes and goes.
        assistant: Answers.
    """

    def __init__(self, mailroom: Mailroom, assistant: Assistant) -> None:
        self._mailroom = mailroom
        self._assistant = assistant
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    async def take(self, learner_id: str, said: Said, channel: str) -> list[dict[str, Any]]:
        """Take one turn and return the replies.

        Raises:
            Conflict: See ``Mailroom.take_in``.
            TooMany: More than ``WAITING_AT_MOST`` messages of this person wait already.
            AssistantUnavailable: No reply now; the message is kept.
        """
        async with self._alone(learner_id):
            letter = await run_in_threadpool(self._mailroom.take_in, learner_id, said)
            if not letter.is_answered:
                replies = await self._assistant.turn(learner_id, said.message_id, letter.payload, channel)
                await run_in_threadpool(self._mailroom.answer, learner_id, said.message_id, replies)
            return await run_in_threadpool(self._mailroom.replies, learner_id, said.message_id)

    @asynccontextmanager
    async def _alone(self, learner_id: str) -> AsyncIterator[None]:
        """Wait for this person's earlier turns; a lock that nobody waits for is forgotten."""
        lock, waiting = self._locks.get(learner_id, (asyncio.Lock(), 0))
        if waiting >= WAITING_AT_MOST:
            raise TooMany(say("too_many_waiting"))
        self._locks[learner_id] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks[learner_id]
            if waiting == 1:
                del self._locks[learner_id]
            else:
                self._locks[learner_id] = (lock, waiting - 1)
