"""The audit of the stored state finds each kind of trouble, and none where there is none."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.faults.audit import Read, find_trouble

INBOX = (
    "INSERT INTO inbox (learner_id, message_id, said_hash, payload, received_at, answered_at, arrival)"
    " VALUES ('ann', ?, '', '', '2026-01-01', '2026-01-01', ?)"
)
EVENT = (
    "INSERT INTO conversation_event (sender_id, seq, type, timestamp, message_id, data) VALUES ('ann', ?, ?, 0, ?, ?)"
)
REPLY = (
    "INSERT INTO outbox (learner_id, message_id, author, text, extras, sent_at)"
    " VALUES ('ann', ?, 'tutor', ?, '{}', '2026-01-01')"
)
ATTEMPT = (
    "INSERT INTO attempt (learner_id, lesson_id, item_id, version, chosen, outcome, number, message_id, answered_at)"
    " VALUES ('ann', '', 'item', '', '[]', 'right', ?, ?, '2026-01-01')"
)


@pytest.fixture
def database(database_url: str) -> Iterator[sqlite3.Connection]:
    """Give a database in which two messages were answered as they should be."""
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as connection:
        for number, name in enumerate(("m1", "m2"), 1):
            connection.execute(INBOX, (name, number))
            connection.execute(EVENT, (2 * number, "user", name, json.dumps({"event": "user"})))
            connection.execute(EVENT, (2 * number + 1, "bot", None, json.dumps({"event": "bot", "text": name})))
            connection.execute(REPLY, (name, name))
            connection.execute(ATTEMPT, (number, name))
        yield connection


def reader(database: sqlite3.Connection) -> Read:
    """Return how the audit reads."""
    return lambda query, *values: database.execute(query, values).fetchall()


def test_sound_state_has_no_trouble(database: sqlite3.Connection) -> None:
    """Two messages, two turns, two replies: all is well."""
    assert find_trouble(reader(database), ["m1", "m2"]) == []


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        ("DELETE FROM inbox WHERE message_id = 'm2'", "message m2 was acknowledged and is lost"),
        ("UPDATE inbox SET answered_at = NULL WHERE message_id = 'm2'", "message m2 has no answer"),
        ("UPDATE inbox SET given_up_at = '2026-01-01' WHERE message_id = 'm2'", "message m2 was given up"),
        ("UPDATE inbox SET arrival = 9 WHERE message_id = 'm1'", "turns of ann are"),
        ("UPDATE outbox SET id = 9 WHERE message_id = 'm1'", "replies to ann are"),
        ("UPDATE conversation_event SET message_id = 'm1' WHERE seq = 4", "turns of ann are"),
        ("DELETE FROM outbox WHERE message_id = 'm2'", "message m2 was answered with"),
        ("INSERT INTO outbox SELECT 9, learner_id, message_id, author, text, extras, sent_at, channel, delivered_at"
         " FROM outbox WHERE message_id = 'm2'", "message m2 was answered with"),
        ("UPDATE attempt SET number = 3 WHERE message_id = 'm2'", "tries of"),
    ],
)  # fmt: skip
def test_damaged_state_is_found(database: sqlite3.Connection, damage: str, complaint: str) -> None:
    """What is lost, doubled or out of order is named."""
    database.execute(damage)

    trouble = find_trouble(reader(database), ["m1", "m2"])

    assert any(one.startswith(complaint) for one in trouble), trouble
