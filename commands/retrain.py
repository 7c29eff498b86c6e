"""Training in the background, as the desk asks for it: beside the running model, judged, and shown before it counts.

Started by the desk as ``python -m commands.retrain``; it trains what waits and ends. One alone does so at a time:
whoever holds the lock. One more that is started meanwhile waits, and trains what was asked for since; others end.
"""

from __future__ import annotations

import fcntl
import gc
import logging
import os
import shutil
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from commands.train import TrainingError
from database import migrate, open_engine
from knowledge.encoder import RememberingEncoder, load_encoder
from knowledge.errors import KnowledgeError
from knowledge.index_file import read_learnt
from knowledge.loader import content_version, load_knowledge
from knowledge.model import Knowledge
from review.models import INDEX, Models
from review.past_questions import read_past
from review.trainings import Training, Trainings
from settings import ROOT, Settings, load_settings

log = logging.getLogger(__name__)
NICE = 15
BEAT_SECONDS = 5.0
TROUBLE_LIMIT_CHARS = 2_000
PAST_AT_MOST = 2_000
KEPT_LINES = 30
SAID = "tutor: "


def retrain(settings: Settings, make: Callable[[Settings, Engine, Callable[[str], None]], dict[str, Any]]) -> int:
    """Train everything that waits, one after the other.

    Args:
        settings: Where the database and the models are.
        make: Trains and judges; gets the settings with a folder of their own, the database, and whom to tell.

    Returns:
        How many were trained.
    """
    engine = open_engine(settings.database_url)
    trainings, models, count = Trainings(engine, lambda: None), Models(engine, settings.var, lambda: None), 0
    try:
        with _alone(settings.var / "trainings") as is_mine:
            while is_mine and (training := trainings.take()):
                _do(training, trainings, models, settings, engine, make)
                models.tidy()
                count += 1
    finally:
        engine.dispose()
    return count


def _do(
    training: Training,
    trainings: Trainings,
    models: Models,
    settings: Settings,
    engine: Engine,
    make: Callable[[Settings, Engine, Callable[[str], None]], dict[str, Any]],
) -> None:
    """Do one, and say how it ended, whatever happens."""
    folder = models.folder_of(training.id)
    shutil.rmtree(folder, ignore_errors=True)
    with _beating(trainings, training.id):
        try:
            trainings.tell(training.id, "reading the content", content_version(settings.content_dir))
            report = make(replace(settings, var=folder), engine, lambda told: trainings.tell(training.id, told))
        except Exception as error:
            known = isinstance(error, TrainingError | KnowledgeError)
            log.error("training %s failed", training.id, exc_info=not known)
            report = {"trouble": (str(error) or type(error).__name__)[:TROUBLE_LIMIT_CHARS]}
    trainings.end(training.id, report)


def train_and_judge(settings: Settings, engine: Engine, tell: Callable[[str], None], live: Path) -> dict[str, Any]:
    """Train into a folder, then ask both models the same.

    Args:
        settings: With ``var`` as the folder to train into.
        engine: The database; what people asked is read from it.
        tell: Is told what goes on.
        live: The folder with the model that answers now, as ``var`` of its settings.
    """
    train_apart(settings, tell)
    from commands.judging import Judge, ask_all, compare, find_probes  # loads the assistant: not while it trains

    knowledge = load_knowledge(settings.content_dir)
    encoder = RememberingEncoder(load_encoder(settings.encoder_dir))
    probes, past = find_probes(knowledge), read_past(engine)[:PAST_AT_MOST]
    told = []
    for whose, place in (("the present", live), ("the new", settings.var)):
        judge = Judge(replace(settings, var=place), knowledge, encoder)
        told.append(ask_all(judge, probes, past, tell, whose))
        del judge
        gc.collect()
    report = compare(probes, past, told[0], told[1])
    added = _judge_added(knowledge, encoder, live, settings.var, tell)
    return {**report, "added": added} if added else report


def _judge_added(
    knowledge: Knowledge, encoder: RememberingEncoder, live: Path, fresh: Path, tell: Callable[[str], None]
) -> dict[str, Any] | None:
    """Judge by the questions that are new since the live model, each kept out once."""
    from commands.held_out import Asker, find_added, judge_added, remember_learnt

    present = live / "models" / INDEX
    remember_learnt(encoder, knowledge, read_learnt(fresh / "models" / INDEX))
    return judge_added(knowledge, find_added(knowledge, read_learnt(present)), Asker(present, encoder), tell)


def train_apart(settings: Settings, tell: Callable[[str], None]) -> None:
    """Train into a folder, in a process of its own: what it needs of memory is free again afterwards.

    Raises:
        TrainingError: It failed; the text is the end of what it said.
    """
    own = {"TUTOR_VAR": str(settings.var), "TUTOR_CONTENT": str(settings.content_dir), "TUTOR_SECRET": settings.secret}
    command = [sys.executable, "-W", "ignore", str(ROOT / "tutor.py"), "train", "--force"]
    lines: deque[str] = deque(maxlen=KEPT_LINES)
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **own},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.rstrip())
            if line.startswith(SAID):
                tell(line.removeprefix(SAID).strip())
    if process.returncode:
        raise TrainingError("\n".join(lines) or f"the training ended with {process.returncode}")


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Wait until nobody else trains; False at once if somebody waits already, who will see to what waits now, too."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "next").open("ab") as line, (folder / "lock").open("ab") as training:
        try:
            fcntl.flock(line, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        fcntl.flock(training, fcntl.LOCK_EX)
        fcntl.flock(line, fcntl.LOCK_UN)
        yield True


@contextmanager
def _beating(trainings: Trainings, training_id: int) -> Iterator[None]:
    """Say again and again that the process is alive."""
    is_over = threading.Event()

    def beat() -> None:
        while not is_over.wait(BEAT_SECONDS):
            try:
                trainings.tell(training_id)
            except Exception:  # a database that is busy now will not be the next time
                log.warning("the training could not say that it goes on", exc_info=True)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def main() -> int:
    """Train what waits, kindly: everybody else comes first."""
    os.nice(NICE)
    os.environ.update(OPENBLAS_NUM_THREADS="1", RASA_TELEMETRY_ENABLED="false", TF_CPP_MIN_LOG_LEVEL="3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    settings = load_settings()
    migrate(settings.database_url)
    retrain(settings, lambda own, engine, tell: train_and_judge(own, engine, tell, settings.var))
    return 0


if __name__ == "__main__":
    sys.exit(main())
