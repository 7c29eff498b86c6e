"""The inbound channel reports failure as failure, and a failed turn leaves nothing behind."""

from __future__ import annotations

import asyncio
import logging
import re
import shutil
import sqlite3
from pathlib import Path

import aiohttp
import pytest
from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore

from tests.bot.components.scripted_tutor import (
    BUBBLE,
    DOMAIN,
    FakeActionServer,
    make_agent,
    new_agent,
    post,
    stored_texts,
    tutor,
)
from tests.replacing import replace_file

pytestmark = pytest.mark.asyncio


@pytest.fixture
def actions() -> FakeActionServer:
    """Give an action server in good health."""
    return FakeActionServer()


@pytest.fixture
def agent(tmp_path: Path, actions: FakeActionServer) -> Agent:
    """Give Rasa's agent on a fresh database."""
    return new_agent(tmp_path, actions)


async def test_agent_without_model_reports_not_ready(agent: Agent) -> None:
    """Before a model is loaded, and before there is an agent, a turn is put off."""
    agent.processor = None
    async with tutor(agent) as unloaded, tutor(None) as starting:
        answers = [await post(client, "why?") for client in (unloaded, starting)]

    assert [(a.status_code, a.json()) for a in answers] == [(503, {"error": "not_ready"})] * 2


async def test_other_tracker_store_is_refused(actions: FakeActionServer) -> None:
    """Rasa goes on in memory when it cannot load our store; we do not."""
    async with tutor(make_agent(InMemoryTrackerStore(DOMAIN), actions)) as client:
        answer = await post(client, "why?")

    assert (answer.status_code, answer.json()) == (503, {"error": "store"})
    assert not actions.calls


async def test_broken_database_fails_turn_and_keeps_nothing(
    agent: Agent, actions: FakeActionServer, tmp_path: Path
) -> None:
    """A turn on a broken database fails; when the database is back, it never happened."""
    database = tmp_path / "tutor.db"
    async with tutor(agent) as client:
        await post(client, "one")
        shutil.copy(database, tmp_path / "copy.db")
        replace_file(database, b"broken" * 1_000)
        broken = await post(client, "two", "m2")
        (tmp_path / "copy.db").replace(database)
        after = await post(client, "three", "m3")

    heard = [event["text"] for event in actions.calls[-1]["tracker"]["events"] if event["event"] == "user"]
    assert (broken.status_code, broken.json()) == (503, {"error": "store"})
    assert after.status_code == 200
    assert heard == ["one", "three"]


async def test_unwritable_database_fails_turn_and_repeat_runs_it(
    agent: Agent, actions: FakeActionServer, tmp_path: Path
) -> None:
    """A turn that cannot be stored fails, although its answer was made; the repeat stores it."""
    async with tutor(agent) as client:
        with sqlite3.connect(tmp_path / "tutor.db") as connection:
            connection.execute(
                "CREATE TRIGGER full BEFORE INSERT ON conversation_event"
                " BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
            )
        full = await post(client, "why?")
        with sqlite3.connect(tmp_path / "tutor.db") as connection:
            connection.execute("DROP TRIGGER full")
        again = await post(client, "why?")

    assert (full.status_code, full.json()) == (503, {"error": "store"})
    assert (again.status_code, again.json()) == (200, {"messages": [BUBBLE]})
    assert stored_texts(tmp_path) == ["why?"]
    assert len(actions.calls) == 2


@pytest.mark.parametrize("text", ["why?", "hello and answer"])
@pytest.mark.parametrize("trouble", [aiohttp.ClientConnectionError("down"), asyncio.TimeoutError(), ValueError("odd")])
async def test_failed_action_fails_turn_and_repeat_runs_it(
    agent: Agent, actions: FakeActionServer, tmp_path: Path, trouble: Exception, text: str
) -> None:
    """Whether something was said before the failure or not, nothing of the turn is stored."""
    actions.trouble = trouble
    async with tutor(agent) as client:
        failed = await post(client, text)
        stored = stored_texts(tmp_path)
        actions.trouble = None
        again = await post(client, text)

    assert (failed.status_code, failed.json()) == (502, {"error": "silent"})
    assert stored == []
    assert again.status_code == 200
    assert again.json()["messages"][-1] == BUBBLE


async def test_silent_turn_is_reported_and_repeat_runs_it(agent: Agent, tmp_path: Path) -> None:
    """A turn that ends without a word is a failure, and no answer for a repeat."""
    async with tutor(agent) as client:
        answers = [await post(client, "nothing") for _ in range(2)]

    assert [(a.status_code, a.json()) for a in answers] == [(502, {"error": "silent"})] * 2
    assert stored_texts(tmp_path) == ["nothing", "nothing"]


async def test_slow_turn_is_given_up_and_repeat_runs_it(
    agent: Agent, actions: FakeActionServer, tmp_path: Path
) -> None:
    """A turn over its limit is cancelled and leaves nothing behind, no lock either."""
    actions.delay_seconds = 5
    async with tutor(agent, turn_limit_seconds=0.2) as client:
        slow = await post(client, "why?")
        stored = stored_texts(tmp_path)
        actions.delay_seconds = 0
        again = await post(client, "why?")

    assert (slow.status_code, slow.json()) == (504, {"error": "timeout"})
    assert stored == []
    assert (again.status_code, again.json()) == (200, {"messages": [BUBBLE]})


async def test_failures_are_logged_with_id_and_without_text(
    agent: Agent, actions: FakeActionServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log tells which message failed and why, and not what the person wrote."""
    caplog.set_level(logging.INFO)
    actions.trouble = aiohttp.ClientConnectionError("down")
    async with tutor(agent) as client:
        await post(client, "tell a secret", "m-action")
        unforeseen = await post(client, "break a secret", "m-unforeseen")
        replace_file(tmp_path / "tutor.db", b"broken" * 1_000)
        await post(client, "keep a secret", "m-store")

    assert (unforeseen.status_code, unforeseen.json()) == (500, {"error": "internal"})
    assert "Message m-action failed: silent: action_answer: RasaException" in caplog.text
    assert "Message m-unforeseen failed: ValueError" in caplog.text
    assert "Message m-store failed: store: " in caplog.text
    assert not re.search(r"(break|tell|keep) a secret", caplog.text)
