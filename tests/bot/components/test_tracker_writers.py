"""Several writers of one conversation lose nothing of each other."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rasa.shared.core.events import SlotSet

from bot.components.tracker_store import BoundedTrackerStore
from tests.bot.components.conversation import DOMAIN, a_turn, append, new_store, retrieve, stored


@pytest.fixture
def store(tmp_path: Path) -> BoundedTrackerStore:
    """Give a store on a fresh database."""
    return new_store(tmp_path)


def test_two_writers_from_same_base_lose_nothing(store: BoundedTrackerStore) -> None:
    """Of two trackers retrieved together and saved in turn, all events and all slots stay."""
    append(store, "ann", *a_turn("base"))
    first, second = retrieve(store, "ann"), retrieve(store, "ann")
    first.update_with_events(a_turn("from first", SlotSet("lesson", "s1")), DOMAIN)
    second.update_with_events(a_turn("from second", SlotSet("card", 7)), DOMAIN)

    asyncio.run(store.save(first))
    asyncio.run(store.save(second))

    tracker = retrieve(store, "ann")
    rows = stored(store, "ann")
    assert (tracker.get_slot("lesson"), tracker.get_slot("card")) == ("s1", 7)
    assert [row.seq for row in rows] == list(range(1, 15))
    assert json.loads(rows[-1].slots) == {"lesson": "s1", "card": 7}


def write_turns(url: str, writer: int, turns: int) -> None:
    """Append turns in a thread or process of its own."""
    store = BoundedTrackerStore(DOMAIN, url=url)
    for number in range(turns):
        append(store, "ann", *a_turn(f"{writer}/{number}", SlotSet("lesson", writer)))


def test_threads_writing_at_once_lose_nothing(store: BoundedTrackerStore) -> None:
    """Every event of every thread is stored, numbered without a gap."""
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(write_turns, str(store.engine.url), writer, 5) for writer in range(4)]
        [job.result() for job in jobs]

    assert_all_stored(store, writers=4, turns=5)


def test_processes_writing_at_once_lose_nothing(store: BoundedTrackerStore) -> None:
    """Every event of every process is stored, numbered without a gap."""
    start = multiprocessing.get_context("fork").Process
    url = str(store.engine.url)
    processes = [start(target=write_turns, args=(url, n, 10), daemon=True) for n in range(2)]

    [process.start() for process in processes]
    [process.join(timeout=60) for process in processes]

    assert [process.exitcode for process in processes] == [0, 0]
    assert_all_stored(store, writers=2, turns=10)


def assert_all_stored(store: BoundedTrackerStore, *, writers: int, turns: int) -> None:
    """Check numbers and texts of all that the writers wrote."""
    rows = stored(store, "ann")
    said = [json.loads(row.data)["text"] for row in rows if row.type == "user"]
    assert [row.seq for row in rows] == list(range(1, writers * turns * 5 + 1))
    assert sorted(said) == sorted(f"{writer}/{n}" for writer in range(writers) for n in range(turns))
