"""Measures a crowd of learners at a natural pace: ``python -m benchmarks.crowd``.

A hundred people for five minutes, played by locust, each with a session of their own; they read for 6 to 20 seconds
between two messages. The tutor's real processes run on loopback with an SQLite file, and locust on the same machine.
Afterwards what is stored is looked at: each acknowledged message was one turn, and was answered once, in order.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.our_tutor import OurTutor
from benchmarks.processes import BenchmarkError, run_to_end
from benchmarks.progress import telling
from benchmarks.report import machine
from benchmarks.turns import EXPECTED
from settings import ROOT, load_settings
from tests.faults.audit import find_trouble

STARTED_EACH_SECOND = 4
P95_BUDGET_MS = 1_000


@dataclass(frozen=True)
class CrowdFigures:
    """What a crowd met. Times in milliseconds, from the first byte of a message to the last one of its replies.

    ``cpu_ms`` is the processor time that the tutor's processes used for each turn: it depends least on what else runs.
    """

    people: int
    seconds: int
    turns: int
    errors: int
    median_ms: float
    p95_ms: float
    p99_ms: float
    longest_ms: float
    cpu_ms: float
    trouble: list[str]
    load: list[float]


def main(words: list[str] | None = None) -> int:
    """Measure and report.

    Returns:
        The exit code: 0 measured, 1 a message failed or something stored is wrong, or it did not work.
    """
    options = _parser().parse_args(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        figures = measure(load_settings().var / "bench" / "crowd", options.people, options.seconds)
    except EXPECTED as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    print(f"\n{in_words(figures)}")
    return 1 if figures.errors or figures.trouble else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.crowd", description="Measure a crowd of learners.")
    parser.add_argument("--people", type=int, default=100, help="how many at the same time (default 100)")
    parser.add_argument("--seconds", type=int, default=300, help="for how long (default 300)")
    return parser


def measure(folder: Path, people: int, seconds: int) -> CrowdFigures:
    """Let a crowd in for some seconds, and look at what is stored afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    tutor = OurTutor(folder)
    tutor.prepare()
    with tutor.group() as group:
        with telling("tutor: starting"):
            group.wait_until(tutor.is_ready)
        before = group.cpu_seconds()
        with telling(f"{people} people for {seconds} s"):
            _let_in(folder, tutor.url, people, seconds)
        cpu_seconds = group.cpu_seconds() - before
    figures = _read_figures(folder, people, seconds, cpu_seconds)
    (folder / "crowd.json").write_text(json.dumps({"machine": machine(), **asdict(figures)}, indent=1), "utf-8")
    return figures


def _let_in(folder: Path, url: str, people: int, seconds: int) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "locust", "-f", str(ROOT / "benchmarks" / "crowd_user.py")]
    command += [
        "--headless",
        "--only-summary",
        "--exit-code-on-error",
        "0",
        "--host",
        url,
        "--csv",
        str(folder / "locust"),
    ]
    command += ["-u", str(people), "-r", str(STARTED_EACH_SECOND), "-t", f"{seconds + people // STARTED_EACH_SECOND}s"]
    environment = {**os.environ, "CROWD_REPORT": str(folder)}
    run_to_end(command, environment, ROOT, folder / "log" / "locust.log")


def _read_figures(folder: Path, people: int, seconds: int, cpu_seconds: float) -> CrowdFigures:
    with (folder / "locust_stats.csv").open(encoding="utf-8") as stream:
        rows = {row["Name"]: row for row in csv.DictReader(stream)}
    if "turn" not in rows:
        raise BenchmarkError(f"nobody said anything; see {folder / 'log' / 'locust.log'}")
    turn = rows["turn"]
    acknowledged = (folder / "acknowledged.txt").read_text(encoding="ascii").split()
    return CrowdFigures(
        people=people,
        seconds=seconds,
        turns=int(turn["Request Count"]),
        errors=int(rows["Aggregated"]["Failure Count"]),
        median_ms=float(turn["50%"]),
        p95_ms=float(turn["95%"]),
        p99_ms=float(turn["99%"]),
        longest_ms=float(turn["100%"]),
        cpu_ms=1_000 * cpu_seconds / max(int(turn["Request Count"]), 1),
        trouble=_trouble(folder / "bench.db", acknowledged),
        load=[round(one, 2) for one in os.getloadavg()],
    )


def _trouble(database: Path, acknowledged: list[str]) -> list[str]:
    def read(query: str, *values: Any) -> list[tuple[Any, ...]]:
        return connection.execute(query, values).fetchall()

    with closing(sqlite3.connect(database)) as connection:
        return find_trouble(read, acknowledged)


def in_words(figures: CrowdFigures) -> str:
    """Tell the figures in some lines."""
    lines = [
        f"{figures.people} people for {figures.seconds} s: {figures.turns:,} turns, {figures.errors} errors",
        f"A turn (ms): median {figures.median_ms:.0f}, 95 % within {figures.p95_ms:.0f} (budget {P95_BUDGET_MS:,}),"
        f" 99 % within {figures.p99_ms:.0f}, longest {figures.longest_ms:.0f}",
        f"Processor time of the tutor for each turn: {figures.cpu_ms:.0f} ms",
        f"Load of the machine at the end (1, 5, 15 minutes): {', '.join(map(str, figures.load))}",
        "What is stored: " + ("nothing lost, doubled or out of order" if not figures.trouble else ""),
        *figures.trouble,
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
