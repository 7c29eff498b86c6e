"""The bubbles of a stage of the Roadmap: what it is for, its questions with their help, and what helped elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.model import Passage, PlanQuestion, Stage
from knowledge.readability import count_words
from telling.bubbles import BUBBLE_LIMIT_WORDS, split_text
from telling.cards import Bubble

TIPS_LIMIT_WORDS = 42
PITFALLS_LIMIT_WORDS = 32
HEADING_WORDS = 2
FIRST_MOVES = ("What is meant?", "Example", "Skip")


def opening_bubble(stage: Stage) -> Bubble:
    """Say what a stage is for."""
    purpose = stage.purpose
    noted = f"{purpose.text}\n\n*{purpose.note}*" if purpose.note else purpose.text
    return Bubble("utter_stage_opening", {"stage": stage.title, "purpose": noted})


def question_bubble(stage: Stage, question: PlanQuestion, before: str = "") -> Bubble:
    """Ask a question; ``before`` is what was answered to it, as it is quoted."""
    number = [one.key for one in stage.questions].index(question.key) + 1
    values = {"stage": stage.title, "number": str(number), "total": str(len(stage.questions)), "ask": question.ask}
    return Bubble("utter_plan_question_again" if before else "utter_plan_question", {**values, "before": before})


def help_bubble(question: PlanQuestion) -> Bubble:
    """Say what a question means; the one with a note stands alone, the other repeats the question."""
    note = note_on_help(question)
    name = "utter_plan_help_with_note" if note else "utter_plan_help"
    return Bubble(name, {"help": question.help, "ask": question.ask, "note": note})


def example_bubble(question: PlanQuestion) -> Bubble:
    """Show what somebody might write."""
    name = "utter_plan_example_with_note" if question.note else "utter_plan_example"
    return Bubble(name, {"example": question.example, "note": question.note or ""})


def note_on_help(question: PlanQuestion) -> str:
    """Take from a question's note what is not about its example, which tells it itself."""
    parts = [part.strip() for part in (question.note or "").split(";")]
    return "; ".join(part for part in parts if part and "example" not in part)


def advice_bubble(stage: Stage) -> tuple[Bubble, tuple[str, ...]]:
    """Name the first tips and pitfalls of a stage, as many as fit; and the keys of what they rest on."""
    tips, pitfalls = _fitting(stage.tips, TIPS_LIMIT_WORDS), _fitting(stage.pitfalls, PITFALLS_LIMIT_WORDS)
    bubble = Bubble("utter_stage_advice", {"tips": _lines(tips), "pitfalls": _lines(pitfalls)})
    return bubble, sources_of([*tips, *pitfalls])


def advice_bubbles(response: str, passages: Sequence[Passage]) -> list[Bubble]:
    """Tell all tips, or all pitfalls, of a stage."""
    pages = split_text("\n\n".join(_with_note(one) for one in passages), BUBBLE_LIMIT_WORDS - HEADING_WORDS)
    return [Bubble(response, {"advice": text}) for text in pages]


def sources_of(passages: Iterable[Passage]) -> tuple[str, ...]:
    """Return the keys of what some passages rest on, each once."""
    return tuple(dict.fromkeys(key for one in passages for key in one.sources))


def _with_note(passage: Passage) -> str:
    return f"{passage.text} *({passage.note})*" if passage.note else passage.text


def _fitting(passages: Sequence[Passage], limit_words: int) -> list[Passage]:
    """Take passages from the first on, as many as fit; at least one."""
    told: list[Passage] = []
    for passage in passages:
        if told and count_words(" ".join(_with_note(one) for one in (*told, passage))) > limit_words:
            break
        told.append(passage)
    return told


def _lines(passages: Iterable[Passage]) -> str:
    return "\n".join(f"- {_with_note(one)}" for one in passages)
