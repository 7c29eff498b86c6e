"""The tutor as ``make run`` starts it, all but the desk, on ports and a database of its own."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

import httpx

from benchmarks.conversation import Conversation, open_client
from benchmarks.processes import BenchmarkError, Group, free_ports
from benchmarks.progress import say
from commands.run import commands
from commands.train import rasa_environment, train
from database import migrate
from settings import LOOPBACK, ROOT, load_settings

TEXTS = ("lesson 1", "next", "what is co-design?", "start the quiz", "b", "back")
PROCESSES = ("assistant", "actions", "gateway")
LEFT_EMPTY = ("HOST", "PUBLIC_URL", "REDIS_URL", "TELEGRAM_TOKEN", "TUTOR_SECRET")  # whatever .env says


class OurTutor:
    """The tutor beside the stock assistant. A turn goes through the gateway, Rasa, and the action server."""

    name = "tutor"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        port, review_port, rasa_port, actions_port = free_ports(4)
        self._environ = {
            "TUTOR_VAR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
            "PORT": str(port),
            "REVIEW_PORT": str(review_port),
            "RASA_PORT": str(rasa_port),
            "ACTIONS_PORT": str(actions_port),
            **dict.fromkeys(LEFT_EMPTY, ""),
        }
        self._settings = load_settings(self._environ)
        self.url = f"http://{LOOPBACK}:{port}"
        self._client = open_client(port)

    def prepare(self) -> None:
        """Train what is out of date, take the trained model, and make an empty database."""
        real = load_settings()
        train(real, say)
        shutil.rmtree(self._folder / "models", ignore_errors=True)
        shutil.copytree(real.var / "models", self._folder / "models")
        for path in self._folder.glob("bench.db*"):
            path.unlink()
        migrate(self._settings.database_url)

    def group(self) -> Group:
        """Return its processes, to be started."""
        known = commands(self._settings)
        wanted = {name: known[name] for name in PROCESSES}
        return Group(wanted, {**rasa_environment(self._settings), **self._environ}, ROOT, self._folder / "log")

    def is_ready(self) -> bool:
        """Tell whether a first turn is answered."""
        try:
            if self._client.get("/readyz").status_code != 200:
                return False
            self.converse().take_turn()
        except (httpx.HTTPError, BenchmarkError):
            return False
        return True

    def converse(self) -> Conversation:
        """Begin a conversation as a new person."""
        self._client.cookies.clear()  # else it would be the person of before
        token = self._client.post("/api/session").json()["token"]
        headers = {"Authorization": f"Bearer {token}"}

        def send(text: str) -> httpx.Response:
            return self._client.post("/api/messages", json={"id": str(uuid.uuid4()), "text": text}, headers=headers)

        return Conversation(token, TEXTS, send, lambda answer: list(answer["messages"]))

    def converse_at_length(self, turns: int) -> Conversation:
        """Have a conversation of so many turns, all of them real."""
        conversation = self.converse()
        conversation.take_turns(turns)
        return conversation
