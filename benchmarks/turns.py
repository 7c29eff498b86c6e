"""Measures a turn of the tutor and of the stock assistant side by side: ``python -m benchmarks.turns``.

A turn is what a client sees: from the first byte of its request to the last one of the answer, on one connection that
is kept open, one turn at a time. Both systems run their real processes on loopback with SQLite files; every turn is a
typed text that ends in a custom action on an action server.

- Tutor: ``POST /api/messages``, through gateway, Rasa and action server. Six texts over and over: open a lesson, next
  card, a question to the knowledge base, to the quiz, an answer to an item, back.
- Stock: ``POST /webhooks/rest/webhook``, through Rasa and action server. Six texts over and over: moods, "are you a
  bot?", goodbye.

Two points are measured, all four kinds of turn one after the other, so that a busy machine slows all of them: at 20
turns of history (turns 19 to 24 of one new conversation after another) and in one long conversation of 1,000 turns and
more. The tutor's long conversation is made of real turns. The stock assistant's is twelve real turns that Rasa's own
tracker store appends over and over, because by real turns it takes minutes. Start and memory: see ``report.Figures``.

Nothing here passes or fails: times depend on the machine, and ratios are what to look at.
"""

from __future__ import annotations

import argparse
import signal
import sys
from contextlib import ExitStack

from benchmarks.conversation import Conversation
from benchmarks.our_tutor import OurTutor
from benchmarks.processes import BenchmarkError, Group
from benchmarks.progress import say, telling
from benchmarks.report import Figures, in_words, keep
from benchmarks.stock_assistant import StockAssistant
from commands.train import TrainingError
from database import DatabaseUnusable
from knowledge.errors import KnowledgeError
from settings import SettingsError, load_settings

ROUND_TURNS = 6
SHORT_FROM_TURN = 3 * ROUND_TURNS
WARM_UP_TURNS = 4 * ROUND_TURNS
EXPECTED = (BenchmarkError, TrainingError, KnowledgeError, DatabaseUnusable, SettingsError)
System = OurTutor | StockAssistant


def main(words: list[str] | None = None) -> int:
    """Measure and report.

    Returns:
        The exit code: 0 measured, 1 it did not work, 130 or 143 stopped from outside.
    """
    options = _parser().parse_args(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        folder = load_settings().var / "bench"
        systems = (OurTutor(folder / "tutor"), StockAssistant(folder / "stock"))
        figures = measure(systems, options.turns, options.history)
    except EXPECTED as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("stopped")
        return 130
    keep(figures, folder / "report.json")
    print(f"\n{in_words(figures)}\n\nAll figures: {folder / 'report.json'}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.turns", description="Measure turns beside the stock assistant.")
    parser.add_argument("--turns", type=int, default=120, help="turns measured of each kind (default 120)")
    parser.add_argument("--history", type=int, default=1_000, help="turns of the long conversation (default 1,000)")
    return parser


def measure(systems: tuple[System, ...], turns: int, history: int) -> Figures:
    """Measure both systems, side by side in the same run.

    Args:
        systems: The tutor and the stock assistant.
        turns: How many of each kind; rounded up to whole rounds of texts.
        history: Length of the long conversation, in turns.
    """
    for system in systems:
        system.prepare()
    with ExitStack() as running:
        groups = {system.name: _start(system, running)[0] for system in systems}
        long = {system.name: _converse_at_length(system, history) for system in systems}
        with telling("warming up"):
            for system in systems:
                system.converse().take_turns(WARM_UP_TURNS)
        rounds = -(-turns // ROUND_TURNS)
        with telling(f"measuring {rounds * ROUND_TURNS} turns of each kind"):
            short_ms, long_ms = _measure_turns(systems, long, rounds)
        memory_mb = {name: group.memory_mb() for name, group in groups.items()}
    return Figures(history, short_ms, long_ms, {system.name: _time_start(system) for system in systems}, memory_mb)


def _start(system: System, running: ExitStack) -> tuple[Group, float]:
    with telling(f"{system.name}: starting"):
        group = running.enter_context(system.group())
        return group, group.wait_until(system.is_ready)


def _time_start(system: System) -> float:
    """Start a system once more, alone, now that its files are in the machine's memory."""
    with ExitStack() as running:
        return _start(system, running)[1]


def _converse_at_length(system: System, history: int) -> Conversation:
    with telling(f"{system.name}: a conversation of {history:,} turns"):
        return system.converse_at_length(history)


Times = dict[str, list[float]]


def _measure_turns(systems: tuple[System, ...], long: dict[str, Conversation], rounds: int) -> tuple[Times, Times]:
    """Take one turn of each kind after the other, round after round of texts."""
    short_ms: Times = {system.name: [] for system in systems}
    long_ms: Times = {system.name: [] for system in systems}
    for _ in range(rounds):
        short = {system.name: system.converse() for system in systems}
        for conversation in short.values():
            conversation.take_turns(SHORT_FROM_TURN)
        for _ in range(ROUND_TURNS):
            for name in short:
                short_ms[name].append(short[name].take_turn())
            for name in long:
                long_ms[name].append(long[name].take_turn())
    return short_ms, long_ms


if __name__ == "__main__":
    sys.exit(main())
