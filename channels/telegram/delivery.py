"""Bringing what stands in the outbox to its chats: in order for each person, at least once, never in a tight loop."""

from __future__ import annotations

import asyncio
import logging
import random
import time
import traceback
from contextlib import suppress
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from channels.mailroom import Mailroom
from channels.telegram.chats import BLOCKED, GONE, Chats
from channels.telegram.dead_letters import DeadLetters
from channels.telegram.keyboards import Keyboards
from channels.telegram.pace import Pace, Progress
from channels.telegram.parcels import Parcel, pack
from channels.telegram.sending import Sender
from channels.telegram.troubles import Away, Blocked, Faulty, Moved, NoChat, NotAllowed, Refused, TooFast, Trouble

log = logging.getLogger(__name__)
CHANNEL = "telegram"
LOOK_SECONDS = 2.0  # for what nobody told of: reminders, and what a crash left
MOVES_AT_MOST = 3


class Delivery:
    """Brings messages; ``run`` does so until it is cancelled."""

    def __init__(
        self,
        mailroom: Mailroom,
        chats: Chats,
        keyboards: Keyboards,
        dead_letters: DeadLetters,
        sender: Sender,
        public_url: str,
        pace: Pace | None = None,
    ) -> None:
        self._mailroom = mailroom
        self._chats = chats
        self._keyboards = keyboards
        self._dead_letters = dead_letters
        self._sender = sender
        self._public_url = public_url
        self._pace = pace or Pace()
        self._nudge = asyncio.Event()
        self._people: dict[str, Progress] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._all_resume_at = 0.0

    def tell(self) -> None:
        """Look into the outbox now."""
        self._nudge.set()

    def try_now(self) -> None:
        """Try at once what waits because the Bot API was away: it is back."""
        for progress in self._people.values():
            progress.resumes_at = 0.0
        self._nudge.set()

    async def run(self) -> None:
        """Bring messages until cancelled; while the database is away, wait for it."""
        try:
            while True:
                self._nudge.clear()
                try:
                    await self._look()
                except SQLAlchemyError as error:
                    log.error("the outbox cannot be read: %s", type(getattr(error, "orig", error)).__name__)
                    await asyncio.sleep(self._pace.first_seconds)
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(self._nudge.wait(), self._seconds_to_next_look())
        finally:
            tasks = list(self._tasks.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _seconds_to_next_look(self) -> float:
        now = time.monotonic()
        idle = [one for who, one in self._people.items() if one.failures and who not in self._tasks]
        resumes = [max(one.resumes_at, self._all_resume_at) - now for one in idle]
        return max(min([LOOK_SECONDS, *resumes]), 0.02)

    async def _look(self) -> None:
        """Begin to bring what can be brought now."""
        now = time.monotonic()
        if now < self._all_resume_at:
            return
        waiting = [who for who, one in self._people.items() if one.resumes_at > now]
        busy = {*waiting, *self._tasks}
        messages = await run_in_threadpool(self._mailroom.undelivered, CHANNEL, 100, busy)
        for who in {*self._people} - busy - {message["learner_id"] for message in messages}:
            del self._people[who]  # somebody else has brought or erased what waited
        messages.sort(key=lambda message: (message["learner_id"], int(message["id"])))
        for learner_id, own in groupby(messages, key=lambda message: str(message["learner_id"])):
            if learner_id not in self._tasks:
                self._tasks[learner_id] = asyncio.create_task(self._bring_all(learner_id, list(own)))

    async def _bring_all(self, learner_id: str, messages: list[dict[str, Any]]) -> None:
        """Bring one person's messages until one has to wait."""
        progress = self._people.setdefault(learner_id, Progress())
        try:
            for message in messages:
                if not await self._bring_or_wait(learner_id, message, progress):
                    return
            del self._people[learner_id]
        except SQLAlchemyError as error:
            log.error("it cannot be kept what was sent: %s", type(getattr(error, "orig", error)).__name__)
            progress.failures += 1
            progress.resumes_at = time.monotonic() + self._pace.pause_seconds(progress.failures)
        finally:
            del self._tasks[learner_id]
            self._nudge.set()

    async def _bring_or_wait(self, learner_id: str, message: dict[str, Any], progress: Progress) -> bool:
        """Bring a message or give it up; False if it has to wait."""
        try:
            await self._bring(learner_id, message, progress)
        except TooFast as trouble:
            progress.failures += 1
            progress.floods += 1
            self._all_resume_at = progress.resumes_at = time.monotonic() + trouble.wait_seconds
            log.warning("the Bot API asks for a pause of %.0f s", trouble.wait_seconds)
            return False
        except (Away, NotAllowed, Refused, SQLAlchemyError) as trouble:
            return await self._wait_or_give_up(learner_id, message, progress, trouble)
        except Trouble as trouble:
            await self._give_up(learner_id, message, trouble.reason)
        except Exception as error:  # a fault of ours; its text may quote the person
            place = "".join(traceback.format_tb(error.__traceback__))
            log.error("message %s cannot be brought: %s\n%s", message["id"], type(error).__name__, place)
            await self._give_up(learner_id, message, "fault")
        progress.begin_anew()
        return True

    async def _wait_or_give_up(
        self, learner_id: str, message: dict[str, Any], progress: Progress, trouble: Exception
    ) -> bool:
        progress.failures += 1
        progress.faults += isinstance(trouble, Faulty)
        progress.refusals += isinstance(trouble, Refused)
        reason = trouble.reason if isinstance(trouble, Trouble) else "database"
        if self._pace.is_over(progress) and isinstance(trouble, (Away, Refused)):
            await self._give_up(learner_id, message, reason)
            progress.begin_anew()
            return True
        pause = self._pace.pause_seconds(progress.failures) * random.uniform(0.8, 1.2)
        progress.resumes_at = time.monotonic() + pause
        log.warning("message %s waits for another try in %.1f s: %s", message["id"], pause, reason)
        return False

    async def _bring(self, learner_id: str, message: dict[str, Any], progress: Progress) -> None:
        """Bring a message to each chat of a person, and keep that it is brought."""
        chats = await run_in_threadpool(self._chats.of, learner_id)
        parcels = [replace(one, owner=learner_id) for one in pack(message, self._public_url)]
        if progress.faults + progress.floods >= self._pace.upload_tries:
            parcels = [Parcel("text", one.instead or one.html, buttons=one.buttons) for one in parcels]
        troubles = [await self._reach(chat_id, learner_id, message, parcels, progress) for chat_id in chats]
        if all(troubles):
            await self._give_up(learner_id, message, next(iter(troubles), "no open chat"))
        else:
            await run_in_threadpool(self._mailroom.delivered, message["id"])

    async def _reach(
        self, chat_id: int, learner_id: str, message: dict[str, Any], parcels: list[Parcel], progress: Progress
    ) -> str:
        """Send all parcels to one chat; returns why it takes nothing any more, or an empty text."""
        try:
            for number, parcel in enumerate(parcels):
                if number < progress.sent[message["id"], chat_id]:
                    continue
                is_patient = progress.failures < self._pace.upload_tries
                chat_id, message_id = await self._send(chat_id, parcel, is_patient=is_patient)
                progress.sent[message["id"], chat_id] = number + 1
                if parcel.buttons:
                    await self._hang(chat_id, learner_id, message, message_id)
        except (Blocked, NoChat) as trouble:
            log.warning("a chat takes no more messages: %s", trouble)
            state = BLOCKED if isinstance(trouble, Blocked) else GONE
            await run_in_threadpool(self._chats.set_state, chat_id, state)
            return trouble.reason
        return ""

    async def _send(self, chat_id: int, parcel: Parcel, *, is_patient: bool) -> tuple[int, int | None]:
        """Send one parcel, also after a chat that has moved; returns where it is now."""
        for _ in range(MOVES_AT_MOST):
            try:
                return chat_id, await self._sender.send(chat_id, parcel, is_patient=is_patient)
            except Moved as moved:
                await run_in_threadpool(self._chats.move, chat_id, moved.new_chat_id)
                chat_id = moved.new_chat_id
        raise NoChat

    async def _hang(self, chat_id: int, learner_id: str, message: dict[str, Any], message_id: int | None) -> None:
        """Keep where the buttons hang, and take those of earlier turns away."""
        number, turn_id = int(message["id"]), str(message["client_id"])
        await run_in_threadpool(self._keyboards.hang, number, learner_id, message_id)
        for earlier in await run_in_threadpool(self._keyboards.take_down, learner_id, number, turn_id):
            with suppress(Trouble):
                await self._sender.show_keys(chat_id, earlier, [])

    async def _give_up(self, learner_id: str, message: dict[str, Any], reason: str) -> None:
        log.error("message %s is given up: %s", message["id"], reason)
        self._sender.let_go(learner_id)
        await run_in_threadpool(self._dead_letters.put, int(message["id"]), learner_id, reason)
        await run_in_threadpool(self._mailroom.delivered, message["id"])
