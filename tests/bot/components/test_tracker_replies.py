"""The replies of a saved turn are found by the id of its message."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered

from bot.components.tracker_store import BoundedTrackerStore
from tests.bot.components.conversation import LISTEN, a_turn, append, new_store


@pytest.fixture
def store(tmp_path: Path) -> BoundedTrackerStore:
    """Give a store on a fresh database."""
    return new_store(tmp_path)


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
