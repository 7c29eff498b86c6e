"""A tracker made from the end of a conversation is in the state that the whole of it leads to."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
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

from bot.components.tracker_store import BoundedTrackerStore
from tests.bot.components.conversation import LISTEN, a_turn, append, new_store, retrieve


@pytest.fixture
def store(tmp_path: Path) -> BoundedTrackerStore:
    """Give a store on a fresh database."""
    return new_store(tmp_path)


def test_retrieve_starts_with_slots_and_a_listen(store: BoundedTrackerStore) -> None:
    """The window begins as a session does, so that rules see a past Rasa could have written."""
    append(store, "ann", *a_turn("start", SlotSet("lesson", "s1")))
    for number in range(10):
        append(store, "ann", *a_turn(f"message {number}"))

    first, second, third = list(retrieve(store, "ann").events)[:3]

    assert first == SlotSet("lesson", "s1")
    assert second == ActionExecuted(LISTEN)
    assert third.text == "message 3"


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
    "form left": [ActionExecuted("plan_form"), ActiveLoop("plan_form"), ActionExecutionRejected("plan_form")],
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
        tracker = append(store, "ann", UserUttered("back"), *[type(e)._from_parameters(e.as_dict()) for e in back])
        append(store, "ann", ActionExecuted(LISTEN))

        assert tracker.get_slot("lesson") == "s1"
        assert tracker.copy().get_slot("lesson") == "s1"
        assert retrieve(store, "ann").get_slot("lesson") == "s1"


def test_slot_gone_from_domain_is_left_out(store: BoundedTrackerStore, caplog: Any) -> None:
    """A new model without an old slot reads old conversations in silence."""
    append(store, "ann", *a_turn("start", SlotSet("lesson", "s1"), SlotSet("card", 3)))
    for number in range(10):
        append(store, "ann", *a_turn(f"message {number}"))
    store.domain = Domain.from_yaml("{version: '3.1', slots: {card: {type: any, mappings: [{type: custom}]}}}")
    caplog.clear()

    tracker = retrieve(store, "ann")

    assert tracker.get_slot("card") == 3
    assert "non existent slot" not in caplog.text
