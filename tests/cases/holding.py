"""Whether the tutor does what the cases say: asked the same way as in the chat."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

HERE = Path(__file__).resolve().parent
Row = dict[str, Any]


class Tutor(Protocol):
    """Answers and understands; ``commands.ask.Questions`` does."""

    def answer(self, row_id: Any, turns: list[str]) -> Row:
        """Answer as ``tutor ask`` does."""

    def intent(self, text: str) -> str:
        """Say what a text is taken for."""


def read_cases(folder: Path = HERE) -> list[Row]:
    """Read every line of every file in a folder."""
    files = sorted(folder.glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines() if line]


def broken(tutor: Tutor, rows: Iterable[Row]) -> list[str]:
    """Tell which cases do not hold, and what happens instead."""
    return [told for row in rows if (told := _broken(tutor, row))]


def _broken(tutor: Tutor, row: Row) -> str:
    if "intent" in row:
        intent = tutor.intent(row["text"])
        return (
            ""
            if intent == row["intent"]
            else f"{row['id']}: {row['text']!r} is taken for {intent}, not {row['intent']}"
        )
    told = tutor.answer(row["id"], [row["text"]])
    if not row["topics"]:
        is_right = told["decision"] == "abstain"
        return "" if is_right else f"{row['id']}: {row['text']!r} must not be answered; it gets {told['topics'][:1]}"
    is_right = told["decision"] != "abstain" and told["topics"][0] in row["topics"]
    return "" if is_right else f"{row['id']}: {row['text']!r} finds {told['topics'][:1]}, not {row['topics']}"
