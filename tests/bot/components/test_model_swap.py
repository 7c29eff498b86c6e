"""The model is loaded anew while turns go on; who does not know the secret cannot ask for it."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from rasa.core.agent import Agent

from bot.components.model_swap import ModelSwap
from tests.bot.components.scripted_tutor import SECRET, FakeActionServer, new_agent, post, tutor

pytestmark = pytest.mark.asyncio


class SlowAgent:
    """Takes its time to load, and counts how many loads run at once."""

    def __init__(self) -> None:
        self.loaded: list[Path] = []
        self.at_once = self.most_at_once = 0

    def load_model(self, path: Path) -> None:
        """Load."""
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(0.05)
        self.loaded.append(path)
        self.at_once -= 1


@pytest.fixture
def agent(tmp_path: Path) -> Agent:
    """Give Rasa's agent on a fresh database."""
    return new_agent(tmp_path, FakeActionServer())


async def test_models_are_loaded_one_after_the_other_while_others_work(tmp_path: Path) -> None:
    """The event loop stays free; two wishes at once lead to two loads in a row."""
    agent, swap = SlowAgent(), ModelSwap(tmp_path / "tutor.tar.gz")
    ticks = 0

    async def work() -> None:
        nonlocal ticks
        while len(agent.loaded) < 2:
            ticks += 1
            await asyncio.sleep(0.005)

    done = await asyncio.gather(swap.load(agent), swap.load(agent), work())  # type: ignore[arg-type]

    assert done[:2] == [True, True]
    assert agent.most_at_once == 1
    assert ticks > 2


async def test_damaged_model_is_refused_and_the_old_one_answers(agent: Agent, tmp_path: Path) -> None:
    """The turn after it is answered as the one before."""
    path = tmp_path / "tutor.tar.gz"
    path.write_bytes(b"no archive")
    async with tutor(agent, model=path) as client:
        before = await post(client, "why?")
        refused = await client.post("/model", headers=SECRET)
        after = await post(client, "why?", "m2")

    assert (refused.status_code, refused.json()) == (500, {"is_loaded": False})
    assert (before.status_code, after.status_code) == (200, 200)


async def test_load_without_secret_or_model_is_refused(agent: Agent) -> None:
    """Only who shares the secret may ask; where nothing is loaded yet, nothing can change."""
    async with tutor(agent) as client, tutor(None) as unready:
        stranger = await client.post("/model", headers={"X-Tutor-Secret": "guess"})
        early = await unready.post("/model", headers=SECRET)

    assert (stranger.status_code, early.status_code) == (401, 503)
