"""Two rows about the same thing, of two histories of one person, become one. Pure functions.

Each takes the row of the learner who stays first, and returns the values that count. Rows are mappings by column; times
are UTC without a zone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

Row = Mapping[str, Any]
Rule = Callable[[Row, Row], dict[str, Any]]


def stay(kept: Row, other: Row) -> dict[str, Any]:
    """Keep the row of the learner who stays: it says where that conversation is."""
    return dict(kept)


def merge_learner(kept: Row, other: Row) -> dict[str, Any]:
    """Keep what is known, fill what is not from the other, and count from the earlier beginning."""
    filled = {name: other[name] if value is None else value for name, value in kept.items()}
    return {**filled, "created_at": min(kept["created_at"], other["created_at"])}


def merge_place(kept: Row, other: Row) -> dict[str, Any]:
    """Stand where the person was later; a lesson that was finished once stays finished."""
    later = max(kept, other, key=_place_order)
    return {**later, "is_done": bool(kept["is_done"] or other["is_done"])}


def _place_order(row: Row) -> tuple[datetime, int, int, str]:
    return row["updated_at"], row["step_number"], row["tries"], f"{row['picked']}{row['answered']}{row['is_closed']}"


def merge_repetition(kept: Row, other: Row) -> dict[str, Any]:
    """Bring a question back on the earlier day, so that no practice is missed.

    Of two editions of an item the one that was answered later counts: the course may have changed in between.
    """
    if kept["fingerprint"] != other["fingerprint"]:
        return dict(max((kept, other), key=lambda row: (row["answered_on"], row["fingerprint"])))
    return dict(kept if _due_order(kept) <= _due_order(other) else other)


def _due_order(row: Row) -> tuple[date, float, float, date]:
    return row["due_on"], row["stability"], -row["difficulty"], row["answered_on"]


def merge_mark(kept: Row, other: Row) -> dict[str, Any]:
    """Keep what the team noted about both conversations; read is only what was read in both."""
    tags = dict.fromkeys(tag for row in (kept, other) for tag in row["tags"].split(",") if tag)
    both_read = kept["reviewed_to"] is not None and other["reviewed_to"] is not None
    return {
        **kept,
        "reviewed_to": min(kept["reviewed_to"], other["reviewed_to"]) if both_read else None,
        "is_flagged": bool(kept["is_flagged"] or other["is_flagged"]),
        "tags": "".join(f",{tag}" for tag in tags) + "," if tags else "",
        "note": "\n".join(filter(None, (kept["note"], other["note"]))),
        "handed_to": kept["handed_to"] or other["handed_to"],
    }


RULES: dict[str, Rule] = {  # by table: those whose key names the learner and a thing that both histories may have
    "desk_correction": stay,  # the same message; see handled
    "desk_mark": merge_mark,
    "handled": stay,  # the same message cannot have led to two things; if its id was made twice, one mark is enough
    "learner": merge_learner,
    "lesson_place": merge_place,
    "plan_place": stay,
    "reminded": stay,
    "repetition": merge_repetition,
    "sitting": stay,  # see joining.py: the later one has been chosen before
}
