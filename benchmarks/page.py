"""Measures the web page in a real browser, as on a slow phone: ``python -m benchmarks.page``.

Two things are measured, with the figures that browsers themselves report ("web vitals"):

- The first visit, at a quarter of this processor's speed and over a line whose every answer takes 0.56 s longer (what
  Lighthouse calls slow 4G when it really slows the line down; its own figures are computed, and smaller): when the
  largest thing stood there (LCP: the greeting, which the tutor has to be asked for), how far things moved afterwards
  (CLS), and how much came over the line.
- 300 messages in the log, at a quarter of the speed: how long the page took to show anything new after each key, press
  and opened sheet (INP: the worst, one of every fifty left out).

The browser has a window: without one Chromium dates many a frame seconds late, with nothing to be seen or measured on
the page that would last so long. Where there is no screen, ``xvfb-run`` lends one. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as BrowserError

from benchmarks.our_tutor import OurTutor
from benchmarks.page_visit import Visit
from benchmarks.processes import BenchmarkError
from benchmarks.progress import say, telling
from benchmarks.report import Ratio, machine
from commands.train import TrainingError
from settings import SettingsError, load_settings

MESSAGES = 300
SETS = 6
GOAL_INP_MS, GOAL_BYTES = 100.0, 60_000
TURNED_AWAY = "{name} is missing (on Debian: apt install chromium xvfb); the page cannot be measured"
EXPECTED = (BenchmarkError, BrowserError, TrainingError, SettingsError)


@dataclass(frozen=True)
class Figures:
    """What a run measured.

    ``interactions_ms`` holds what each interaction took, worst first, with the name of its slowest event.
    """

    lcp_ms: float
    cls: float
    first_bytes: int
    messages: int
    interactions_ms: list[tuple[float, str]]

    @property
    def inp_ms(self) -> float:
        """The worst interaction, one of every fifty left out, as browsers count."""
        return self.interactions_ms[len(self.interactions_ms) // 50][0]

    @property
    def ratios(self) -> list[Ratio]:
        """What to look at."""
        return [
            Ratio("interaction to next paint / 100 ms", self.inp_ms / GOAL_INP_MS, goal=1.0),
            Ratio("first load / 60 kB", self.first_bytes / GOAL_BYTES, goal=1.0),
        ]


def main(words: list[str] | None = None) -> int:
    """Measure and report.

    Returns:
        The exit code: 0 measured, 1 it did not work, 130 stopped from outside.
    """
    options = _parser().parse_args(words)
    folder = load_settings().var / "bench" / "page"
    try:
        _find_a_screen()
        figures = measure(OurTutor(folder), options.messages)
    except EXPECTED as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("stopped")
        return 130
    path = folder.parent / "page.json"
    keep(figures, path)
    print(f"\n{in_words(figures)}\n\nAll figures: {path}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.page", description="Measure the web page.")
    parser.add_argument("--messages", type=int, default=MESSAGES, help=f"messages in the log (default {MESSAGES})")
    return parser


def _find_a_screen() -> None:
    """Begin anew on a screen that is lent, where there is none."""
    if os.environ.get("DISPLAY") or sys.platform == "darwin":
        return
    lender = shutil.which("xvfb-run")
    if lender is None:
        raise BenchmarkError(TURNED_AWAY.format(name="xvfb-run"))
    sys.stdout.flush()
    os.execv(lender, [lender, "-a", sys.executable, "-W", "ignore", "-m", "benchmarks.page", *sys.argv[1:]])


def measure(tutor: OurTutor, messages: int) -> Figures:
    """Start the tutor, and visit its page twice: as somebody new, and with many messages in the log."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise BenchmarkError(TURNED_AWAY.format(name="chromium"))
    tutor.prepare()
    with tutor.group() as group, sync_playwright() as playwright:
        group.wait_until(tutor.is_ready)
        browser = playwright.chromium.launch(executable_path=chromium, headless=False, args=["--no-sandbox"])
        try:
            return _visit(browser, tutor.url, messages)
        finally:
            browser.close()


def _visit(browser: Browser, url: str, messages: int) -> Figures:
    with telling("the first visit, on a slow phone"):
        first = Visit(browser, url, is_line_slow=True)
        lcp_ms, cls, first_bytes = first.first_load()
        first.close()
    visit = Visit(browser, url)
    with telling(f"filling the log with {messages} messages"):
        visit.fill(messages)
    with telling("using the page at a quarter of the speed"):
        interactions_ms = visit.use(SETS)
    return Figures(lcp_ms, cls, first_bytes, visit.messages(), interactions_ms)


def in_words(figures: Figures) -> str:
    """Make the table for the terminal."""
    worst = ", ".join(f"{took:.0f} ({name})" for took, name in figures.interactions_ms[:5])
    lines = [
        "The page on a slow phone",
        f"  largest paint of a first visit{figures.lcp_ms:>20.0f} ms",
        f"  things that moved afterwards{figures.cls:>22.3f}",
        f"  what came over the line{figures.first_bytes / 1000:>27.1f} kB",
        f"  {len(figures.interactions_ms)} interactions with {figures.messages} messages in the log; "
        f"to the next paint{figures.inp_ms:>6.0f} ms",
        f"  the slowest (ms): {worst}",
    ]
    told = [f"{ratio.what:<42}{ratio}" for ratio in figures.ratios]
    return "\n".join([*lines, "", "Ratios (smaller is better)", *told])


def keep(figures: Figures, path: Path) -> None:
    """Write the ratios, every interaction, and the machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ratios = [asdict(ratio) for ratio in figures.ratios]
    path.write_text(json.dumps({"machine": machine(), "ratios": ratios, **asdict(figures)}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
