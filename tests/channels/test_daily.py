"""The daily work is done again and again, whatever becomes of one day's."""

from __future__ import annotations

import asyncio

import pytest

from channels.daily import Daily
from learning.tidying import CopiesLeft

SOON = 0.01
LIMIT_SECONDS = 10.0


class Work:
    """Counts how often it is done; fails the first times.

    Args:
        failures: How often it fails at first.
        failure: How.
    """

    def __init__(self, failures: int = 0, failure: Exception | None = None) -> None:
        self.times = 0
        self._failures, self._failure = failures, failure or ValueError("the secret of somebody")

    def __call__(self) -> str:
        """Do it."""
        self.times += 1
        if self.times <= self._failures:
            raise self._failure
        return "done"


async def watch(work: Work, daily: Daily, times: int) -> None:
    """Let it run until it was done so often."""

    async def wait() -> None:
        while work.times < times:
            await asyncio.sleep(SOON)

    daily.start()
    try:
        await asyncio.wait_for(wait(), LIMIT_SECONDS)
    finally:
        await daily.close()


async def test_work_is_done_every_day() -> None:
    """One day after the other."""
    work = Work()

    await watch(work, Daily(work, first_after_seconds=0, day_seconds=SOON), 3)

    assert work.times >= 3


async def test_failure_of_one_day_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    """A fault ends neither the task nor the trying; its text is not logged, as it may quote somebody."""
    work = Work(failures=2)

    await watch(work, Daily(work, first_after_seconds=0, day_seconds=1000, again_after_seconds=SOON), 3)

    assert work.times == 3
    assert "secret of somebody" not in caplog.text


async def test_what_the_work_itself_tells_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever runs the tutor reads what is left to do; it holds counts only."""
    work = Work(1, CopiesLeft("0 people forgotten; its log was being read"))

    await watch(work, Daily(work, first_after_seconds=0, day_seconds=1000, again_after_seconds=SOON), 2)

    assert "0 people forgotten; its log was being read" in caplog.text


async def test_work_ends_with_the_gateway() -> None:
    """After closing nothing is done any more."""
    work = Work()
    daily = Daily(work, first_after_seconds=0, day_seconds=SOON)
    await watch(work, daily, 1)
    times = work.times

    await asyncio.sleep(SOON * 5)

    assert work.times == times


async def test_daily_that_never_began_can_be_closed() -> None:
    """A gateway that fails at its start closes what it has."""
    await Daily(Work()).close()
