"""Judging a freshly trained model beside the one that answers now: the same questions, the same content, the whole way.

What is asked: the questions that the desk keeps to test with, which nobody learns; the practice questions, which only
set thresholds; the product's own development questions where they are at hand; and what people really asked. Each
figure says of how many, and the questions of people are told one by one where they would get something else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.components.importer import INTENT_OF_GROUP
from commands.ask import TAKEN_AS_QUESTIONS, Understanding
from commands.train import index_path
from knowledge.answering import Answerer
from knowledge.encoder import Encoder
from knowledge.index_file import load_index
from knowledge.listed import form_of
from knowledge.model import Knowledge
from review.outcomes import Outcome, outcome_of
from review.past_questions import PastQuestion
from settings import ROOT, Settings

EVAL_FOLDER = ROOT / "tests" / "eval"
Report = Callable[[str], None]


@dataclass(frozen=True)
class Told:
    """What a model makes of a text: what comes of it, and the intent where it is a command."""

    outcome: Outcome
    intent: str


@dataclass(frozen=True)
class Probe:
    """A text with what ought to come of it: one of some topics, a refusal (no topics), or an intent."""

    group: str
    text: str
    topics: tuple[str, ...] = ()
    intent: str = ""

    def is_right(self, told: Told) -> bool:
        """Tell whether this is what ought to come."""
        if self.intent:
            return told.intent == self.intent
        if self.topics:
            return told.outcome.kind == "answer" and told.outcome.keys[0] in self.topics
        return told.outcome.kind in ("none", "correction", "language")


@dataclass(frozen=True)
class Figure:
    """How many of a group came out right, with the model that answers now and with the fresh one."""

    group: str
    before: int
    after: int
    of: int


class Judge:
    """A model with its index, asked as the chat does when no lesson is open."""

    def __init__(self, settings: Settings, knowledge: Knowledge, encoder: Encoder) -> None:
        self._understanding = Understanding(settings)
        self._answerer = Answerer(knowledge, load_index(index_path(settings), knowledge, encoder), encoder)

    def tell(self, text: str) -> Told:
        """Say what comes of a text."""
        parsed = self._understanding.parse(text)
        if parsed.is_sure and parsed.intent not in TAKEN_AS_QUESTIONS:
            return Told(Outcome("command", (parsed.intent,)), parsed.intent)
        return Told(outcome_of(self._answerer.ask(text)), parsed.intent)


def find_probes(knowledge: Knowledge, folder: Path = EVAL_FOLDER) -> list[Probe]:
    """List what is asked; what the content teaches word for word is left out, as it would judge nothing."""
    known = {form_of(text) for entry in knowledge.entries.values() for text in entry.questions}
    known |= {form_of(text) for texts in knowledge.refusals.values() for text in texts}
    desk = [Probe("Questions kept to test with", text, topics) for text, topics in knowledge.evaluation]
    practice = [Probe("Practice questions", text, topics) for text, topics in knowledge.practice]
    probes = [*desk, *practice, *_development(folder)]
    return [one for one in probes if form_of(one.text) not in known]


def _development(folder: Path) -> list[Probe]:
    """Read the development questions, where they are: an installation may come without them."""
    asked = [
        Probe("Development questions", row["text"], tuple(row["topics"])) for row in _rows(folder / "questions.jsonl")
    ]
    refused = [Probe("Questions to be refused", row["text"]) for row in _rows(folder / "unanswerable.jsonl")]
    said = [row for row in _rows(folder / "utterances.jsonl") if row["intent"] not in INTENT_OF_GROUP.values()]
    return [*asked, *refused, *(Probe("Wishes and commands", row["text"], intent=row["intent"]) for row in said)]


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def ask_all(
    judge: Judge, probes: Sequence[Probe], past: Sequence[PastQuestion], report: Report, whose: str
) -> tuple[list[Told], list[Told]]:
    """Ask everything; say now and then how far it is."""
    texts, told = [*(one.text for one in probes), *(one.text for one in past)], []
    for number, text in enumerate(texts):
        told.append(judge.tell(text))
        if number % 50 == 0:
            report(f"asking {whose} model: {number} of {len(texts)}")
    return told[: len(probes)], told[len(probes) :]


def compare(
    probes: Sequence[Probe],
    past: Sequence[PastQuestion],
    before: tuple[list[Told], list[Told]],
    after: tuple[list[Told], list[Told]],
) -> dict[str, Any]:
    """Put both models side by side, as the report that the desk shows.

    Questions of people are named by their rows, so that they leave the report when somebody is forgotten.
    """
    groups = dict.fromkeys(one.group for one in probes)
    figures = []
    for group in groups:
        rows = [number for number, one in enumerate(probes) if one.group == group]
        right = [sum(probes[row].is_right(told[0][row]) for row in rows) for told in (before, after)]
        figures.append(asdict(Figure(group, right[0], right[1], len(rows))))
    changed = [
        {"question": asked.question_id, "times": asked.times, "before": list(old.outcome), "after": list(new.outcome)}
        for asked, old, new in zip(past, before[1], after[1], strict=True)
        if old.outcome != new.outcome
    ]
    lost = [
        {"group": probe.group, "text": probe.text, "before": list(old.outcome), "after": list(new.outcome)}
        for probe, old, new in zip(probes, before[0], after[0], strict=True)
        if probe.is_right(old) and not probe.is_right(new)
    ]
    return {"figures": figures, "changed": changed, "lost": lost, "past": len(past)}
