"""The assistant that ``rasa init`` makes, with one custom action and Rasa's own SQL tracker store.

Its files are copied from the installed package at run time; ``stock/`` beside this file holds only what differs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import uuid
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import httpx

from benchmarks.conversation import Conversation, open_client
from benchmarks.processes import BenchmarkError, Group, free_ports, run_to_end
from benchmarks.progress import telling
from settings import LOOPBACK, ROOT

CHANGES = Path(__file__).resolve().parent / "stock"
TEXTS = ("I am great", "are you a bot?", "my day was horrible", "am I talking to a human?", "so good", "bye bye")
MODEL = "stock"
DATABASE = "tracker.db"
PATTERN_TURNS = 2 * len(TEXTS)
PYTHON = [sys.executable, "-W", "ignore"]


class StockAssistant:
    """The stock assistant. A turn goes through Rasa's REST channel and an action server."""

    name = "stock"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rasa_port, self._actions_port = free_ports(2)
        self._environment = {
            **os.environ,
            "RASA_TELEMETRY_ENABLED": "false",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "CUDA_VISIBLE_DEVICES": "-1",
            "SANIC_HOST": LOOPBACK,
            "STOCK_ACTIONS_PORT": str(self._actions_port),
        }
        self._client = open_client(self._rasa_port)

    def prepare(self) -> None:
        """Make and train it unless that is done, and take away the conversations of the last run."""
        made_of, stamp = _fingerprint(), self._folder / "fingerprint"
        if not stamp.exists() or stamp.read_text(encoding="ascii") != made_of:
            shutil.rmtree(self._folder, ignore_errors=True)
            _make_project(self._folder)
            with telling("stock: training, once; about a minute"):
                self._train()
            stamp.write_text(made_of, encoding="ascii")
        (self._folder / DATABASE).unlink(missing_ok=True)

    def _train(self) -> None:
        options = {"--data": "data", "--domain": "domain", "--config": "config.yml", "--out": "models"}
        words = [word for pair in options.items() for word in pair]
        command = [*PYTHON, "-m", "rasa", "train", *words, "--fixed-model-name", MODEL]
        run_to_end(command, self._environment, self._folder, self._folder / "log" / "train.log")

    def group(self) -> Group:
        """Return its processes, to be started."""
        options = {
            "--interface": LOOPBACK,
            "--port": str(self._rasa_port),
            "--model": f"models/{MODEL}.tar.gz",
            "--endpoints": "endpoints.yml",
            "--credentials": "credentials.yml",
        }
        commands = {
            "rasa": [*PYTHON, "-m", "rasa", "run", *(word for pair in options.items() for word in pair)],
            "actions": [*PYTHON, "-m", "rasa_sdk", "--actions", "actions", "--port", str(self._actions_port)],
        }
        return Group(commands, self._environment, self._folder, self._folder / "log")

    def is_ready(self) -> bool:
        """Tell whether a first turn is answered."""
        try:
            self.converse().take_turn()
        except (httpx.HTTPError, BenchmarkError):
            return False
        return True

    def converse(self) -> Conversation:
        """Begin a conversation as a new person."""
        return self._take_up(uuid.uuid4().hex, 0)

    def _take_up(self, sender: str, turns: int) -> Conversation:
        def send(text: str) -> httpx.Response:
            return self._client.post("/webhooks/rest/webhook", json={"sender": sender, "message": text})

        return Conversation(sender, TEXTS, send, list, turns)

    def converse_at_length(self, turns: int) -> Conversation:
        """Make a conversation of so many turns: a few real ones, appended over and over by Rasa's tracker store.

        Real turns would take minutes, as each one reads all that were before.
        """
        pattern, sender = self.converse(), uuid.uuid4().hex
        pattern.take_turns(PATTERN_TURNS)
        command = [*PYTHON, "-m", "benchmarks.stock_history", pattern.sender, sender, str(turns)]
        environment = {**self._environment, "PYTHONPATH": str(ROOT)}
        run_to_end(command, environment, self._folder, self._folder / "log" / "history.log")
        return self._take_up(sender, turns)


def _scaffold() -> Path:
    spec = find_spec("rasa")
    if spec is None or spec.origin is None:
        raise BenchmarkError("Rasa is not installed; run make install")
    return Path(spec.origin).parent / "cli" / "initial_project"


def _fingerprint() -> str:
    digest = hashlib.sha256(version("rasa").encode())
    for folder in (_scaffold(), CHANGES):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in (".yml", ".py")):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _make_project(folder: Path) -> None:
    """Copy what ``rasa init`` would, then what differs; the domain becomes a folder, to hold both its parts."""
    shutil.copytree(_scaffold(), folder)
    (folder / "domain").mkdir()
    (folder / "domain.yml").rename(folder / "domain" / "domain.yml")
    shutil.copytree(CHANGES, folder, dirs_exist_ok=True)
