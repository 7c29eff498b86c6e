"""Measures one question, from its text to what is found for it: ``python -m benchmarks.questions``.

Two things are measured, with the development questions, on one core, in one process that is warm:

- The course as it is: how long a question takes, and what share of it the sentence encoder has.
- A made-up course of 20,000 topics beside one of 200, eight passages each (see ``crowded``): how much longer a question
  takes when there is a hundred times as much to look through. Each question is asked of both, one after the other.

Times are of the processor and not of the clock, so that other work on the machine counts little. Nothing here passes or
fails: times depend on the machine, and ratios are what to look at.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.crowded import crowd
from benchmarks.progress import say, telling
from benchmarks.report import Ratio, machine, p95, ratio_of_medians
from commands.train import TrainingError, index_path, train
from knowledge.answering import Answerer
from knowledge.encoder import SentenceEncoder, load_encoder
from knowledge.errors import KnowledgeError
from knowledge.index_file import load_index
from knowledge.loader import load_knowledge
from settings import ROOT, Settings, SettingsError, load_settings

QUESTIONS = ROOT / "tests" / "eval" / "questions.jsonl"
FEW_TOPICS, MANY_TOPICS = 200, 20_000
WARM_UP_QUESTIONS = 20
GOAL_P95_MS = 25.0
GOAL_OF_GROWTH = 1.5
EXPECTED = (TrainingError, KnowledgeError, SettingsError)


@dataclass(frozen=True)
class Figures:
    """What a run measured, in milliseconds of the processor, each in the order of the questions.

    ``own`` is of the course as it is, ``encoding`` the encoder's part of it; ``few`` and ``many`` are of the made-up
    courses, and ``n_topics`` says how many topics the large one has.
    """

    n_topics: int
    own: list[float]
    encoding: list[float]
    few: list[float]
    many: list[float]

    @property
    def ratios(self) -> list[Ratio]:
        """What to look at."""
        return [
            Ratio(f"95 of 100 questions / {GOAL_P95_MS:.0f} ms", p95(self.own) / GOAL_P95_MS, goal=1.0),
            Ratio("the encoder / a question", sum(self.encoding) / sum(self.own)),
            ratio_of_medians(f"{self.n_topics:,} topics / {FEW_TOPICS}", self.many, self.few, GOAL_OF_GROWTH),
        ]


def main(words: list[str] | None = None) -> int:
    """Measure and report.

    Returns:
        The exit code: 0 measured, 1 it did not work, 130 stopped from outside.
    """
    options = _parser().parse_args(words)
    try:
        settings = load_settings()
        train(settings, say)
        _keep_to_one_core()
        with threadpool_limits(1):
            figures = measure(settings, options.topics)
    except EXPECTED as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("stopped")
        return 130
    path = settings.var / "bench" / "questions.json"
    keep(figures, path)
    print(f"\n{in_words(figures)}\n\nAll figures: {path}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.questions", description="Measure one question.")
    told = f"topics of the large made-up course (default {MANY_TOPICS:,})"
    parser.add_argument("--topics", type=int, default=MANY_TOPICS, help=told)
    return parser


def _keep_to_one_core() -> None:
    """Stay on one core, where the system can be told so."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def measure(settings: Settings, n_topics: int) -> Figures:
    """Measure the course as it is, then the made-up ones."""
    encoder, knowledge = TimedEncoder(load_encoder(settings.encoder_dir)), load_knowledge()
    trained = load_index(index_path(settings), knowledge)
    questions = [str(json.loads(line)["text"]) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    with telling(f"asking {len(questions)} questions"):
        (own,), encoding = _ask_all([Answerer(knowledge, trained, encoder)], questions, encoder)
    with telling(f"making up courses of {FEW_TOPICS} and {n_topics:,} topics"):
        made = [Answerer(*crowd(knowledge, trained.learnt, n), encoder) for n in (FEW_TOPICS, n_topics)]
    with telling("asking them the same"):
        (few, many), _ = _ask_all(made, questions, encoder)
    return Figures(n_topics, own, encoding, few, many)


class TimedEncoder:
    """The encoder, with the time that it took since it was last asked."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self.key = encoder.key
        self._taken_ms = 0.0

    def encode(self, texts: list[str]) -> np.ndarray:
        """Encode texts, as the encoder does."""
        took_ms, vectors = _timed(lambda: self._encoder.encode(texts))
        self._taken_ms += took_ms
        return vectors

    def taken_ms(self) -> float:
        """Return the time taken since this was asked last."""
        taken, self._taken_ms = self._taken_ms, 0.0
        return taken


def _ask_all(
    answerers: list[Answerer], questions: list[str], encoder: TimedEncoder
) -> tuple[list[list[float]], list[float]]:
    """Ask each question of each course in turn; give the times of each, and the encoder's in the first course."""
    for answerer in answerers:
        for question in questions[:WARM_UP_QUESTIONS]:
            answerer.ask(question)
    times_ms: list[list[float]] = [[] for _ in answerers]
    encoding_ms = []
    for question in questions:
        for answerer, times in zip(answerers, times_ms, strict=True):
            encoder.taken_ms()
            times.append(_timed(lambda ask=answerer.ask, text=question: ask(text))[0])
            if answerer is answerers[0]:
                encoding_ms.append(encoder.taken_ms())
    return times_ms, encoding_ms


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.thread_time()
    result = work()
    return (time.thread_time() - begun) * 1000.0, result


def in_words(figures: Figures) -> str:
    """Make the table for the terminal."""
    few, many = f"a made-up course of {FEW_TOPICS} topics", f"a made-up course of {figures.n_topics:,} topics"
    rows = {"the course as it is": figures.own, few: figures.few, many: figures.many}
    lines = [f"  {what:<40}{statistics.median(times):8.1f} / {p95(times):.1f}" for what, times in rows.items()]
    told = [f"{ratio.what:<42}{ratio}" for ratio in figures.ratios]
    return "\n".join(["One question on one core (ms, median / p95)", *lines, "", "Ratios (smaller is better)", *told])


def keep(figures: Figures, path: Path) -> None:
    """Write the ratios, every single time, and the machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ratios = [asdict(ratio) for ratio in figures.ratios]
    path.write_text(json.dumps({"machine": machine(), "ratios": ratios, **asdict(figures)}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
