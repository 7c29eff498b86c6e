"""What the gateway does once a day beside its work: forgetting who has been away for long, and codes that are over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool

from learning.errors import LearningError

log = logging.getLogger(__name__)
FIRST_AFTER_SECONDS = 60.0
DAY_SECONDS = 24 * 3600.0
AGAIN_AFTER_SECONDS = 3600.0


class Daily:
    """Runs a piece of work daily; when it fails, again after an hour, and for as long as the gateway lives.

    Args:
        work: Does it, and returns what the log says of it; it runs beside the event loop.
    """

    def __init__(
        self,
        work: Callable[[], str],
        first_after_seconds: float = FIRST_AFTER_SECONDS,
        day_seconds: float = DAY_SECONDS,
        again_after_seconds: float = AGAIN_AFTER_SECONDS,
    ) -> None:
        self._work = work
        self._first_after_seconds = first_after_seconds
        self._day_seconds = day_seconds
        self._again_after_seconds = again_after_seconds
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Stop."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        await asyncio.sleep(self._first_after_seconds)
        while True:
            is_done = await self._do()
            await asyncio.sleep(self._day_seconds if is_done else self._again_after_seconds)

    async def _do(self) -> bool:
        try:
            log.info("daily work: %s", await run_in_threadpool(self._work))
        except LearningError as error:
            log.error("the daily work is not done: %s", error)
            return False
        except Exception as error:  # whatever it is, tomorrow's work must not fall with today's
            log.error("the daily work failed: %s %s", type(error).__name__, getattr(error, "orig", ""))
            return False
        return True
