"""A gateway with an open door in Telegram, in both modes, before a stand-in for the Bot API; all over HTTP."""

from __future__ import annotations

import itertools
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from database import migrate
from settings import LOOPBACK, ROOT
from tests.channels.telegram.bare_bot_api import BareBotApi
from tests.channels.telegram.chat import Chat, StandIn, free_port, wait_until
from tests.channels.telegram.stand_in import TOKEN

SECRET = "hook-secret"
CHAT_IDS = itertools.count(7_100_001)


@dataclass
class Served:
    """A gateway in a process of its own.

    Args:
        folder: Holds its database and its log.
        stand_in: The Bot API that it calls.
        own: Settings of its own.
    """

    folder: Path
    stand_in: StandIn | BareBotApi
    own: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ports = [free_port() for _ in range(4)]
        self.url = f"http://{LOOPBACK}:{ports[0]}"
        names = ("PORT", "REVIEW_PORT", "RASA_PORT", "ACTIONS_PORT")
        self.environ = {
            **os.environ,
            **dict(zip(names, map(str, ports), strict=True)),
            "TUTOR_VAR": str(self.folder),
            "DATABASE_URL": f"sqlite:///{self.folder / 'tutor.db'}",
            "PUBLIC_URL": self.url,
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.stand_in.url,
        }
        if self.own.pop("mode", "") == "hook":
            self.own |= {"TELEGRAM_WEBHOOK_URL": f"{self.url}/hooks/tutor", "TELEGRAM_WEBHOOK_SECRET": SECRET}
        self.folder.mkdir(parents=True, exist_ok=True)
        migrate(self.environ["DATABASE_URL"])
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until the web answers."""
        command = [sys.executable, "-W", "ignore", "-m", "tests.channels.telegram.served_gateway"]
        with (self.folder / "gateway.log").open("ab") as log:
            environ = {**self.environ, **self.own}
            self._process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
        wait_until(self.is_up, seconds=60)

    def is_up(self) -> bool:
        """Tell whether the web answers."""
        try:
            return httpx.get(f"{self.url}/healthz", trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def log(self) -> str:
        """Return what it has logged."""
        return (self.folder / "gateway.log").read_text(encoding="utf-8")

    def read(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read rows of its database."""
        connection = sqlite3.connect(self.folder / "tutor.db")
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def lock(self, seconds: float) -> None:
        """Hold the database so that nobody else can write."""
        connection = sqlite3.connect(self.folder / "tutor.db", timeout=5.0)
        connection.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        connection.rollback()
        connection.close()

    def is_locked(self) -> bool:
        """Tell whether somebody holds the database."""
        connection = sqlite3.connect(self.folder / "tutor.db", timeout=0.0)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()
        except sqlite3.OperationalError:
            return True
        finally:
            connection.close()
        return False

    def waiting(self) -> int:
        """Count what is not delivered."""
        is_for_telegram = "channel = 'telegram' AND author = 'tutor'"
        return int(self.read(f"SELECT count(*) FROM outbox WHERE {is_for_telegram} AND delivered_at IS NULL")[0][0])

    def learner(self, chat: Chat) -> str:
        """Return the learner behind a chat."""
        return str(self.read("SELECT learner_id FROM telegram_chat WHERE chat_id = ?", chat.chat_id)[0][0])

    def said(self, chat: Chat) -> list[str]:
        """Return what the assistant was told by somebody, in order."""
        query = "SELECT payload FROM inbox WHERE learner_id = ? ORDER BY arrival"
        return [row[0] for row in self.read(query, self.learner(chat))]


@pytest.fixture(scope="session", params=["poll", "hook"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give a gateway before a stand-in, at first by polling, then by web hook."""
    yield from serve(tmp_path_factory.mktemp(request.param), mode=request.param)


def serve(folder: Path, **own: str) -> Iterator[Served]:
    """Start a stand-in and a gateway; end both afterwards."""
    stand_in = StandIn()
    served = Served(folder, stand_in, own)
    try:
        served.start()
        wait_until(lambda: bool(stand_in.calls("setMyCommands")))
        yield served
    finally:
        served.kill()
        stand_in.close()


@pytest.fixture
def new_chat(served: Served) -> Iterator[Callable[[], Chat]]:
    """Give a maker of chats, each of somebody new; faults end with the test."""
    yield lambda: Chat(served.stand_in, next(CHAT_IDS))
    served.stand_in.heal()


@pytest.fixture
def chat(new_chat: Callable[[], Chat]) -> Chat:
    """Give one chat of somebody new."""
    return new_chat()
