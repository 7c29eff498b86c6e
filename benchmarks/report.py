"""Figures of a run: their ratios, a table to read, and ``report.json``."""

from __future__ import annotations

import json
import os
import platform
import random
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

RESAMPLES = 1_000
GOAL_TO_STOCK = 0.6
GOAL_OF_GROWTH = 1.15
Times = Sequence[float]


@dataclass
class Figures:
    """What a run measured, each by the name of the system.

    Attributes:
        history: Turns of the long conversation when it is measured.
        short_ms: Wall time of turns at about 20 turns of history.
        long_ms: Wall time of turns of the long conversation.
        start_s: Seconds from the second start until a first turn was answered.
        memory_mb: Resident memory of all processes after the last turn; None where it cannot be read.
    """

    history: int
    short_ms: dict[str, list[float]]
    long_ms: dict[str, list[float]]
    start_s: dict[str, float]
    memory_mb: dict[str, float | None]


@dataclass(frozen=True)
class Ratio:
    """A ratio of two figures; of medians with the range that 95 % of resamples fall into."""

    what: str
    value: float | None
    low: float | None = None
    high: float | None = None
    goal: float | None = None

    def __str__(self) -> str:
        """Say it in a few words."""
        if self.value is None:
            return "-"
        spread = f" ({self.low:.2f} to {self.high:.2f})" if self.low is not None else ""
        goal = f"   goal: at most {self.goal:.2f}" if self.goal is not None else ""
        return f"{self.value:.2f}{spread}{goal}"


def ratios_of(figures: Figures) -> list[Ratio]:
    """Compare: the tutor with the stock assistant, and each with itself after a long conversation."""
    short, long = figures.short_ms, figures.long_ms
    at_length = f"{figures.history:,} turns"
    return [
        ratio_of_medians("a turn at 20 turns, tutor / stock", short["tutor"], short["stock"], GOAL_TO_STOCK),
        ratio_of_medians(f"tutor, at {at_length} / at 20", long["tutor"], short["tutor"], GOAL_OF_GROWTH),
        ratio_of_medians(f"stock, at {at_length} / at 20", long["stock"], short["stock"]),
        ratio_of_medians(f"a turn at {at_length}, tutor / stock", long["tutor"], long["stock"]),
        Ratio("start, tutor / stock", figures.start_s["tutor"] / figures.start_s["stock"]),
        Ratio("memory, tutor / stock", _divide(figures.memory_mb["tutor"], figures.memory_mb["stock"])),
    ]


def _divide(above: float | None, below: float | None) -> float | None:
    return above / below if above and below else None


def ratio_of_medians(what: str, above: Times, below: Times, goal: float | None = None) -> Ratio:
    """Divide the medians of two sets of times, with the range that 95 % of resamples fall into."""
    chance = random.Random(1)
    resampled = sorted(_median_of_some(chance, above) / _median_of_some(chance, below) for _ in range(RESAMPLES))
    low, high = resampled[RESAMPLES * 25 // 1000], resampled[RESAMPLES * 975 // 1000]
    return Ratio(what, statistics.median(above) / statistics.median(below), low, high, goal)


def _median_of_some(chance: random.Random, times: Times) -> float:
    return statistics.median(chance.choices(times, k=len(times)))


def p95(times: Times) -> float:
    """Return the time that 95 % of turns keep below."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def in_words(figures: Figures) -> str:
    """Make the table for the terminal."""
    rows = [
        ("", "tutor", "stock"),
        ("A turn as a client sees it (ms)", "median / p95", "median / p95"),
        ("  at 20 turns of history", *_both(figures.short_ms)),
        (f"  at {figures.history:,} turns", *_both(figures.long_ms)),
        ("Start until a first turn is answered (s)", *(f"{figures.start_s[name]:.1f}" for name in ("tutor", "stock"))),
        ("Memory of all processes (MB)", *(_whole(figures.memory_mb[name]) for name in ("tutor", "stock"))),
    ]
    lines = [f"{what:<42}{tutor:>18}{stock:>18}" for what, tutor, stock in rows]
    told = [f"{ratio.what:<42}{ratio}" for ratio in ratios_of(figures)]
    return "\n".join([*lines, "", "Ratios (smaller is better; in brackets the range of 95 % of resamples)", *told])


def _both(times_ms: dict[str, list[float]]) -> list[str]:
    return [f"{statistics.median(times_ms[name]):.1f} / {p95(times_ms[name]):.1f}" for name in ("tutor", "stock")]


def _whole(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def keep(figures: Figures, path: Path) -> None:
    """Write ``report.json``: the summary, the ratios, every single time, and the machine."""
    content = {
        "at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "machine": machine(),
        "turn_ms": {"20": _summary(figures.short_ms), str(figures.history): _summary(figures.long_ms)},
        "ratios": [asdict(ratio) for ratio in ratios_of(figures)],
        **asdict(figures),
    }
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")


def _summary(times_ms: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    return {
        name: {"turns": len(times), "median": statistics.median(times), "p95": p95(times)}
        for name, times in times_ms.items()
    }


def machine() -> dict[str, Any]:
    """Describe the machine that was measured on."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "rasa": version("rasa"),
    }
