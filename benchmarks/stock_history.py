"""Makes a long conversation in the stock assistant's tracker store from a short one, with Rasa's own classes.

Run in the stock assistant's folder: ``python -m benchmarks.stock_history PATTERN_SENDER NEW_SENDER TURNS``.
"""

from __future__ import annotations

import asyncio
import copy
import sys
import time
from itertools import cycle, islice

from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.trackers import DialogueStateTracker


async def append_history(pattern: str, sender: str, turns: int) -> None:
    """Repeat the turns of one conversation in a new one until it has so many."""
    domain = Domain.load("domain")
    store = TrackerStore.create(AvailableEndpoints.read_endpoints("endpoints.yml").tracker_store, domain)
    known = await store.retrieve(pattern)
    assert known is not None, "the pattern conversation is not in the tracker store"
    opening, *round_of_turns = _split(list(known.events))
    repeated = islice(cycle(round_of_turns), turns)
    events = [copy.copy(event) for turn in (opening, *repeated) for event in turn]
    begun = time.time() - 1.0
    for number, event in enumerate(events):
        event.timestamp = begun + number / len(events)
    await store.save(DialogueStateTracker.from_events(sender, events, domain.slots, domain=domain))


def _split(events: list[Event]) -> list[list[Event]]:
    """Cut a conversation after each time the assistant listens: first its opening, then its turns."""
    parts: list[list[Event]] = [[]]
    for event in events:
        parts[-1].append(event)
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME:
            parts.append([])
    return parts[:-1]


if __name__ == "__main__":
    asyncio.run(append_history(sys.argv[1], sys.argv[2], int(sys.argv[3])))
