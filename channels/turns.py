"""Each person's messages one at a time, in the order in which they came; repeats get the reply they had.

A message is kept first and handled in the background, so nobody who waits, and no door, has to live as long as it
takes. Decision 0015 says why.
"""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from channels.assistant import Assistant
from channels.errors import StillWaiting
from channels.line import Line, Patience
from channels.mailroom import Letter, Mailroom
from channels.said import Said
from channels.words import say
from database import now_utc

log = logging.getLogger(__name__)
SWEEP_SECONDS = 20.0
LEAST_WAIT_SECONDS = 0.02
LEFT_BEHIND_SECONDS = 60.0


class Turns:
    """Takes turns for people, one at a time each.

    Args:
        mailroom: Keeps what comes and goes.
        assistant: Answers.
        patience: How long messages wait for it.
    """

    def __init__(self, mailroom: Mailroom, assistant: Assistant, patience: Patience | None = None) -> None:
        self._mailroom = mailroom
        self._assistant = assistant
        self._patience = patience or Patience()
        self._entrances: dict[str, tuple[asyncio.Lock, int]] = {}
        self._lines: dict[str, tuple[Line, asyncio.Task[None]]] = {}
        self._doors: dict[str, Callable[[], None]] = {}
        self._sweeping: asyncio.Task[None] | None = None

    async def take(self, learner_id: str, said: Said, channel: str) -> list[dict[str, Any]]:
        """Take one turn and return the replies.

        Raises:
            Conflict: See ``Mailroom.take_in``.
            TooMany: The same.
            StillWaiting: No reply yet; the message is kept, and its replies will stand in the history.
        """
        begun = time.monotonic()
        letter = await self.accept(learner_id, said, channel)
        if not letter.is_answered and learner_id in self._lines:
            line, _ = self._lines[learner_id]
            left_seconds = self._patience.told_seconds - (time.monotonic() - begun)  # keeping it may have taken some
            if not await line.wait_for(said.message_id, max(left_seconds, LEAST_WAIT_SECONDS)):
                raise StillWaiting(say("waits"))
        replies = await run_in_threadpool(self._mailroom.replies, learner_id, said.message_id)
        if not replies:
            raise StillWaiting(say("waits"))
        return replies

    async def accept(self, learner_id: str, said: Said, channel: str) -> Letter:
        """Keep a message, and have it answered in the background.

        Raises:
            Conflict: See ``Mailroom.take_in``.
            TooMany: The same.
        """
        try:
            async with self._entering(learner_id):
                letter = await run_in_threadpool(self._mailroom.take_in, learner_id, said, channel)
        except asyncio.CancelledError:  # whoever waited is gone; the message may be kept all the same
            self.wake(learner_id)
            raise
        if not letter.is_answered:
            self.wake(learner_id)
        return letter

    def subscribe(self, channel: str, tell: Callable[[], None]) -> None:
        """Have a door that brings messages told whenever there may be something for it in the outbox.

        Notes to people whose messages wait are put there too. What other processes or reminders put into the outbox
        is not told: the door looks there by itself from time to time.
        """
        self._doors[channel] = tell

    def wake(self, learner_id: str) -> None:
        """Handle what is open of one person, now; there is no harm if nothing is."""
        if learner_id not in self._lines:
            line = Line(
                learner_id, self._mailroom, self._assistant, self._patience, self._tell, self._doors.__contains__
            )
            self._lines[learner_id] = (line, asyncio.create_task(self._run(learner_id, line)))
        line, _ = self._lines[learner_id]
        line.nudge()

    def start(self) -> None:
        """Pick up what a crash left, now and from time to time."""
        self._sweeping = asyncio.create_task(self._sweep())

    async def close(self) -> None:
        """Stop; what is open stays kept."""
        tasks = [task for _, task in self._lines.values()] + ([self._sweeping] if self._sweeping else [])
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @asynccontextmanager
    async def _entering(self, learner_id: str) -> AsyncIterator[None]:
        """Let one person's messages in one by one, as they came; a lock that nobody waits for is forgotten."""
        lock, inside = self._entrances.get(learner_id, (asyncio.Lock(), 0))
        self._entrances[learner_id] = (lock, inside + 1)
        try:
            async with lock:
                yield
        finally:
            lock, inside = self._entrances.pop(learner_id)
            if inside > 1:
                self._entrances[learner_id] = (lock, inside - 1)

    async def _run(self, learner_id: str, line: Line) -> None:
        try:
            await line.run()
        except Exception as error:  # a fault of ours; its text may quote the person, and the sweep comes by again
            place = "".join(traceback.format_tb(error.__traceback__))
            log.error("fault in the line of a person: %s\n%s", type(error).__name__, place)
        finally:
            del self._lines[learner_id]
            line.end()

    def _tell(self, channel: str) -> None:
        if channel in self._doors:
            self._doors[channel]()

    async def _sweep(self) -> None:
        """Wake everybody's line at first, and later those that another process seems to have left behind."""
        left_behind = timedelta(0)
        while True:
            with suppress(SQLAlchemyError):
                before = now_utc() - left_behind
                for learner_id in await run_in_threadpool(self._mailroom.waiting_people, before):
                    if learner_id not in self._lines:
                        self.wake(learner_id)
                left_behind = timedelta(seconds=LEFT_BEHIND_SECONDS)
            await asyncio.sleep(SWEEP_SECONDS)
