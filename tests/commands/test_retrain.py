"""Training in the background: what waits is trained, one at a time, in a folder of its own, and every end is told."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from commands.retrain import retrain, train_apart
from commands.train import TrainingError
from database import open_engine
from review.trainings import Trainings
from settings import ROOT, Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Give the settings of a tutor with a fresh database."""
    return load_settings({"TUTOR_VAR": str(tmp_path), "DATABASE_URL": database_url})


@pytest.fixture
def trainings(settings: Settings) -> Iterator[Trainings]:
    """Give its trainings."""
    engine = open_engine(settings.database_url)
    yield Trainings(engine, lambda: None)
    engine.dispose()


class Makes:
    """Trains at once, or fails."""

    def __init__(self, *troubles: Exception | None) -> None:
        self.folders: list[Path] = []
        self.at_once = self.most_at_once = 0
        self._troubles = list(troubles)
        self._lock = threading.Lock()

    def __call__(self, settings: Settings, engine: Engine, tell: Callable[[str], None]) -> dict[str, Any]:
        """Train."""
        with self._lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        self.folders.append(settings.var)
        tell("half way")
        trouble = self._troubles.pop(0) if self._troubles else None
        threading.Event().wait(0.05)
        with self._lock:
            self.at_once -= 1
        if trouble:
            raise trouble
        return {"figures": []}


def test_what_waits_is_trained_in_a_folder_of_its_own(settings: Settings, trainings: Trainings) -> None:
    """It is done, says what it did last, and on what content; then there is nothing left."""
    trainings.ask("kim", "one")
    makes = Makes()

    assert retrain(settings, makes) == 1

    done = trainings.latest()[0]
    assert (done.state, done.doing, len(done.content)) == ("done", "half way", 16)
    assert makes.folders == [settings.var / "trainings" / "1"]
    assert retrain(settings, makes) == 0


@pytest.mark.parametrize("trouble", [TrainingError("no room on the disk"), ValueError("odd")])
def test_failure_is_told_and_the_next_goes_on(settings: Settings, trainings: Trainings, trouble: Exception) -> None:
    """Whatever goes wrong, it ends as failed with its trouble, and what waits next is trained."""
    trainings.ask("kim", "one")
    assert retrain(settings, Makes(trouble)) == 1
    trainings.ask("kim", "two")
    assert retrain(settings, Makes()) == 1

    assert [(one.state, one.report.get("trouble")) for one in trainings.latest()] == [
        ("done", None),
        ("failed", str(trouble)),
    ]


def test_two_processes_train_one_after_the_other(settings: Settings, trainings: Trainings) -> None:
    """Whoever comes second waits for the lock, and nothing is trained twice."""
    makes, counts = Makes(), []
    trainings.ask("kim", "one")
    threads = [threading.Thread(target=lambda: counts.append(retrain(settings, makes))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(counts) == [0, 0, 1]
    assert makes.most_at_once == 1


def test_one_alone_waits_behind_whoever_trains(settings: Settings, trainings: Trainings) -> None:
    """Of three that come while one trains, two end at once; what was asked for since is done, and once."""
    is_training, may_end = threading.Event(), threading.Event()

    def make(own: Settings, engine: Engine, tell: Callable[[str], None]) -> dict[str, Any]:
        is_training.set()
        may_end.wait(30)
        return {}

    trainings.ask("kim", "one")
    counts: list[int] = []
    first = threading.Thread(target=lambda: counts.append(retrain(settings, make)))
    first.start()
    is_training.wait(30)
    trainings.ask("kim", "two")
    later: list[int] = []
    threads = [threading.Thread(target=lambda: later.append(retrain(settings, make))) for _ in range(3)]
    for thread in threads:
        thread.start()
    while len(later) < 2:
        threads[0].join(0.01)

    assert later == [0, 0]
    may_end.set()
    for thread in (first, *threads):
        thread.join()
    assert sum(counts + later) == 2
    assert [one.state for one in trainings.latest()] == ["done", "done"]


def test_training_that_was_killed_is_told_by_the_next(settings: Settings, trainings: Trainings) -> None:
    """A process that was killed let go of the lock; its training is failed, and what waits is trained."""
    trainings.ask("kim", "one")
    trainings.take()
    trainings.ask("kim", "two")

    assert retrain(settings, Makes()) == 1

    assert [one.state for one in trainings.latest()] == ["done", "failed"]


def test_process_trains_what_waits_and_ends(settings: Settings) -> None:
    """Started by hand with nothing to do, it ends well at once, and leaves a lock that nobody holds."""
    own = {"TUTOR_VAR": str(settings.var), "DATABASE_URL": settings.database_url}
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "commands.retrain"], cwd=ROOT, env={**os.environ, **own}, check=False
    )

    assert ended.returncode == 0
    assert (settings.var / "trainings" / "lock").exists()


def test_training_apart_tells_what_went_wrong(settings: Settings, tmp_path: Path) -> None:
    """Content that cannot be read fails the process, and its words are kept."""
    (tmp_path / "content").mkdir()
    values = {"TUTOR_VAR": str(tmp_path / "own"), "TUTOR_CONTENT": str(tmp_path / "content"), "TUTOR_SECRET": "x"}

    with pytest.raises(TrainingError, match=r"course\.yml"):
        train_apart(load_settings(values), lambda told: None)
