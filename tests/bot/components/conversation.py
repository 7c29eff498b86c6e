"""Conversations to test the tracker store with: made of turns, written as Rasa writes them."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import select

from bot.components.tracker_store import BoundedTrackerStore
from bot.components.tracker_tables import conversation_event
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


def new_store(folder: Path) -> BoundedTrackerStore:
    """Make a store on a fresh database with the migrated schema."""
    url = f"sqlite:///{folder / 'tutor.db'}"
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
