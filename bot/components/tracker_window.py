"""A tracker that knows only the end of a conversation, and the state that end started from.

Rasa rebuilds its state by replaying every event since the conversation began. We replay a window:
a snapshot of the state at the end of some turn, put back as events, and what happened since.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    ConversationPaused,
    Event,
    SlotSet,
)
from rasa.shared.core.trackers import DialogueStateTracker

LOOP = "$loop"  # name of the form that is open
LOOP_REJECTED = "$loop_rejected"  # true after something else was answered in the middle of it
PAUSED = "$paused"  # true while a person has taken over


class WindowTracker(DialogueStateTracker):
    """Rasa's tracker, with a beginning that no later event can take back.

    Attributes:
        opening: The events that put the snapshot back. Going back ("rewind", "undo") further than
            the window reaches would otherwise undo these too, and the person would lose every slot.
        last_stored: The newest event that the tracker store has; all after it are new.
    """

    opening: tuple[Event, ...] = ()
    last_stored: Event | None = None

    def init_copy(self) -> WindowTracker:
        """Make an empty tracker with the same beginning, for Rasa's temporary copies."""
        copy = WindowTracker(
            self.sender_id, self.slots.values(), self._max_event_history, is_rule_tracker=self.is_rule_tracker
        )
        copy.opening, copy.last_stored = self.opening, self.last_stored
        return copy

    def _undo_till_previous(self, event_type: type[Event], done_events: list[Event]) -> None:
        """Take events back as Rasa does, but never the opening."""
        is_opened = bool(self.opening and done_events and done_events[0] is self.opening[0])
        DialogueStateTracker._undo_till_previous(event_type, done_events)
        if is_opened and len(done_events) < len(self.opening):
            done_events[:] = self.opening


def take_snapshot(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Note all that the next turn needs to know: changed slots, an open form, a pause."""
    snapshot = {name: slot.value for name, slot in tracker.slots.items() if slot.value != slot.initial_value}
    if tracker.active_loop_name:
        snapshot[LOOP] = tracker.active_loop_name
        if tracker.is_active_loop_rejected:
            snapshot[LOOP_REJECTED] = True
    if tracker.is_paused():
        snapshot[PAUSED] = True
    return snapshot


def opening_events(snapshot: dict[str, Any], known_slots: Collection[str], timestamp: float) -> tuple[Event, ...]:
    """Turn a snapshot back into events, in an order that Rasa itself could have written.

    Args:
        snapshot: As ``take_snapshot`` made it, perhaps under an older domain.
        known_slots: Names of the slots that the domain has now; others are left out.
        timestamp: When the snapshot was taken, in seconds since 1970.
    """
    events: list[Event] = [SlotSet(name, value, timestamp) for name, value in snapshot.items() if name in known_slots]
    if loop := snapshot.get(LOOP):  # Rasa looks for the form's own action before its activation
        events += [ActionExecuted(loop, timestamp=timestamp), ActiveLoop(loop, timestamp)]
        if snapshot.get(LOOP_REJECTED):
            events.append(ActionExecutionRejected(loop, timestamp=timestamp))
    if snapshot.get(PAUSED):
        events.append(ConversationPaused(timestamp))
    return tuple(events)
