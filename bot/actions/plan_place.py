"""Where a conversation about a person's own project stands: slots, buttons, and quotes of what was written."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk.events import SlotSet

from bot.actions.turn import Button, Event, Turn, button
from knowledge.model import PlanQuestion, Stage
from learning import plan
from learning.plan import StageStatus
from learning.store import Payload

QUOTE_LIMIT_WORDS = 30
QUOTE_LIMIT_CHARS = 240
_MARKS = re.compile(r"([\\`*_\[\]<>#&~|])")


def interview_slots(kind: str) -> list[Event]:
    """Say that the next text may answer an open question: of ``plan``, ``compare``, ``new_project`` or ``rename``."""
    return [SlotSet("step", "interview"), SlotSet("interview", kind), SlotSet("last_topic_id", None)]


def stage_slots() -> list[Event]:
    """Say that the person looks at their plan, and nothing is open."""
    return [SlotSet("step", "stage"), SlotSet("interview", None), SlotSet("last_topic_id", None)]


def left_slots() -> list[Event]:
    """Say that the interview was left."""
    return [SlotSet("step", "none"), SlotSet("interview", None)]


def found_at(turn: Turn, outcome: Payload) -> tuple[Stage, PlanQuestion]:
    """Return the stage and the question that an outcome is about."""
    found = plan.question_at(turn.parts.knowledge.stages, outcome["project"]["question_id"])
    assert found, f"{outcome['kind']} away from a question"
    return found


def statuses(turn: Turn, outcome: Payload) -> list[StageStatus]:
    """Tell how far each stage was when an outcome came about."""
    return plan.status_of(turn.parts.knowledge.stages, dict.fromkeys(outcome["answered"], "answered"))


def progress(stage: Stage, question_id: str) -> dict[str, Any]:
    """Return where a question stands in its stage."""
    ids = plan.ids_of(stage)
    return {"lesson": stage.title, "done": ids.index(question_id) + 1, "total": len(ids)}


def question_buttons(stage: Stage, question_id: str) -> list[Button]:
    """Make the buttons under a question of the Roadmap; each names the question that it stands under."""
    moves = {"help": "What is meant?", "example": "Example", "skip": "Skip", "back": "Back"}
    if question_id == plan.ids_of(stage)[0]:
        del moves["back"]
    made = [button(title, "edit_plan", question_id=question_id, move=move) for move, title in moves.items()]
    return [*made, button("My plan", "show_plan"), button("Other stage", "choose_stage")]


def stage_buttons(found: list[StageStatus]) -> list[Button]:
    """Make a button for each stage, with how far it is."""
    return [
        button(f"{status.stage.title}{_count(status)}", "choose_stage", stage_id=status.stage.id) for status in found
    ]


def _count(status: StageStatus) -> str:
    total = len(status.answered) + len(status.still_open)
    return f" ({len(status.answered)} of {total})" if status.answered else ""


def quote(text: str, limit_words: int = QUOTE_LIMIT_WORDS) -> str:
    r"""Quote in short what a person wrote; marks of Markdown in it stay what they are.

    Example:
        >>> quote("*Two*  rooms\nfree", 2)
        '\\*Two\\* rooms …'
    """
    words = text.split()
    line = " ".join(words[:limit_words])
    is_cut = len(words) > limit_words or len(line) > QUOTE_LIMIT_CHARS
    return as_written(line[:QUOTE_LIMIT_CHARS].rstrip()) + (" …" if is_cut else "")


def as_written(text: str) -> str:
    r"""Write what a person wrote so that marks of Markdown in it stay what they are.

    Example:
        >>> as_written("so *late*")
        'so \\*late\\*'
    """
    return _MARKS.sub(r"\\\1", text)
