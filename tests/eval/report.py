"""The figures set out for reading, and all of them in a file for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.eval.asking import Measured
from tests.eval.baselines import OURS, Baseline
from tests.eval.bootstrap import Interval
from tests.eval.figures import Figures, by_kind
from tests.eval.folds import FoldFigures
from tests.eval.misses import list_confusions, list_misses

LABELS = {
    "right_first": "right topic first",
    "right_among_three": "right topic among three",
    "right_offered": "right topic answered, or among the choices",
    "answered_wrong": "answered with something else",
    "offered_choice": "a choice offered",
    "abstained": "refused although it is covered",
    "refused_far_off": "not covered, refused: off, noise, inject, personal",
    "refused_close_by": "not covered, refused or corrected: near, trick",
    "followups_right_first": "follow-ups, right topic first",
    "followups_abstained": "follow-ups refused",
    "practice_followups_right_first": "follow-ups for practice, right topic first",
    "practice_followups_abstained": "follow-ups for practice refused",
    "new_followups_right_first": "new follow-ups, not tuned on, right topic first",
    "distress_told": "distress, people who can help are named",
    "distress_stopped": "distress, tutoring stops at once",
    "calm_stopped": "sounds like distress and is none: tutoring stops",
    "calm_told": "sounds like distress and is none: help is named beside",
    "personal_sent_on": "personal decisions, declined with where to turn",
    "personal_answered": "personal decisions answered, or a choice offered",
    "covered_offered": "like personal and covered: answered, or in the choice",
    "intents_right": "utterances, right intent",
    "intents_right_unseen": "utterances that no example equals, right intent",
    "practice_right_first": "questions that calibrate, right topic first",
    "practice_right_among_three": "questions that calibrate, among three",
    "variants_right_first": "own variants left out (5 folds), right topic first",
    "variants_right_among_three": "own variants left out (5 folds), among three",
}
CELL_CHARS = 18


@dataclass(frozen=True)
class Evaluation:
    """All that was measured, and on what.

    ``content`` is the version of the content; ``selector`` says what the kept baseline was made of.
    """

    content: str
    measured: Measured
    baselines: list[Baseline]
    selector: dict[str, Any]
    figures: Figures
    folds: FoldFigures | None = None


def table(evaluation: Evaluation) -> str:
    """Set out the figures in percent, each with its 95 % interval; a system stands only where it can take part."""
    lines = {**evaluation.figures.lines, **(evaluation.folds.lines if evaluation.folds else {})}
    systems = [OURS, *(one.name for one in evaluation.baselines)]
    width = max(map(len, LABELS.values()))
    head = f"{'percent (95 % interval)':{width}}  rows" + "".join(f"{name:>{CELL_CHARS}}" for name in systems)
    rows = [_row(label, lines[line], systems, width) for line, label in LABELS.items() if line in lines]
    return "\n".join([head, *rows, "", *_notes(evaluation)])


def _row(label: str, cells: Mapping[str, Interval], systems: list[str], width: int) -> str:
    shown = "".join(f"{_percent(cells[name]) if name in cells else '':>{CELL_CHARS}}" for name in systems)
    return f"{label:{width}}  {cells[OURS].rows:4}{shown}".rstrip()


def _percent(one: Interval) -> str:
    return f"{100 * one.value:.1f} ({100 * one.low:.0f}-{100 * one.high:.0f})"


def _notes(evaluation: Evaluation) -> list[str]:
    figures, selector = evaluation.figures, evaluation.selector
    kinds = by_kind(evaluation.measured.practice_followups, lambda one: one.is_right_first)
    told = ", ".join(f"{kind} {100 * one.value:.0f} of {one.rows}" for kind, one in kinds.items())
    made_of = f"{selector['date']}, {selector['epochs']} epochs, content {selector['content']}"
    is_old = "" if selector["content"] == evaluation.content else f" (now {evaluation.content}: make eval-baselines)"
    return [
        f"margin over the best baseline ({figures.best_baseline}), points: {_percent(figures.margin)}",
        f"follow-ups for practice by kind, percent: {told}",
        f"the ResponseSelector was trained on {made_of}{is_old}",
    ]


def write_report(evaluation: Evaluation, folder: Path, coverage: list[dict[str, Any]] | None = None) -> None:
    """Write ``report.json``, ``misses.md`` and ``confusion.md``."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "report.json": json.dumps(_as_json(evaluation, coverage), indent=2) + "\n",
        "misses.md": list_misses(evaluation.measured),
        "confusion.md": list_confusions(evaluation.measured, evaluation.folds),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def _as_json(evaluation: Evaluation, coverage: list[dict[str, Any]] | None) -> dict[str, Any]:
    figures, measured = evaluation.figures, evaluation.measured
    lines = {**figures.lines, **(evaluation.folds.lines if evaluation.folds else {})}
    kinds = {
        "unanswerable_refused": by_kind(measured.unanswerable, lambda one: one.is_refused),
        "practice_followups_right_first": by_kind(measured.practice_followups, lambda one: one.is_right_first),
        "new_followups_right_first": by_kind(measured.new_followups, lambda one: one.is_right_first),
        "distress_right": by_kind(measured.distress, lambda one: one.is_right),
        "personal_sent_on": by_kind(measured.personal, lambda one: one.is_sent_on),
        "right_first_by_style": by_kind(measured.questions, lambda one: one.is_right_first, "style"),
    }
    return {
        "content": evaluation.content,
        "response_selector": evaluation.selector,
        "figures": _plain(lines),
        "margin": {"over": figures.best_baseline, **asdict(figures.margin)},
        "by_kind": _plain(kinds),
        "coverage": coverage,
    }


def _plain(lines: Mapping[str, Mapping[str, Interval]]) -> dict[str, Any]:
    return {line: {name: asdict(one) for name, one in cells.items()} for line, cells in lines.items()}
