"""What the porter says: whether a code worked, that a door was unlinked, and the receipt of an erasure."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from channels.words import say
from learning.belongings import name_of
from learning.link_codes import LIFE_MINUTES, Joining, read_code

HELP = {"title": "what_can_you_do", "payload": "/ask_help"}
GO_ON = {"title": "go_on", "payload": "/repeat_card"}  # shows the step at which the other door stands, and passes none
NEW = {"title": "new_start", "payload": "/greet"}
REFUSED = {"same": "code_same", "unknown": "code_unknown", "too_many": "code_too_many"}
LEFT_BEHIND = {"telegram": "erased_left_telegram"}
TAKEN = "desk_taken"  # files of the course team: the team takes the messages out
LEFT = {"join_left": "join_left", "unlink_alone": "unlink_alone"}


def tell_joining(joining: Joining, code: str) -> list[dict[str, Any]]:
    """Say what became of a code."""
    if joining.kind == "joined":
        return [_bubble("joined_both" if joining.is_merged else "joined", GO_ON, HELP)]
    if joining.kind == "ask":
        named = json.dumps({"code": read_code(code)})
        yes = {"title": "join_yes", "payload": f"/door_join{named}"}
        return [_bubble("join_ask", yes, {"title": "join_no", "payload": "/door_left"})]
    return [_bubble(REFUSED[joining.kind], GO_ON, HELP)]


def tell(kind: str, counts: dict[str, int], now: datetime, channel: str = "web") -> list[dict[str, Any]]:
    """Say that something was done.

    Args:
        kind: ``erase``, ``unlink_this``, ``unlink_others``, ``unlink_alone`` or ``join_left``.
        counts: Rows that were deleted, by table; of ``unlink_others`` the number of ``doors``.
        now: In UTC, without a zone.
        channel: Where it is told: what stays at the person's own device differs.
    """
    if kind == "erase":
        return _tell_erased(counts, now, channel)
    if kind == "unlink_others":
        return [_bubble("unlinked_others", GO_ON, HELP, count=counts["doors"])]
    if kind == "unlink_this":
        return [_bubble("unlinked_this", NEW, HELP)]
    return [_bubble(LEFT[kind], GO_ON, HELP)]


def _tell_erased(counts: dict[str, int], now: datetime, channel: str) -> list[dict[str, Any]]:
    """Name every store: with the rows that were in it, or as one that held nothing."""
    gone = {table: count for table, count in counts.items() if count and table != TAKEN}
    held = "\n".join(say("erased_line", store=name_of(table), count=count) for table, count in gone.items())
    if taken := counts.get(TAKEN):
        held += "\n\n" + say("erased_later", count=taken)
    empty = ", ".join(name_of(table) for table, count in counts.items() if not count)
    day, time = now.strftime("%Y-%m-%d"), now.strftime("%H:%M")
    return [
        {"text": say("erased", day=day, time=time, lines=held)},
        _bubble("erased_nothing", NEW, HELP, names=empty or "-", left=say(LEFT_BEHIND.get(channel, "erased_left"))),
    ]


def _bubble(name: str, *buttons: dict[str, str], **values: Any) -> dict[str, Any]:
    shown = [{"title": say(one["title"]), "payload": one["payload"]} for one in buttons]
    return {"text": say(name, minutes=LIFE_MINUTES, **values), "buttons": shown}
