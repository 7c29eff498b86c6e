"""One person's line of messages: each is tried until it is answered or given up, and only then the next one."""

from __future__ import annotations

import asyncio
import logging
import random
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from channels.assistant import Assistant
from channels.errors import AssistantUnavailable
from channels.mailroom import Mailroom, OpenLetter
from channels.words import say
from database import now_utc

log = logging.getLogger(__name__)
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 5.0


@dataclass(frozen=True)
class Patience:
    """How long messages wait.

    Attributes:
        told_seconds: After this time the person hears that the message is kept.
        bound_seconds: After this time, and one more try, an apology takes the place of the answer.
        tries: How often a message may fail while all is there to answer it; it must not hold up those behind it.
    """

    told_seconds: float = 8.0
    bound_seconds: float = 600.0
    tries: int = 20


class Line:
    """Handles what one person has said, in order, until nothing is open.

    Args:
        tell: Called after something was put into the outbox, with the channel it belongs to.
        brings: Tells whether a channel's door brings messages, so that a note about waiting is put into the outbox.
    """

    def __init__(
        self,
        learner_id: str,
        mailroom: Mailroom,
        assistant: Assistant,
        patience: Patience,
        tell: Callable[[str], None],
        brings: Callable[[str], bool],
    ) -> None:
        self._learner_id = learner_id
        self._mailroom = mailroom
        self._assistant = assistant
        self._patience = patience
        self._tell = tell
        self._brings = brings
        self._nudge = asyncio.Event()
        self._answered: dict[str, asyncio.Event] = {}

    def nudge(self) -> None:
        """Look again, and try at once what waits for its next try."""
        self._nudge.set()

    async def wait_for(self, message_id: str, limit_seconds: float) -> bool:
        """Wait until a message is answered or the line has ended; False when the time is over."""
        answered = self._answered.setdefault(message_id, asyncio.Event())
        try:
            await asyncio.wait_for(answered.wait(), limit_seconds)
        except asyncio.TimeoutError:
            return False
        return True

    async def run(self) -> None:
        """Handle all that is open. While the database is away nothing can be done, and it goes on afterwards."""
        failures = 0
        while True:
            self._nudge.clear()
            try:
                letter = await run_in_threadpool(self._mailroom.first_open, self._learner_id)
                if letter is not None:
                    await self._handle(letter)
                elif not self._nudge.is_set():
                    return
                failures = 0
            except SQLAlchemyError as error:
                failures += 1
                log.error("the messages of a person cannot be read or answered: %s", getattr(error, "orig", error))
                await self._pause(failures)

    def end(self) -> None:
        """Let go of everybody who waits for a message."""
        for answered in self._answered.values():
            answered.set()

    async def _handle(self, letter: OpenLetter) -> None:
        telling = asyncio.create_task(self._tell_of_waiting(letter))
        try:
            await self._answer(letter)
        finally:
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling
        if answered := self._answered.pop(letter.message_id, None):
            answered.set()
        self._tell(letter.channel)

    async def _answer(self, letter: OpenLetter) -> None:
        """Try until the message is answered or given up."""
        tries, failures = letter.tries, 0
        while not await self._try(letter):
            failures += 1
            tries += await self._is_assistant_there()
            if tries >= self._patience.tries or _age_seconds(letter.received_at) > self._patience.bound_seconds:
                log.error("message %s is given up", letter.message_id)
                await run_in_threadpool(self._mailroom.give_up, self._learner_id, letter.message_id, say("gave_up"))
                return
            next_try_at = now_utc() + timedelta(seconds=_pause_seconds(failures))
            await run_in_threadpool(
                self._mailroom.note_failure, self._learner_id, letter.message_id, tries, next_try_at
            )
            await self._pause(failures)

    async def _try(self, letter: OpenLetter) -> bool:
        try:
            replies = await self._assistant.turn(self._learner_id, letter.message_id, letter.payload, letter.channel)
            await run_in_threadpool(self._mailroom.answer, self._learner_id, letter.message_id, replies)
        except SQLAlchemyError:
            raise
        except AssistantUnavailable:
            return False
        except Exception as error:  # a fault of ours; its text may quote the person
            place = "".join(traceback.format_tb(error.__traceback__))
            log.error("fault in message %s: %s\n%s", letter.message_id, type(error).__name__, place)
            return False
        return True

    async def _is_assistant_there(self) -> bool:
        try:
            return await self._assistant.is_ready()
        except Exception as error:
            log.error("the assistant cannot be asked whether it is ready: %s", type(error).__name__)
            return False

    async def _tell_of_waiting(self, letter: OpenLetter) -> None:
        """Say once, when the time has come, that the message is kept."""
        left_seconds = self._patience.told_seconds - _age_seconds(letter.received_at)
        await asyncio.sleep(max(left_seconds, FIRST_PAUSE_SECONDS))
        text = say("waits") if self._brings(letter.channel) else ""
        try:
            if await run_in_threadpool(self._mailroom.note_told, self._learner_id, letter.message_id, text):
                self._tell(letter.channel)
        except SQLAlchemyError as error:
            log.error("a person cannot be told of waiting: %s", getattr(error, "orig", error))

    async def _pause(self, failures: int) -> None:
        """Wait before the next try, longer each time; a nudge ends it."""
        self._nudge.clear()
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._nudge.wait(), _pause_seconds(failures) * random.uniform(0.8, 1.2))


def _pause_seconds(failures: int) -> float:
    """Return the pause after so many failures in a row, at least one.

    Example:
        >>> [_pause_seconds(failures) for failures in (1, 2, 3, 4, 5, 500)]
        [0.5, 1.0, 2.0, 4.0, 5.0, 5.0]
    """
    return float(min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** min(failures - 1, 10)))


def _age_seconds(received_at: datetime) -> float:
    return (now_utc() - received_at).total_seconds()
