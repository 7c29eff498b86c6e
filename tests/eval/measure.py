"""How good answers and intents are, measured on the development questions. Run it: ``python -m tests.eval.measure``.

The questions take the same way as in the chat: the trained model first, then retrieval. Nothing of them is trained on.
"""

from __future__ import annotations

import json
import os
import re
import warnings
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.train import train
from knowledge.loader import load_knowledge
from knowledge.markup import parse_yaml
from settings import ROOT, Settings, load_settings

if TYPE_CHECKING:
    from commands.ask import Questions

HERE = Path(__file__).resolve().parent
Row = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One row of a set of questions, and what the tutor made of it."""

    row: Row
    decision: str
    topics: tuple[str, ...]
    score: float

    @property
    def text(self) -> str:
        """The question, and the one before it where there is one."""
        return " / ".join(self.row["turns"]) if "turns" in self.row else str(self.row["text"])

    @property
    def is_right_first(self) -> bool:
        """Whether the topic named first is an accepted one."""
        return bool(self.topics) and self.topics[0] in self.row["topics"]

    @property
    def is_right_among_three(self) -> bool:
        """Whether any of the topics named is an accepted one."""
        return not set(self.topics).isdisjoint(self.row["topics"])


@dataclass(frozen=True)
class Parse:
    """One utterance, and the intent that the model named."""

    row: Row
    intent: str
    confidence: float
    is_seen: bool

    @property
    def is_right(self) -> bool:
        """Whether the intent is the labelled one."""
        return bool(self.intent == self.row["intent"])


@dataclass(frozen=True)
class Figures:
    """The shares that count, each 0 to 1, with how many rows each rests on."""

    covered: int
    covered_right_first: float
    covered_right_among_three: float
    covered_abstained: float
    covered_answered_wrong: float
    planned: int
    planned_right_first: float
    planned_answered_wrong: float
    all_right_first: float
    followups: int
    followups_right_first: float
    unanswerable: int
    unanswerable_abstained: float
    utterances: int
    intents_right: float
    utterances_unseen: int
    intents_right_unseen: float


@dataclass(frozen=True)
class Measured:
    """Everything that was asked and parsed."""

    covered: list[Asked]
    planned: list[Asked]
    followups: list[Asked]
    unanswerable: list[Asked]
    utterances: list[Parse]

    @property
    def figures(self) -> Figures:
        """The shares."""
        unseen = [one for one in self.utterances if not one.is_seen]
        return Figures(
            covered=len(self.covered),
            covered_right_first=share(self.covered, lambda one: one.is_right_first),
            covered_right_among_three=share(self.covered, lambda one: one.is_right_among_three),
            covered_abstained=share(self.covered, lambda one: one.decision == "abstain"),
            covered_answered_wrong=share(self.covered, is_answered_wrong),
            planned=len(self.planned),
            planned_right_first=share(self.planned, lambda one: one.is_right_first),
            planned_answered_wrong=share(self.planned, is_answered_wrong),
            all_right_first=share([*self.covered, *self.planned], lambda one: one.is_right_first),
            followups=len(self.followups),
            followups_right_first=share(self.followups, lambda one: one.is_right_first),
            unanswerable=len(self.unanswerable),
            unanswerable_abstained=share(self.unanswerable, lambda one: one.decision == "abstain"),
            utterances=len(self.utterances),
            intents_right=share(self.utterances, lambda one: one.is_right),
            utterances_unseen=len(unseen),
            intents_right_unseen=share(unseen, lambda one: one.is_right),
        )


def is_answered_wrong(one: Asked) -> bool:
    """Tell whether the tutor gave an answer, and it is not an accepted one: the worst that it can do."""
    return one.decision == "answer" and not one.is_right_first


def share(rows: Collection[Any], is_so: Callable[[Any], bool]) -> float:
    """Return which share of the rows something is true of; 0 where there are none."""
    return sum(1 for row in rows if is_so(row)) / len(rows) if rows else 0.0


def read_set(name: str) -> list[Row]:
    """Read one set of the development questions."""
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def plain(text: str) -> str:
    """Return a text as its words alone, for telling whether two texts are the same."""
    return " ".join(re.findall(r"[\w']+", text.lower().replace("’", "'")))


def training_texts() -> set[str]:
    """Return every example that the model or the index learns from, as words alone."""
    knowledge = load_knowledge()
    questions = [text for texts in knowledge.planned.values() for text in texts]
    questions += [text for entry in knowledge.entries.values() for text in entry.questions]
    files = sorted((ROOT / "bot" / "data" / "nlu").glob("*.yml"))
    rows = [row for path in files for row in parse_yaml(path.read_text(encoding="utf-8"), path.name)["nlu"]]
    examples = [line.removeprefix("- ") for row in rows for line in str(row["examples"]).splitlines()]
    return {plain(text) for text in [*questions, *examples]} - {""}


def measure(questions: Questions) -> Measured:
    """Ask and parse everything; some seconds."""
    written, seen = questions.answerer.knowledge.entries, training_texts()
    asked = [_ask(questions, row) for row in read_set("questions")]
    return Measured(
        covered=[one for one in asked if one.row["topics"][0] in written],
        planned=[one for one in asked if one.row["topics"][0] not in written],
        followups=[_ask(questions, row) for row in read_set("followups") if written.keys() & set(row["topics"])],
        unanswerable=[_ask(questions, row) for row in read_set("unanswerable")],
        utterances=[_parse(questions, row, seen) for row in read_set("utterances")],
    )


def _ask(questions: Questions, row: Row) -> Asked:
    told = questions.answer(row["id"], row.get("turns") or [row["text"]])
    return Asked(row, told["decision"], tuple(told["topics"]), told["score"])


def _parse(questions: Questions, row: Row, seen: set[str]) -> Parse:
    _, parsed, _ = questions.ask([row["text"]])
    return Parse(row, parsed.intent, parsed.confidence, plain(row["text"]) in seen)


def table(figures: Figures) -> str:
    """Set the figures out for reading."""
    values = asdict(figures)
    width = max(len(name) for name in values)
    shown = {name: f"{value:.3f}" if isinstance(value, float) else str(value) for name, value in values.items()}
    return "\n".join(f"{name.replace('_', ' '):{width}}  {value:>6}" for name, value in shown.items())


def list_misses(measured: Measured) -> str:
    """Set out every miss in Markdown, by kind."""
    covered, planned = measured.covered, measured.planned
    kinds = {
        "Covered, and answered with something else": [one for one in covered if is_answered_wrong(one)],
        "Covered, and refused": [one for one in covered if one.decision == "abstain"],
        "Covered, a choice, and the right topic is not first": [
            one for one in covered if one.decision == "choose" and not one.is_right_first
        ],
        "Planned, and answered with something else": [one for one in planned if is_answered_wrong(one)],
        "Follow-ups, and the right topic is not first": [one for one in measured.followups if not one.is_right_first],
        "Unanswerable, and not refused": [one for one in measured.unanswerable if one.decision != "abstain"],
    }
    parts = [_section(kind, [_question_line(one) for one in ones]) for kind, ones in kinds.items()]
    wrong = [one for one in measured.utterances if not one.is_right]
    parts.append(_section("Utterances, and another intent", [_utterance_line(one) for one in wrong]))
    return "\n".join(["# Misses\n", *parts])


def _section(kind: str, lines: list[str]) -> str:
    return "\n".join([f"## {kind}: {len(lines)}\n", *lines, ""])


def _question_line(one: Asked) -> str:
    wanted = ", ".join(one.row.get("topics", [])) or "none"
    return f"- {one.row['id']} {one.text!r}: wanted {wanted}; {one.decision} ({one.score:.2f}) {', '.join(one.topics)}"


def _utterance_line(one: Parse) -> str:
    return f"- {one.row['id']} {one.row['text']!r}: wanted {one.row['intent']}; {one.intent} ({one.confidence:.2f})"


def write_report(measured: Measured, folder: Path) -> None:
    """Write the figures to ``report.json`` and the misses to ``misses.md``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(json.dumps(asdict(measured.figures), indent=2) + "\n", encoding="utf-8")
    (folder / "misses.md").write_text(list_misses(measured), encoding="utf-8")


def measure_all(settings: Settings) -> Measured:
    """Train what is out of date, measure, and write the report to ``eval`` in the tutor's own folder."""
    from commands.ask import Questions  # slow to import: Rasa

    train(settings, print)
    measured = measure(Questions(settings))
    write_report(measured, settings.var / "eval")
    return measured


def main() -> None:
    """Measure and print the table."""
    os.environ.update(RASA_TELEMETRY_ENABLED="false", SQLALCHEMY_SILENCE_UBER_WARNING="1", TF_CPP_MIN_LOG_LEVEL="3")
    import sanic.app  # noqa: F401  # sets a warnings filter at import, which the next line has to come after

    warnings.simplefilter("ignore")
    settings = load_settings()
    measured = measure_all(settings)
    print(table(measured.figures))
    print(f"every miss: {settings.var / 'eval' / 'misses.md'}")


if __name__ == "__main__":
    main()
