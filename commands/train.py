"""Training: the assistant's model and the index of answers, only when something they are made of has changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge.checks import check
from knowledge.encoder import load_encoder
from knowledge.errors import ContentError
from knowledge.index_file import save_index
from knowledge.loader import content_version, load_knowledge
from knowledge.model import Knowledge
from knowledge.trained import learn
from settings import CONTENT, ROOT, Settings

MODEL_NAME = "tutor"
INDEX_NAME = "index.npz"
KEPT_BEFORE = "before"  # folder of the model before the one that the desk put live
CODE = ("config.yml", "domain.yml", "uv.lock", "bot/data/**/*.yml", "bot/components/*.py", "knowledge/*.py")
INGREDIENTS = (*CODE, "knowledge/content/**/*.md", "knowledge/content/**/*.yml")
TICK_SECONDS = 5.0
Report = Callable[[str], None]


class TrainingError(Exception):
    """Training failed; the text names the log."""


def model_path(settings: Settings) -> Path:
    """Return where the assistant's model is kept."""
    return settings.var / "models" / f"{MODEL_NAME}.tar.gz"


def index_path(settings: Settings) -> Path:
    """Return where the index of answers is kept."""
    return settings.var / "models" / INDEX_NAME


def fingerprint(root: Path = ROOT, encoder_dir: Path | None = None, content_dir: Path = CONTENT) -> str:
    """Return a fingerprint of all that the trained parts are made of, with encoder and content if they are others."""
    digest = _digest_of(root, INGREDIENTS)
    if content_dir != CONTENT:
        digest.update(content_version(content_dir).encode())
    for path in sorted(encoder_dir.glob("*")) if encoder_dir else ():
        digest.update(f"{path.name}\0{path.stat().st_size}\0{path.stat().st_mtime_ns}\0".encode())
    return digest.hexdigest()


def _digest_of(root: Path, patterns: Sequence[str]) -> hashlib._Hash:
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest


def is_fresh(settings: Settings) -> bool:
    """Tell whether what is trained was made from what is here now."""
    return _stamp(settings)[:1] == [_fingerprint_of(settings)]


def is_usable(settings: Settings) -> bool:
    """Tell whether a start may go on with what is trained.

    Where the team has put a model live from the desk, the choice is theirs, although the content may have changed: it
    is fitted in when it is loaded. Elsewhere nobody asks for training, and what is trained must be fresh.
    """
    if not (settings.var / "models" / KEPT_BEFORE).exists():
        return is_fresh(settings)
    return _stamp(settings)[1:2] == [_digest_of(ROOT, CODE).hexdigest()]


def _stamp(settings: Settings) -> list[str]:
    """Return the fingerprints of what is trained: of all that it was made of, and of all but the content."""
    stamp = settings.var / "models" / "fingerprint"
    is_there = model_path(settings).exists() and index_path(settings).exists() and stamp.exists()
    return stamp.read_text(encoding="ascii").split() if is_there else []


def _fingerprint_of(settings: Settings) -> str:
    return fingerprint(encoder_dir=settings.encoder_dir, content_dir=settings.content_dir)


def train(settings: Settings, report: Report, *, force: bool = False) -> bool:
    """Train what is out of date.

    Returns:
        Whether anything was trained.

    Raises:
        TrainingError: Rasa failed; its log is named.
        ContentError: Content cannot be read.
    """
    if not force and is_fresh(settings):
        return False
    made_of = f"{_fingerprint_of(settings)}\n{_digest_of(ROOT, CODE).hexdigest()}\n"
    knowledge = load_knowledge(settings.content_dir)
    if problems := check(knowledge):
        raise ContentError(problems)
    index_path(settings).parent.mkdir(parents=True, exist_ok=True)
    log = settings.var / "log" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with _ticking(report, "training the model"), log.open("wb") as stream:
        process = subprocess.Popen(
            _rasa_train(settings), cwd=ROOT, env=rasa_environment(settings), stdout=stream, stderr=stream
        )
        try:
            _train_index(knowledge, settings)
            code = process.wait()
        finally:
            if process.poll() is None:
                process.kill()
    if code != 0:
        raise TrainingError(f"training failed; the end of {log}:\n{tail(log)}")
    (settings.var / "models" / "fingerprint").write_text(made_of, encoding="ascii")
    return True


def _train_index(knowledge: Knowledge, settings: Settings) -> None:
    save_index(learn(knowledge, load_encoder(settings.encoder_dir)), index_path(settings), knowledge.version)


def _rasa_train(settings: Settings) -> list[str]:
    model = model_path(settings)
    options = {"--data": "bot/data", "--domain": "domain.yml", "--config": "config.yml", "--out": str(model.parent)}
    return [
        *rasa_command(),
        "train",
        *(word for pair in options.items() for word in pair),
        "--skip-validation",  # make test validates; here it would double the time
        "--fixed-model-name",
        MODEL_NAME,
        "--force",
    ]


def rasa_command() -> list[str]:
    """Return how Rasa is started: by this Python, without the warnings of its old libraries."""
    return [sys.executable, "-W", "ignore", "-m", "bot.rasa_command"]


def rasa_environment(settings: Settings) -> dict[str, str]:
    """Return the environment of Rasa's processes: it calls nobody, and finds the project's modules."""
    return {
        **os.environ,
        "TUTOR_CONTENT": str(settings.content_dir),
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONPATH": str(ROOT),
        "ACTIONS_PORT": str(settings.actions_port),
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "OPENBLAS_NUM_THREADS": "1",  # the products are small: more threads only wait for each other, busily
    }


def tail(path: Path, lines: int = 20) -> str:
    """Return the last lines of a log."""
    return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


class _ticking:
    """Say every few seconds that long work goes on, and how long it has taken."""

    def __init__(self, report: Report, what: str) -> None:
        self._report, self._what = report, what
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> None:
        self._begun = time.monotonic()
        self._report(f"{self._what} ...")
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()
        self._report(f"{self._what}: {time.monotonic() - self._begun:.0f} s")

    def _tick(self) -> None:
        while not self._is_over.wait(TICK_SECONDS):
            self._report(f"{self._what} ... {time.monotonic() - self._begun:.0f} s")
