"""The tracker store keeps every event, reads a bounded window, and fails aloud."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import ActionExecuted, AllSlotsReset, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.components.tracker_rows import WINDOW_EVENTS
from bot.components.tracker_store import BoundedTrackerStore, TrackerStoreError
from bot.components.tracker_tables import conversation_event, metadata
from tests.bot.components.conversation import (
    DOMAIN,
    LISTEN,
    a_turn,
    append,
    as_dicts,
    new_store,
    retrieve,
    stored,
)
from tests.replacing import replace_file


@pytest.fixture
def store(tmp_path: Path) -> BoundedTrackerStore:
    """Give a store on a fresh database."""
    return new_store(tmp_path)


def test_table_declared_equals_migrated_schema(store: BoundedTrackerStore) -> None:
    """The declared table has the columns, keys and indexes that the migration makes."""

    def is_ours(thing: Any, name: str, kind: str, *_: Any) -> bool:
        return (name if kind == "table" else thing.table.name) == conversation_event.name

    with store.engine.connect() as connection:
        options = {"compare_type": True, "include_object": is_ours}
        changes = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    assert changes == []


def test_store_named_in_endpoints_is_made_by_rasa(tmp_path: Path) -> None:
    """Rasa makes the store from its class name and takes it as it is, without a wrapper."""
    config = EndpointConfig(
        url=f"sqlite:///{tmp_path / 'tutor.db'}", type="bot.components.tracker_store.BoundedTrackerStore"
    )

    made = TrackerStore.create(config)

    assert type(made) is BoundedTrackerStore
    assert made.engine.url.database == str(tmp_path / "tutor.db")


def test_store_without_url_uses_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is that of the settings."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    monkeypatch.setenv("TUTOR_SECRET", "secret")

    made = BoundedTrackerStore(DOMAIN)

    assert made.engine.url.database == str(tmp_path / "other.db")


def test_retrieve_unknown_sender_gives_none(store: BoundedTrackerStore) -> None:
    """A conversation that never was is no tracker, and no error."""
    assert asyncio.run(store.retrieve("nobody")) is None
    assert asyncio.run(store.retrieve_full_tracker("nobody")) is None
    assert asyncio.run(store.replies_for("nobody", "m1")) is None
    assert asyncio.run(store.exists("nobody")) is False


def test_save_turn_writes_one_numbered_row_an_event(store: BoundedTrackerStore) -> None:
    """Rows count 1, 2, 3, and hold the event, its names and its message id."""
    events = a_turn("hi", SlotSet("lesson", "s1"), message_id="m1")

    append(store, "ann", *events)

    rows = stored(store, "ann")
    assert [row.seq for row in rows] == [1, 2, 3, 4, 5]
    assert [json.loads(row.data) for row in rows] == as_dicts(events)
    assert [row.type for row in rows] == ["user", "action", "slot", "bot", "action"]
    assert [row.message_id for row in rows] == ["m1", None, None, None, None]
    assert [row.intent for row in rows] == ["ask", None, None, None, None]
    assert [row.action for row in rows] == [None, "action_answer", None, None, LISTEN]
    assert [row.slots for row in rows] == [None, None, None, None, '{"lesson": "s1"}']


def test_save_message_without_metadata_uses_its_own_id(store: BoundedTrackerStore) -> None:
    """The id that Rasa gives a message serves where the metadata has none."""
    append(store, "ann", UserUttered("hi", message_id="rasa-id"))

    assert stored(store, "ann")[0].message_id == "rasa-id"


def test_save_twice_stores_nothing_twice(store: BoundedTrackerStore) -> None:
    """Saving a tracker to which nothing was added writes no row."""
    tracker = append(store, "ann", *a_turn())

    asyncio.run(store.save(tracker))
    asyncio.run(store.save(tracker.copy()))

    assert len(stored(store, "ann")) == 4


def test_save_full_deque_appends_only_new_events(store: BoundedTrackerStore) -> None:
    """A tracker that forgets old events is not taken for one with new events."""
    store.max_event_history = 4
    tracker = store.init_tracker("ann")
    for turn in ("one", "two"):
        tracker.update_with_events(a_turn(turn), DOMAIN)
        asyncio.run(store.save(tracker))

    assert [row.seq for row in stored(store, "ann")] == list(range(1, 9))


def test_retrieve_after_short_talk_equals_what_happened(store: BoundedTrackerStore) -> None:
    """State and events of the last turns are as they were."""
    append(store, "ann", *a_turn("one", SlotSet("lesson", "s1")))
    last = a_turn("two", SlotSet("card", 2))
    append(store, "ann", *last)

    tracker = retrieve(store, "ann")

    assert (tracker.get_slot("lesson"), tracker.get_slot("card")) == ("s1", 2)
    assert as_dicts(list(tracker.events)[-len(last) :]) == as_dicts(last)
    assert tracker.latest_message.text == "two"
    assert tracker.latest_action_name == LISTEN


def test_retrieve_full_tracker_gives_every_event(store: BoundedTrackerStore) -> None:
    """The whole conversation can be read, and saving it again stores nothing."""
    events = [event for number in range(30) for event in a_turn(f"message {number}")]
    append(store, "ann", *events)

    tracker = asyncio.run(store.retrieve_full_tracker("ann"))
    asyncio.run(store.save(tracker))

    assert as_dicts(tracker.events) == as_dicts(events)
    assert len(stored(store, "ann")) == len(events)


def test_keys_lists_each_conversation_once(store: BoundedTrackerStore) -> None:
    """Every sender is listed."""
    append(store, "ann", *a_turn())
    append(store, "ann", *a_turn())
    append(store, "bob", *a_turn())

    assert sorted(asyncio.run(store.keys())) == ["ann", "bob"]


@pytest.mark.parametrize("text", ["Yhteiskehittäminen 🇫🇮 \u202e\u0000", "x" * 1_000_000, "\ud83d"])
def test_text_of_any_kind_comes_back_unchanged(store: BoundedTrackerStore, text: str) -> None:
    """Unicode, a megabyte, even half a character are stored as they are."""
    append(store, "ann", *a_turn(text, SlotSet("lesson", text)))

    tracker = retrieve(store, "ann")

    assert tracker.get_slot("lesson") == text
    assert asyncio.run(store.retrieve_full_tracker("ann")).latest_message.text == text


def test_broken_database_raises_without_text(store: BoundedTrackerStore, tmp_path: Path) -> None:
    """A file that is no database fails each call with our error."""
    tracker = append(store, "ann", *a_turn())
    tracker.update_with_events(a_turn("a secret"), DOMAIN)
    replace_file(tmp_path / "tutor.db", b"no database" * 1_000)

    for call in (store.save(tracker), store.retrieve("ann"), store.keys(), store.replies_for("ann", "m")):
        with pytest.raises(TrackerStoreError) as raised:
            asyncio.run(call)
        assert "secret" not in str(raised.value)


def test_failed_save_can_be_repeated(store: BoundedTrackerStore, tmp_path: Path) -> None:
    """What could not be stored stays new: the next save stores it, once."""
    tracker = append(store, "ann", *a_turn())
    tracker.update_with_events(a_turn("a secret"), DOMAIN)
    with sqlite3.connect(tmp_path / "tutor.db") as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON conversation_event BEGIN SELECT RAISE(FAIL, 'full'); END"
        )

    with pytest.raises(TrackerStoreError, match="full") as raised:
        asyncio.run(store.save(tracker))
    with sqlite3.connect(tmp_path / "tutor.db") as connection:
        connection.execute("DROP TRIGGER full")
    asyncio.run(store.save(tracker))

    assert "secret" not in str(raised.value)
    assert len(stored(store, "ann")) == 8


events_of_a_turn = st.lists(
    st.one_of(
        st.builds(SlotSet, st.sampled_from(["lesson", "card", "tone"]), st.none() | st.integers() | st.text()),
        st.builds(AllSlotsReset),
        st.builds(lambda text: BotUttered(text), st.text(max_size=5)),
        st.sampled_from(["action_a", "action_b", LISTEN]).map(ActionExecuted),
    ),
    max_size=12,
)


@given(turns=st.lists(events_of_a_turn, min_size=1, max_size=8), data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_split_of_saves_gives_same_tracker(
    store: BoundedTrackerStore, turns: list[list[Event]], data: st.DataObject
) -> None:
    """However the events are split into saves, slots and last events are as in one long replay."""
    events = [event for turn in turns for event in (UserUttered("hi"), *turn, ActionExecuted(LISTEN))]
    expected = DialogueStateTracker.from_events("x", events, DOMAIN.slots)
    sender_id = f"sender-{len(asyncio.run(store.keys()))}"
    cuts = sorted(data.draw(st.sets(st.integers(1, len(events)), max_size=4)))

    for start, end in zip([0, *cuts], [*cuts, len(events)], strict=True):
        append(store, sender_id, *events[start:end])

    tracker = retrieve(store, sender_id)
    window = list(tracker.events)[len(tracker.opening) :]
    assert tracker.current_slot_values() == expected.current_slot_values()
    assert 0 < len(window) <= WINDOW_EVENTS
    assert as_dicts(window) == as_dicts(events[-len(window) :])
