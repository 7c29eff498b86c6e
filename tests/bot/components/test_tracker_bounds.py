"""A turn costs the same after 1,000 others as after 20, and forgets nothing for it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from sqlalchemy import event

from bot.components.tracker_rows import WINDOW_EVENTS
from bot.components.tracker_store import BoundedTrackerStore
from tests.bot.components.conversation import DOMAIN, a_turn, append, new_store, retrieve, stored


@pytest.fixture
def store(tmp_path: Path) -> BoundedTrackerStore:
    """Give a store on a fresh database."""
    return new_store(tmp_path)


def test_turn_after_any_history_reads_bounded_rows(store: BoundedTrackerStore) -> None:
    """A turn after 1,000 others reads two windows and a reply or two, and SQLite works no harder."""
    work = []
    for sender_id, turns in (("new", 20), ("old", 1_000)):
        tracker = store.init_tracker(sender_id)
        for number in range(turns):
            tracker.update_with_events(a_turn(f"message {number}", message_id=f"m{number}"), DOMAIN)
        asyncio.run(store.save(tracker))
        with counted(store) as counts:
            asyncio.run(store.replies_for(sender_id, "m0"))
            asyncio.run(store.replies_for(sender_id, "m-new"))
            append(store, sender_id, *a_turn("one more", message_id="m-new"))
        work.append(counts)

    assert all(2 * WINDOW_EVENTS <= counts["rows"] <= 2 * WINDOW_EVENTS + 3 for counts in work)
    assert work[1]["steps"] < work[0]["steps"] * 1.1
    assert len(stored(store, "old")) == 1_001 * 4


@contextmanager
def counted(store: BoundedTrackerStore) -> Iterator[Counter[str]]:
    """Count the rows that SQLite hands out, and the tens of steps that it takes to find them."""
    counts: Counter[str] = Counter()

    def count_row(_cursor: Any, row: Any) -> Any:
        counts["rows"] += 1
        return row

    def watch_rows(_connection: Any, cursor: Any, *_: Any) -> None:
        cursor.row_factory = count_row

    def watch_steps(connection: Any, *_: Any) -> None:
        connection.set_progress_handler(lambda: counts.update(steps=1), 10)

    event.listen(store.engine, "before_cursor_execute", watch_rows)
    event.listen(store.engine, "checkout", watch_steps)
    yield counts
    event.remove(store.engine, "before_cursor_execute", watch_rows)
    event.remove(store.engine, "checkout", watch_steps)


def test_slot_set_once_survives_500_turns(store: BoundedTrackerStore) -> None:
    """A slot set long before the window is still there, null and unchanged ones included."""
    append(store, "ann", *a_turn("start", SlotSet("lesson", "s1"), SlotSet("tone", None)))
    for number in range(500):
        append(store, "ann", *a_turn(f"message {number}"))

    slots = retrieve(store, "ann").current_slot_values()

    assert (slots["lesson"], slots["tone"], slots["card"]) == ("s1", None, None)


def test_turn_longer_than_window_is_read_whole(store: BoundedTrackerStore) -> None:
    """A turn that has not ended is read back to where it began."""
    append(store, "ann", *a_turn("before", SlotSet("lesson", "s1")))
    steps = [ActionExecuted(f"action_{number}") for number in range(2 * WINDOW_EVENTS)]
    append(store, "ann", UserUttered("go"), *steps)

    tracker = retrieve(store, "ann")

    assert list(tracker.events)[-len(steps) :] == steps
    assert tracker.latest_message.text == "go"
    assert tracker.get_slot("lesson") == "s1"


def test_first_turn_longer_than_window_is_read_whole(store: BoundedTrackerStore) -> None:
    """With no turn ended yet, reading goes back to the first event."""
    steps = [ActionExecuted(f"action_{number}") for number in range(2 * WINDOW_EVENTS)]
    append(store, "ann", UserUttered("go"), SlotSet("lesson", "s1"), *steps)

    tracker = retrieve(store, "ann")

    assert len(tracker.events) == len(steps) + 2
    assert tracker.get_slot("lesson") == "s1"
