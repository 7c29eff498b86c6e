"""The tracker store keeps every event, reads a bounded window, and loses nothing."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import sqlite3
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    Event,
    FollowupAction,
    ReminderCancelled,
    ReminderScheduled,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy import event, select

from bot.components.tracker_rows import WINDOW_EVENTS
from bot.components.tracker_store import BoundedTrackerStore, TrackerStoreError
from bot.components.tracker_tables import conversation_event, metadata
from bot.components.tracker_window import WindowTracker
from database import migrate, reading

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    slots:
      lesson: {type: any, mappings: [{type: custom}]}
      card: {type: any, mappings: [{type: custom}]}
      tone: {type: any, initial_value: plain, mappings: [{type: custom}]}
    forms:
      plan_form: {required_slots: [card]}
    """
)
LISTEN = "action_listen"


@pytest.fixture
def store(tmp_path: Path) -> BoundedTrackerStore:
    """Give a store on a fresh database with the migrated schema."""
    url = f"sqlite:///{tmp_path / 'tutor.db'}"
    migrate(url)
    return BoundedTrackerStore(DOMAIN, url=url)


def a_turn(text: str = "hello", *happened: Event, message_id: str | None = None) -> list[Event]:
    """Make the events of one turn: a message, what happened, an answer, the end."""
    user = UserUttered(text, {"name": "ask"}, metadata={"message_id": message_id} if message_id else None)
    answer = [ActionExecuted("action_answer"), *happened, BotUttered(f"You said: {text}")]
    return [user, *answer, ActionExecuted(LISTEN)]


def append(store: BoundedTrackerStore, sender_id: str, *events: Event) -> DialogueStateTracker:
    """Retrieve, add events, save: as Rasa does for a turn."""

    async def turn() -> DialogueStateTracker:
        tracker = await store.get_or_create_tracker(sender_id, append_action_listen=False)
        tracker.update_with_events(list(events), DOMAIN, override_timestamp=False)
        await store.save(tracker)
        return tracker

    return asyncio.run(turn())


def retrieve(store: BoundedTrackerStore, sender_id: str) -> WindowTracker:
    """Retrieve a tracker that must be there."""
    tracker = asyncio.run(store.retrieve(sender_id))
    assert tracker is not None
    return tracker


def stored(store: BoundedTrackerStore, sender_id: str) -> list[Any]:
    """Read the rows of a conversation in order."""
    columns = conversation_event.c
    with reading(store.engine) as connection:
        query = select(conversation_event).where(columns.sender_id == sender_id).order_by(columns.seq)
        return connection.execute(query).all()


def as_dicts(events: Any) -> list[dict[str, Any]]:
    """Make events comparable in every detail."""
    return [json.loads(json.dumps(event.as_dict())) for event in events]


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


def test_retrieve_starts_with_slots_and_a_listen(store: BoundedTrackerStore) -> None:
    """The window begins as a session does, so that rules see a past Rasa could have written."""
    append(store, "ann", *a_turn("start", SlotSet("lesson", "s1")))
    for number in range(10):
        append(store, "ann", *a_turn(f"message {number}"))

    first, second, third = list(retrieve(store, "ann").events)[:3]

    assert first == SlotSet("lesson", "s1")
    assert second == ActionExecuted(LISTEN)
    assert third.text == "message 3"


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

    def watch_steps(connection: Any, _record: Any) -> None:
        connection.set_progress_handler(lambda: counts.update(steps=1), 10)

    event.listen(store.engine, "before_cursor_execute", watch_rows)
    event.listen(store.engine, "connect", watch_steps)
    yield counts
    event.remove(store.engine, "before_cursor_execute", watch_rows)
    event.remove(store.engine, "connect", watch_steps)


def test_slot_set_once_survives_500_turns(store: BoundedTrackerStore) -> None:
    """A slot set long before the window is still there, null and unchanged ones included."""
    append(store, "ann", *a_turn("start", SlotSet("lesson", "s1"), SlotSet("tone", None)))
    for number in range(500):
        append(store, "ann", *a_turn(f"message {number}"))

    slots = retrieve(store, "ann").current_slot_values()

    assert (slots["lesson"], slots["tone"], slots["card"]) == ("s1", None, None)


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


