"""What must be true of the stored state after any trouble, whatever was answered on the way."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from itertools import pairwise
from typing import Any

Read = Callable[..., list[tuple[Any, ...]]]
COUNTED_TABLES = ("attempt", "note", "plan_answer", "question", "rating", "project", "comparison")


def find_trouble(read: Read, acknowledged: Collection[str]) -> list[str]:
    """Compare inbox, conversation, outbox and records of learning with each other.

    Args:
        read: Runs a query and returns its rows.
        acknowledged: Ids of the messages that people were told to be kept or answered; their people are looked at.

    Returns:
        A sentence for each thing that was lost, done twice, or is out of order.
    """
    rows = read("SELECT learner_id, message_id, answered_at, given_up_at FROM inbox ORDER BY arrival, received_at")
    people = {learner_id for learner_id, message_id, _, _ in rows if message_id in set(acknowledged)}
    inbox = [row for row in rows if row[0] in people]
    kept = {message_id for _, message_id, _, _ in inbox}
    return [
        *(f"message {message_id} was acknowledged and is lost" for message_id in set(acknowledged) - kept),
        *(f"message {message_id} has no answer" for _, message_id, answered_at, _ in inbox if not answered_at),
        *(f"message {message_id} was given up" for _, message_id, _, given_up_at in inbox if given_up_at),
        *_trouble_with_order(read, inbox),
        *_trouble_with_replies(read, people, kept),
        *_trouble_with_records(read, people),
    ]


def _trouble_with_order(read: Read, inbox: list[tuple[Any, ...]]) -> Iterable[str]:
    """Each message was one turn of the assistant and has replies, and both came in the order of arrival."""
    arrivals = _by_person((row[0], row[1]) for row in inbox)
    turns = _by_person(
        read(
            "SELECT sender_id, message_id FROM conversation_event WHERE message_id IS NOT NULL ORDER BY sender_id, seq"
        )
    )
    replies = _by_person(
        read("SELECT learner_id, message_id FROM outbox WHERE author = 'tutor' GROUP BY 1, 2 ORDER BY min(id)")
    )
    for learner_id, wanted in arrivals.items():
        if turns[learner_id] != wanted:
            yield f"turns of {learner_id} are {turns[learner_id]}, and {wanted} arrived"
        answered = [message_id for message_id in replies[learner_id] if message_id in set(wanted)]
        if answered != wanted:
            yield f"replies to {learner_id} are to {answered}, and {wanted} arrived"


def _by_person(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for learner_id, message_id in rows:
        found[learner_id].append(message_id)
    return found


def _trouble_with_replies(read: Read, people: set[str], kept: set[str]) -> Iterable[str]:
    """What is shown is what the assistant said in that turn, once; notes and reminders answer nothing."""
    said: dict[str, list[str]] = defaultdict(list)
    message_id = ""
    for learner_id, data, own_id in read(
        "SELECT sender_id, data, message_id FROM conversation_event ORDER BY sender_id, seq"
    ):
        event = json.loads(data)
        message_id = own_id or message_id
        if learner_id in people and event["event"] == "bot":
            said[message_id].append(event["text"] or "")
    shown: dict[str, list[str]] = defaultdict(list)
    for learner_id, own_id, text in read(
        "SELECT learner_id, message_id, text FROM outbox WHERE author = 'tutor' ORDER BY id"
    ):
        if learner_id in people and own_id in kept:
            shown[own_id].append(text)
    for own_id in said.keys() | shown.keys():
        if said[own_id] != shown[own_id]:
            yield f"message {own_id} was answered with {said[own_id]}, and shown are {shown[own_id]}"


def _trouble_with_records(read: Read, people: set[str]) -> Iterable[str]:
    """A message wrote at most one row into each table, and tries at an item are numbered without gaps."""
    for table in COUNTED_TABLES:
        counts = Counter(read(f"SELECT learner_id, message_id FROM {table}"))
        yield from (f"{table} holds {count} rows of message {key[1]}" for key, count in counts.items() if count > 1)
    numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for learner_id, item_id, number in read("SELECT learner_id, item_id, number FROM attempt ORDER BY id"):
        if learner_id in people:
            numbers[learner_id, item_id].append(number)
    for key, found in numbers.items():
        if any(after not in (before + 1, 1) for before, after in pairwise([0, *found])):
            yield f"tries of {key} are numbered {found}"
