"""Conversations as the doors and the assistant store them, made for tests of the desk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.components.tracker_tables import conversation_event
from channels import tables as doors
from database import now_utc
from learning import tables as learning


@dataclass(frozen=True)
class Said:
    """A turn. ``step`` is where the conversation is after it."""

    text: str
    intent: str
    action: str
    step: str = "none"
    confidence: float = 0.9
    decision: str = ""
    topics: tuple[str, ...] = ()
    payload: str = ""  # of a button
    reply: str = "An **answer**."
    channel: str = "web"


def talk(engine: Engine, learner_id: str, turns: Sequence[Said], at: datetime | None = None) -> list[str]:
    """Store a conversation, a minute a turn; returns the ids of its messages."""
    begun = at or now_utc() - timedelta(hours=1)
    names = [f"{learner_id[:6]}-{number}" for number in range(1, len(turns) + 1)]
    with engine.begin() as connection:
        seq = connection.execute(
            sa.select(sa.func.coalesce(sa.func.max(conversation_event.c.seq), 0)).where(
                conversation_event.c.sender_id == learner_id
            )
        ).scalar_one()
        step = "none"
        for number, (name, turn) in enumerate(zip(names, turns, strict=True)):
            moment = begun + timedelta(minutes=number)
            _show(connection, learner_id, name, turn, moment)
            for row in _events(turn, step):
                seq += 1
                is_user = row["event"] == "user"
                values = {
                    "sender_id": learner_id,
                    "seq": seq,
                    "type": row["event"],
                    "timestamp": moment.timestamp(),
                    "message_id": name if is_user else None,
                    "intent": turn.intent if is_user else None,
                    "action": row.get("name") if row["event"] == "action" else None,
                    "data": json.dumps(row),
                    "slots": json.dumps({"step": turn.step}) if row.get("name") == "action_listen" else None,
                }
                connection.execute(conversation_event.insert().values(**values))
            step = turn.step
    return names


def _show(connection: Any, learner_id: str, name: str, turn: Said, moment: datetime) -> None:
    shown = {"learner_id": learner_id, "message_id": name, "sent_at": moment, "channel": turn.channel}
    connection.execute(doors.outbox.insert().values(**shown, author="you", text=turn.text, extras="{}"))
    extras = json.dumps({"buttons": [{"title": "Tell me more"}], "sources": [{"title": "The course page"}]})
    connection.execute(doors.outbox.insert().values(**shown, author="tutor", text=turn.reply, extras=extras))
    received = {"said_hash": "x", "payload": "{}", "received_at": moment, "answered_at": moment}
    came = {"learner_id": learner_id, "message_id": name, "channel": turn.channel}
    connection.execute(doors.inbox.insert().values(**came, **received))
    if turn.decision:
        asked = {"decision": turn.decision, "topics": json.dumps(turn.topics), "score": 0.4, "asked_at": moment}
        row = {"learner_id": learner_id, "message_id": name, "text": turn.text}
        connection.execute(learning.question.insert().values(**row, **asked))


def _events(turn: Said, step: str) -> list[dict[str, Any]]:
    ranking = [{"name": turn.intent, "confidence": turn.confidence}, {"name": "thank", "confidence": 0.07}]
    parse = {"intent": ranking[0], "intent_ranking": ranking}
    changed = [{"event": "slot", "name": "step", "value": turn.step}] if turn.step != step else []
    return [
        {"event": "user", "text": turn.payload or turn.text, "parse_data": parse},
        {"event": "action", "name": turn.action},
        *changed,
        {"event": "bot", "text": turn.reply},
        {"event": "action", "name": "action_listen"},
    ]