SPECIAL_EVENTS: dict[str, list[Event]] = {
    "restart": [Restarted(), ActionExecuted("action_session_start"), SessionStarted()],
    "slots reset": [AllSlotsReset()],
    "new session": [ActionExecuted("action_session_start"), SessionStarted(), SlotSet("lesson", "s1")],
    "pause": [ConversationPaused()],
    "pause over": [ConversationPaused(), ConversationResumed()],
    "reminder": [
        ReminderScheduled("remind", datetime(2030, 1, 1, tzinfo=timezone.utc), name="r"),
        ReminderCancelled("r"),
    ],
    "followup": [FollowupAction("action_answer")],
    "open form": [ActionExecuted("plan_form"), ActiveLoop("plan_form"), SlotSet("requested_slot", "card")],
    "form left": [
        ActionExecuted("plan_form"),
        ActiveLoop("plan_form"),
        ActionExecutionRejected("plan_form"),
    ],
    "form done": [ActionExecuted("plan_form"), ActiveLoop("plan_form"), ActiveLoop(None)],
    "fallback": [ActionExecuted("action_default_fallback"), UserUtteranceReverted()],
    "going back": [ActionExecuted("action_back"), UserUtteranceReverted(), UserUtteranceReverted()],
}


@pytest.mark.parametrize("happened", SPECIAL_EVENTS.values(), ids=list(SPECIAL_EVENTS))
@pytest.mark.parametrize("turns_after", [0, 1, 5, 20])
def test_special_event_before_or_in_window_leaves_same_state(
    store: BoundedTrackerStore, happened: list[Event], turns_after: int
) -> None:
    """Whatever Rasa can note, the state is the same as after a replay of the whole conversation."""
    happened = [Event.from_parameters(happening.as_dict()) for happening in happened]
    append(store, "ann", *a_turn("one", SlotSet("lesson", "s1"), SlotSet("tone", "warm")))
    append(store, "ann", UserUttered("two"), SlotSet("card", 2), *happened, ActionExecuted(LISTEN))
    for number in range(turns_after):
        append(store, "ann", *a_turn(f"message {number}"))

    short, full = retrieve(store, "ann"), asyncio.run(store.retrieve_full_tracker("ann"))

    assert state_of(short) == state_of(full)


def state_of(tracker: DialogueStateTracker) -> dict[str, Any]:
    """All that decides what comes next."""
    return {
        "slots": tracker.current_slot_values(),
        "paused": tracker.is_paused(),
        "loop": tracker.active_loop_name,
        "rejected": tracker.is_active_loop_rejected,
        "followup": tracker.followup_action,
        "action": tracker.latest_action_name,
    }


def test_form_open_for_long_is_not_begun_anew(store: BoundedTrackerStore) -> None:
    """Rasa hides the questions of an open form from its rules; so it does when only a window is read."""
    append(store, "ann", UserUttered("plan"), ActionExecuted("plan_form"), ActiveLoop("plan_form"))
    for number in range(20):
        append(store, "ann", ActionExecuted(LISTEN), UserUttered(f"{number}"), ActionExecuted("plan_form"))

    tracker = retrieve(store, "ann")

    assert tracker.active_loop_name == "plan_form"
    assert not [event for event in tracker.applied_events() if isinstance(event, UserUttered)]


def test_going_back_further_than_window_keeps_slots(store: BoundedTrackerStore) -> None:
    """Rewinding more often than there are turns in the window never loses a slot."""
    append(store, "ann", *a_turn("start", SlotSet("lesson", "s1")))
    back = [ActionExecuted("action_back"), UserUtteranceReverted(), UserUtteranceReverted()]
    for _ in range(12):
        append(store, "ann", *a_turn("on"))
    for _ in range(4):
        tracker = append(
            store, "ann", UserUttered("back"), *[type(e)._from_parameters(e.as_dict()) for e in back]
        )
        append(store, "ann", ActionExecuted(LISTEN))

        assert tracker.get_slot("lesson") == "s1"
        assert tracker.copy().get_slot("lesson") == "s1"
        assert retrieve(store, "ann").get_slot("lesson") == "s1"


