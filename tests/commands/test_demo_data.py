"""Demo data: a clock that can be set, people who come in the order of time, and never where somebody is already."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from commands.demo.clock import Clock
from commands.demo.month import DAYS, Month
from commands.demo.tutor_at import at_time_of
from commands.demo.visitor import DemoError
from commands.demo_data import make_demo_data
from database import migrate, now_utc, open_engine
from knowledge.loader import load_knowledge
from learning.tables import learner
from settings import ROOT, load_settings

ENDS = datetime(2026, 3, 31, 18, 0, tzinfo=timezone.utc)
TELLS_TIME = "import sys, time, datetime\nfor _ in sys.stdin: print(datetime.datetime.now().year, flush=True)"


class QuietClock:
    """Keeps the moments that it is set to."""

    def __init__(self) -> None:
        self.moments: list[datetime] = []

    def set(self, moment: datetime) -> None:
        """Keep a moment."""
        self.moments.append(moment)


class Listener:
    """Answers everything with a next step, and keeps what was said."""

    said: list[str]

    def __init__(self) -> None:
        self.said, self.turns = [], 0

    def say(self, text: str) -> None:
        """Keep a text."""
        self.said.append(text)
        self.turns += 1

    def press(self, title: str) -> bool:
        """Keep a press."""
        self.say(f"[{title}]")
        return True

    def heard(self) -> str:
        """Ask about one's own service, always."""
        return "Your turn"

    def titles(self) -> list[str]:
        """Offer a next step and a rating."""
        return ["Next", "👍"]


@pytest.fixture
def month() -> Month:
    """Give a month of twelve people."""
    return Month(load_knowledge(), 12, 3, ENDS)


def live(month: Month) -> tuple[list[datetime], list[str]]:
    """Live a month with listeners in place of the tutor; return the moments and all that was said."""
    clock, people = QuietClock(), []

    def meet(zone: str) -> Any:
        people.append(Listener())
        return people[-1]

    month.live(clock, meet, lambda line: None)  # type: ignore[arg-type]
    return clock.moments, [text for one in people for text in one.said]


def test_month_passes_in_the_order_of_time(month: Month) -> None:
    """Everybody speaks within the four weeks and the hours after, and time never goes back."""
    moments, said = live(month)

    assert moments == sorted(moments) and len(said) > 12
    assert ENDS - timedelta(days=DAYS + 1) < moments[0] and moments[-1] < ENDS + timedelta(days=1)


def test_same_seed_makes_the_same_month(month: Month) -> None:
    """The people say the same again; other people with another seed."""
    again, other = (Month(load_knowledge(), 12, seed, ENDS) for seed in (3, 4))

    said = live(month)

    assert live(again) == said and live(other) != said


@pytest.fixture
def teller(tmp_path: Path) -> Iterator[tuple[Clock, subprocess.Popen[str]]]:
    """Start a program that tells the year whenever it is asked, at the clock's time of day."""
    (tmp_path / "teller.py").write_text(TELLS_TIME)
    clock = Clock(tmp_path / "clock")
    command = at_time_of(clock, [sys.executable, "-W", "ignore", "-m", "teller"])
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{tmp_path}"},
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    yield clock, process
    process.kill()
    process.communicate()
    clock.close()


def test_process_keeps_the_clocks_time(teller: tuple[Clock, subprocess.Popen[str]]) -> None:
    """A running process follows the clock from one year to another."""
    clock, process = teller
    years = []
    for year in (2001, 2002, 1999):
        clock.set(datetime(year, 6, 1, tzinfo=timezone.utc))
        assert process.stdin and process.stdout
        process.stdin.write("\n")
        process.stdin.flush()
        years.append(process.stdout.readline().strip())

    assert years == ["2001", "2002", "1999"]


def test_demo_data_is_refused_where_somebody_is(tmp_path: Path) -> None:
    """Made-up people never come among real ones, and nothing is written."""
    settings = load_settings({"TUTOR_VAR": str(tmp_path)}, tmp_path / "none")
    migrate(settings.database_url)
    engine = open_engine(settings.database_url)
    with engine.begin() as connection:
        connection.execute(learner.insert().values(id="somebody", created_at=now_utc()))
    engine.dispose()

    with pytest.raises(DemoError, match="1 learners in the database"):
        make_demo_data(settings, print)
