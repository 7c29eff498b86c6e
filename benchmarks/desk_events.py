"""The events that one turn leaves, as the tracker store keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

INTENTS = {"question": "ask_course", "go_on": "go_on", "attempt": "answer_item", "note": "write_note", "rating": "rate"}
Said = tuple[str, str, str, float]


def events_of_turn(own: dict[str, Any], moment: datetime, said: Said, seq: int, count: int) -> Iterator[dict[str, Any]]:
    """Make the rows of a turn: what was typed and understood, actions, slots, the reply, and waiting for the next.

    Args:
        own: ``learner_id`` and ``message_id``.
        moment: UTC without a zone.
        said: Kind of the turn, what the person typed, what the tutor said, confidence.
        seq: The number of the last event before.
        count: How many events to make, at least 4.
    """
    kind, text, told, confidence = said
    intent = {"name": INTENTS[kind], "confidence": confidence}
    ranking = [intent, *({"name": name, "confidence": 0.01} for name in INTENTS.values())]
    parse = {"text": text, "intent": intent, "entities": [], "intent_ranking": ranking}
    user = {"text": text, "parse_data": parse, "metadata": {"message_id": own["message_id"]}}
    slots = ({"name": f"slot_{number}", "value": number} for number in range(count - 4))
    made = [("user", user), ("action", {"name": f"action_{kind}"}), *(("slot", one) for one in slots)]
    made += [("bot", {"text": told, "data": {"buttons": None}}), ("action", {"name": "action_listen"})]
    stamp = moment.replace(tzinfo=timezone.utc).timestamp()
    for number, (name, data) in enumerate(made, seq + 1):
        is_user, is_last = name == "user", number == seq + count
        yield {
            "sender_id": own["learner_id"],
            "seq": number,
            "type": name,
            "timestamp": stamp,
            "message_id": own["message_id"] if is_user else None,
            "intent": intent["name"] if is_user else None,
            "action": data["name"] if name == "action" else None,
            "data": json.dumps({"event": name, "timestamp": stamp, **data}),
            "slots": "{}" if is_last else None,
        }
