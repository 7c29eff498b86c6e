"""Asking the Bot API for updates, again and again; the way that needs no public address."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from channels.telegram.bot_api import BotApi
from channels.telegram.pace import Pace
from channels.telegram.reception import Reception
from channels.telegram.troubles import TooFast, Trouble
from channels.telegram.updates import UPDATES_WANTED, read_number

log = logging.getLogger(__name__)
WAIT_SECONDS = 25
IDLE_SECONDS = 0.5  # a Bot API that answers at once with nothing new is not asked in a tight loop
PACE = Pace(first_seconds=0.5, longest_seconds=15.0)


class Polling:
    """Takes updates until it is cancelled.

    Args:
        on_return: Called when the Bot API answers again after trouble.
    """

    def __init__(self, api: BotApi, reception: Reception, on_return: Callable[[], None]) -> None:
        self._api = api
        self._on_return = on_return
        self._reception = reception
        self._next_id: int | None = None

    async def run(self) -> None:
        """Ask, with pauses in times of trouble."""
        failures = 0
        await self._take_hook_away()
        while True:
            begun = time.monotonic()
            try:
                is_news = await self._ask()
                if failures:
                    self._on_return()
                failures = 0
            except (Trouble, SQLAlchemyError) as trouble:
                failures += 1
                pause = _pause_seconds(trouble, failures)
                log.warning("updates from Telegram wait %.1f s: %s", pause, _name(trouble))
                await asyncio.sleep(pause)
                await self._take_hook_away()  # it may be what is in the way, and the first try may have got lost
                continue
            if not is_news and time.monotonic() - begun < IDLE_SECONDS:
                await asyncio.sleep(IDLE_SECONDS)

    async def _take_hook_away(self) -> None:
        """Take the web hook away, which would keep updates from here; a Bot API may lack the method."""
        with suppress(Trouble):
            await self._api.call("deleteWebhook")

    async def _ask(self) -> bool:
        """Take what there is; tell whether any of it was new. Asking for the next ones confirms those before."""
        updates = await self._api.call(
            "getUpdates",
            wait_seconds=WAIT_SECONDS,
            offset=self._next_id,
            timeout=WAIT_SECONDS,
            allowed_updates=list(UPDATES_WANTED),
        )
        is_news = False
        for raw in updates if isinstance(updates, list) else []:
            is_news |= await self._reception.take(raw)
            if (update_id := _update_id(raw)) is not None:
                self._next_id = max(self._next_id or 0, update_id + 1)
        return is_news


def _update_id(raw: Any) -> int | None:
    return read_number(raw.get("update_id")) if isinstance(raw, dict) else None


def _pause_seconds(trouble: Exception, failures: int) -> float:
    if isinstance(trouble, TooFast):
        return trouble.wait_seconds
    return PACE.pause_seconds(failures) * random.uniform(0.8, 1.2)


def _name(trouble: Exception) -> str:
    return str(trouble) if isinstance(trouble, Trouble) else "the database is away"
