"""The tracker store on PostgreSQL, where two writers may take the same numbers at the same time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from sqlalchemy import select

from benchmarks.desk_database import fresh_postgresql, postgresql_program
from bot.components.tracker_store import BoundedTrackerStore, TrackerStoreError
from bot.components.tracker_tables import conversation_event
from database import reading

DOMAIN = Domain.from_yaml("{version: '3.1', slots: {lesson: {type: any, mappings: [{type: custom}]}}}")


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    """Start a PostgreSQL of our own on a free port, with the migrated schema."""
    if not postgresql_program("initdb"):
        pytest.skip("PostgreSQL is not installed")
    with fresh_postgresql() as url:
        yield url


def write_turn(store: BoundedTrackerStore, sender_id: str, message_id: str, text: str) -> None:
    """Retrieve, add a turn, save: as Rasa does."""
    events = [UserUttered(text, metadata={"message_id": message_id}), SlotSet("lesson", text)]

    async def turn() -> None:
        tracker = await store.get_or_create_tracker(sender_id, append_action_listen=False)
        tracker.update_with_events([*events, BotUttered(text), ActionExecuted("action_listen")], DOMAIN)
        await store.save(tracker)

    asyncio.run(turn())


def test_postgresql_conversation_comes_back(database_url: str) -> None:
    """Slots, replies and keys are the same as on SQLite, null characters included."""
    store = BoundedTrackerStore(DOMAIN, url=database_url)
    text = "Yhteiskehittäminen \u0000 🇫🇮"
    for number in range(15):
        write_turn(store, "ann", f"m{number}", f"{text} {number}")

    tracker = asyncio.run(store.retrieve("ann"))
    replies = asyncio.run(store.replies_for("ann", "m3"))

    assert tracker.get_slot("lesson") == f"{text} 14"
    assert replies == [{"text": f"{text} 3"}]
    assert asyncio.run(store.keys()) == ["ann"]


def test_postgresql_threads_writing_at_once_lose_nothing(database_url: str) -> None:
    """Writers that take the same numbers look again, until each has its own."""
    store = BoundedTrackerStore(DOMAIN, url=database_url)

    with ThreadPoolExecutor(3) as pool:
        jobs = [pool.submit(write_turn, store, "bob", f"m{number}", f"{number}") for number in range(30)]
        [job.result() for job in jobs]

    columns = conversation_event.c
    with reading(store.engine) as connection:
        query = select(conversation_event).where(columns.sender_id == "bob").order_by(columns.seq)
        rows = connection.execute(query).all()
    said = [json.loads(row.data)["text"] for row in rows if row.type == "user"]
    assert [row.seq for row in rows] == list(range(1, 30 * 4 + 1))
    assert sorted(said, key=int) == [str(number) for number in range(30)]
    assert asyncio.run(store.replies_for("bob", "m7")) == [{"text": "7"}]


def test_postgresql_gone_raises_store_error(database_url: str) -> None:
    """A server that does not answer is our error."""
    store = BoundedTrackerStore(DOMAIN, url=f"{database_url}-that-is-not-there")

    with pytest.raises(TrackerStoreError):
        asyncio.run(store.retrieve("ann"))