def test_slot_gone_from_domain_is_left_out(store: BoundedTrackerStore, caplog: Any) -> None:
    """A new model without an old slot reads old conversations in silence."""
    append(store, "ann", *a_turn("start", SlotSet("lesson", "s1"), SlotSet("card", 3)))
    for number in range(10):
        append(store, "ann", *a_turn(f"message {number}"))
    store.domain = Domain.from_yaml(
        "{version: '3.1', slots: {card: {type: any, mappings: [{type: custom}]}}}"
    )
    caplog.clear()

    tracker = retrieve(store, "ann")

    assert tracker.get_slot("card") == 3
    assert "non existent slot" not in caplog.text


@pytest.mark.parametrize("text", ["Yhteiskehittäminen 🇫🇮 \u202e\u0000", "x" * 1_000_000, "\ud83d"])
def test_text_of_any_kind_comes_back_unchanged(store: BoundedTrackerStore, text: str) -> None:
    """Unicode, a megabyte, even half a character are stored as they are."""
    append(store, "ann", *a_turn(text, SlotSet("lesson", text)))

    tracker = retrieve(store, "ann")

    assert tracker.get_slot("lesson") == text
    assert asyncio.run(store.retrieve_full_tracker("ann")).latest_message.text == text


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


def test_replies_for_answered_message_are_whole(store: BoundedTrackerStore) -> None:
    """Text, buttons, image, custom data and further keys come back; nulls and bookkeeping do not."""
    data = {"buttons": [{"title": "Go on", "payload": "b1"}], "image": None, "custom": {"id": 4}}
    bubble = BotUttered("Look", data, metadata={"sources": ["CoSIE"], "model_id": "m"})
    append(store, "ann", *a_turn("before", message_id="m0"))
    append(store, "ann", *a_turn("hi", bubble, message_id="m1"))
    append(store, "ann", *a_turn("after", message_id="m2"))

    replies = asyncio.run(store.replies_for("ann", "m1"))

    whole = {"text": "Look", "buttons": data["buttons"], "custom": {"id": 4}, "sources": ["CoSIE"]}
    assert replies == [whole, {"text": "You said: hi"}]


def test_replies_for_other_sender_are_unknown(store: BoundedTrackerStore) -> None:
    """A message id counts within its conversation only."""
    append(store, "ann", *a_turn("hi", message_id="m1"))

    assert asyncio.run(store.replies_for("bob", "m1")) is None


def test_replies_for_unended_turn_are_none(store: BoundedTrackerStore) -> None:
    """A turn that never came to its end is not taken as answered, even when later ones ended."""
    unended = a_turn("hi", message_id="m1")[:-1]

    append(store, "ann", *unended)
    at_once = asyncio.run(store.replies_for("ann", "m1"))
    append(store, "ann", *a_turn("next", message_id="m2"))
    later = asyncio.run(store.replies_for("ann", "m1"))

    assert (at_once, later) == (None, None)


def test_replies_for_silent_turn_are_empty(store: BoundedTrackerStore) -> None:
    """A turn that ended without a word has no replies."""
    silent = UserUttered("hi", metadata={"message_id": "m1"})

    append(store, "ann", silent, ActionExecuted("action_answer"), ActionExecuted(LISTEN))

    assert asyncio.run(store.replies_for("ann", "m1")) == []


def test_replies_for_repeated_message_are_of_last_turn(store: BoundedTrackerStore) -> None:
    """When the first try was silent, the replies are those of the second."""
    append(store, "ann", UserUttered("hi", metadata={"message_id": "m1"}), ActionExecuted(LISTEN))
    append(store, "ann", *a_turn("hi", message_id="m1"))

    assert asyncio.run(store.replies_for("ann", "m1")) == [{"text": "You said: hi"}]


def test_broken_database_raises_without_text(store: BoundedTrackerStore, tmp_path: Path) -> None:
    """A file that is no database fails each call with our error."""
    tracker = append(store, "ann", *a_turn())
    tracker.update_with_events(a_turn("a secret"), DOMAIN)
    (tmp_path / "tutor.db").write_bytes(b"no database" * 1_000)

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
        st.builds(
            SlotSet, st.sampled_from(["lesson", "card", "tone"]), st.none() | st.integers() | st.text()
        ),
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
