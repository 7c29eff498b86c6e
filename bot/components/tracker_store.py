"""Where Rasa keeps conversations: every event is stored, and each turn reads a bounded window.

Named in ``endpoints.yml``. Unlike Rasa's own stores it never counts events to find the new ones,
so two writers lose nothing, and every database error comes out as ``TrackerStoreError``.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bot.components.reply import reply_from
from bot.components.tracker_rows import Past, is_boundary, read_all, read_past, read_replies, to_row
from bot.components.tracker_tables import conversation_event
from bot.components.tracker_window import WindowTracker, opening_events, take_snapshot
from database import open_engine, reading
from settings import load_settings

APPEND_ATTEMPTS, PAUSE_SECONDS = 10, 0.02


class TrackerStoreError(RasaException):
    """The database failed; the text says how, and never holds what a person wrote."""


class BoundedTrackerStore(TrackerStore):
    """Tracker store on SQLite or PostgreSQL whose cost a turn does not grow with the conversation."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        url: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Open the database; the schema must be there already.

        Args:
            domain: The assistant's domain; Rasa sets it again when a model is loaded.
            host: The ``url`` of the entry in ``endpoints.yml``, as Rasa passes it.
            event_broker: Told of every event once it is stored.
            url: Database URL; without it and ``host``, the one of the settings.
            kwargs: What else stands in ``endpoints.yml``; unused.
        """
        super().__init__(domain, event_broker, **kwargs)
        self.engine = open_engine(url or host or load_settings().database_url)

    def init_tracker(self, sender_id: str) -> WindowTracker:
        """Make an empty tracker for this conversation."""
        return WindowTracker(sender_id, self.domain.slots, self.max_event_history)

    async def retrieve(self, sender_id: str) -> WindowTracker | None:
        """Make the tracker of a conversation from its last turns, or ``None`` if it is unknown."""
        with self._reading() as connection:
            past = read_past(connection, sender_id)
        return self._tracker_of(sender_id, past) if past.last_seq else None

    async def retrieve_full_tracker(self, conversation_id: str) -> WindowTracker | None:
        """Make the tracker from every event that was ever stored. Grows with the conversation."""
        with self._reading() as connection:
            past = read_all(connection, conversation_id)
        return self._tracker_of(conversation_id, past) if past.last_seq else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append what happened since the tracker was retrieved or last saved.

        Raises:
            TrackerStoreError: Nothing of it was stored; saving again is safe.
        """
        new = _new_events(tracker)
        if not new:
            return
        with _database_errors():
            self._append(tracker.sender_id, new)
        tracker.last_stored = new[-1]
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)

    async def keys(self) -> Iterable[str]:
        """List every conversation."""
        with self._reading() as connection:
            return list(connection.execute(select(conversation_event.c.sender_id).distinct()).scalars())

    async def replies_for(self, sender_id: str, message_id: str) -> list[dict[str, Any]] | None:
        """Give what was answered to a message, exactly as it was first sent.

        Returns:
            The response dicts, or ``None`` if the message is unknown or its turn never ended.
            Empty if the turn ended in silence.
        """
        with self._reading() as connection:
            said = read_replies(connection, sender_id, message_id)
        if said is None:
            return None
        return [reply for event in said if (reply := reply_from(event.message()))]

    def _append(self, sender_id: str, new: list[Event]) -> None:
        """Append in one transaction; if another writer took our numbers, look again and repeat.

        SQLite lets one writer in at a time, so this happens on PostgreSQL only.
        """
        for attempt in range(1, APPEND_ATTEMPTS + 1):
            try:
                with self.engine.begin() as connection:
                    rows = self._rows_after(read_past(connection, sender_id), sender_id, new)
                    connection.execute(insert(conversation_event), rows)
                return
            except IntegrityError:
                if attempt == APPEND_ATTEMPTS:
                    raise
                time.sleep(random.uniform(0, attempt * PAUSE_SECONDS))  # so that the same writers do not meet again

    def _rows_after(self, past: Past, sender_id: str, new: list[Event]) -> list[dict[str, Any]]:
        """Number the new events, with the state at each turn's end.

        The state starts from what is stored, not from the saved tracker: slots that another writer
        set in the meantime stay.
        """
        state, rows = self._tracker_of(sender_id, past), []
        for seq, event in enumerate(new, past.last_seq + 1):
            state.update(event)
            snapshot = take_snapshot(state) if is_boundary(event) else None
            rows.append(to_row(sender_id, seq, event, snapshot))
        return rows

    def _tracker_of(self, sender_id: str, past: Past) -> WindowTracker:
        tracker = self.init_tracker(sender_id)
        if past.events:
            timestamp = past.events[0].timestamp
            tracker.opening = opening_events(past.snapshot, tracker.slots, timestamp)
            tracker.last_stored = past.events[-1]
        for event in (*tracker.opening, *past.events):
            tracker.update(event)
        return tracker

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _database_errors(), reading(self.engine) as connection:
            yield connection


def _new_events(tracker: DialogueStateTracker) -> list[Event]:
    """Give the events after the last stored one, found by identity: a full deque drops old ones."""
    last_stored = getattr(tracker, "last_stored", None)
    return list(takewhile(lambda event: event is not last_stored, reversed(tracker.events)))[::-1]


@contextmanager
def _database_errors() -> Iterator[None]:
    """Turn any database error into ours, without the parameters that SQLAlchemy puts in its text."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or type(error).__name__
        raise TrackerStoreError(f"conversation_event: {cause}") from None
