"""A picture of coverage against precision: how many questions are answered, and how many of the answers are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.eval.asking import Asked, Measured, is_first
from tests.eval.baselines import OURS, Baseline
from tests.eval.bootstrap import Interval, share

COLOURS = {OURS: "#0b5fa5", "BM25": "#b3261e", "vectors": "#2e7d32", "TF-IDF": "#8e5a00", "ResponseSelector": "#6b4fa0"}
DASHES = {OURS: "-", "BM25": "--", "vectors": "-.", "TF-IDF": ":", "ResponseSelector": (0, (5, 1, 1, 1, 1, 1))}
LEAST_SHOWN = 0.05  # below it, a curve is a handful of questions
NAME = "coverage"


@dataclass(frozen=True)
class Curve:
    """Share answered and share right of those answered, as the threshold falls; both of shape (n,)."""

    answered: np.ndarray
    right: np.ndarray

    def right_at(self, answered: float) -> float:
        """Return the share right where at least so many are answered; 0 when so many never are."""
        place = int(np.searchsorted(self.answered, answered - 1e-9))
        return float(self.right[place]) if place < len(self.right) else 0.0


@dataclass(frozen=True)
class Panel:
    """One part of the picture: curves by system, and the point that the tutor works at."""

    title: str
    rows: int
    curves: dict[str, Curve]
    answered: float
    right: Interval


def draw_curve(scores: Sequence[float], is_right: Sequence[bool]) -> Curve:
    """Let a threshold fall through the scores; what has the same score is answered together, what has 0 never.

    Source:
        El-Yaniv & Wiener 2010, On the foundations of noise-free selective classification (risk and coverage).
    """
    values, flags = np.asarray(scores, dtype=float), np.asarray(is_right, dtype=float)
    order = np.argsort(-values, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(values[order]) < 0, True))
    ends = ends[values[order][ends] > 0]
    return Curve((ends + 1) / len(values), np.cumsum(flags[order])[ends] / (ends + 1))


def make_panels(measured: Measured, baselines: Sequence[Baseline]) -> tuple[Panel, Panel]:
    """Make both parts: the questions that the course covers, and these with those that it does not."""
    covered, both = measured.questions, [*measured.questions, *measured.unanswerable]
    return (
        _panel(f"The {len(covered)} questions that the course covers", covered, baselines),
        _panel(f"With {len(both) - len(covered)} that it does not cover", both, baselines),
    )


def _panel(title: str, asked: Sequence[Asked], baselines: Sequence[Baseline]) -> Panel:
    curves = {OURS: draw_curve([one.chance for one in asked], [_is_right(one, one.topics) for one in asked])}
    for baseline in baselines:
        guesses = {**baseline.guesses.get("questions", {}), **baseline.guesses.get("unanswerable", {})}
        found = [guesses[one.id] for one in asked if one.id in guesses]
        if len(found) < len(asked):  # kept guesses of an older set
            continue
        is_right = [_is_right(one, guess.topics) for one, guess in zip(asked, found, strict=True)]
        curves[baseline.name] = draw_curve([guess.score for guess in found], is_right)
    answers = [_is_right(one, one.topics) for one in asked if one.decision == "answer"]
    return Panel(title, len(asked), curves, len(answers) / len(asked), share(answers))


def _is_right(one: Asked, topics: tuple[str, ...]) -> bool:
    return "topics" in one.row and is_first(one.row, topics)


def draw(panels: Sequence[Panel], folder: Path) -> list[Path]:
    """Draw the panels side by side; once to be read on a page, once for what shows no SVG."""
    import matplotlib as mpl  # slow to import
    from matplotlib.figure import Figure

    folder.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context({"svg.hashsalt": NAME, "svg.fonttype": "none", "font.size": 10}):
        figure = Figure(figsize=(11, 5), layout="constrained")
        for axes, panel in zip(figure.subplots(1, len(panels), sharey=True, squeeze=False)[0], panels, strict=True):
            _draw_panel(axes, panel)
        paths = [folder / f"{NAME}.svg", folder / f"{NAME}.png"]
        figure.savefig(paths[0], metadata={"Date": None})
        figure.savefig(paths[1], dpi=150)
    return paths


def _draw_panel(axes: Any, panel: Panel) -> None:
    for name, curve in panel.curves.items():
        shown = curve.answered >= LEAST_SHOWN
        style = {"linestyle": DASHES[name], "color": COLOURS[name], "linewidth": 2.4 if name == OURS else 1.4}
        axes.plot(curve.answered[shown], curve.right[shown], label=name, **style)
    ends = [[panel.right.value - panel.right.low], [panel.right.high - panel.right.value]]
    point = f"where it works: {panel.answered:.0%} answered, {panel.right.value:.0%} right"
    axes.errorbar(
        [panel.answered], [panel.right.value], yerr=ends, fmt="o", color=COLOURS[OURS], capsize=4, label=point
    )
    axes.set(title=panel.title, xlabel="share of questions answered", xlim=(0, 1.02), ylim=(0, 1.02))
    axes.set_ylabel("share right of those answered")
    axes.grid(alpha=0.3)
    axes.legend(loc="lower left", frameon=False)


def read_aloud(panels: Sequence[Panel]) -> str:
    """Say in two sentences what the picture shows."""
    covered, both = panels
    name, theirs = _best_other(covered)
    other, mixed = _best_other(both)
    return (
        f"Of the questions that the course covers, the tutor answers {covered.answered:.0%} at once and "
        f"{covered.right.value:.0%} of these answers are right ({covered.right.low:.0%} to {covered.right.high:.0%}); "
        f"with as many answers, the best baseline there, {name}, would be right in {theirs:.0%}. "
        f"With the questions mixed in that the course does not cover, it answers {both.answered:.0%}, and "
        f"{both.right.value:.0%} of the answers are right, against {mixed:.0%} of {other}."
    )


def _best_other(panel: Panel) -> tuple[str, float]:
    found = {name: curve.right_at(panel.answered) for name, curve in panel.curves.items() if name != OURS}
    name = max(found, key=lambda one: found[one])
    return name, found[name]


def as_json(panels: Sequence[Panel]) -> list[dict[str, Any]]:
    """Return the panels for the report's file."""
    return [
        {
            "title": panel.title,
            "answered": panel.answered,
            "right": panel.right.value,
            "right_of_baselines": {name: curve.right_at(panel.answered) for name, curve in panel.curves.items()},
        }
        for panel in panels
    ]
