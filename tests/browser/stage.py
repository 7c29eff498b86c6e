"""The page with an assistant whose lines are known: the real gateway in a process of its own, without Rasa."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from channels.errors import AssistantUnavailable
from channels.fake_assistant import FakeAssistant
from channels.gateway import create_app
from channels.words import say
from database import migrate
from settings import LOOPBACK, ROOT, load_settings

START_LIMIT_SECONDS = 30.0
POLL_SECONDS = 0.05
NEXT = {"title": "Next", "payload": "/continue_lesson"}
SOURCES = [
    {"key": "S1", "title": "A paper on people", "author": "Somebody", "year": "2020", "url": "https://example.org/1"},
    {"key": "S2", "title": "A page without address", "author": "", "year": "", "url": ""},
]
LINES: dict[str, dict[str, Any]] = {
    "/greet": {
        "text": "Hello! I'm the tutor for the course Co-creation in public services. I'm a computer program; I answer "
        "only from the course's material, and I show where it comes from.",
        "buttons": [
            {"title": title, "payload": "/x"} for title in ("Take a lesson", "Ask a question", "Plan a project")
        ],
    },
    "sources": {"text": "It rests on *two* sources.", "custom": {"sources": SOURCES}, "buttons": [NEXT]},
    "lesson": {
        "text": "**One card.** In co-creation people help decide.",
        "custom": {"progress": {"lesson": "What co-creation is", "done": 2, "total": 9}, "sources": SOURCES},
        "buttons": [NEXT],
    },
    "quiz": {
        "text": "Which one is co-creation?",
        "custom": {"progress": {"lesson": "What co-creation is", "done": 3, "total": 9}},
        "buttons": [
            {"title": "A. A survey", "payload": "/a", "kind": "option"},
            {"title": "B. Deciding together", "payload": "/b", "kind": "option"},
            {"title": "Skip", "payload": "/skip"},
        ],
    },
    "plan": {
        "text": "Here is your plan.",
        "custom": {
            "files": [{"url": "/files/once", "title": "Plan as PDF", "name": "plan.pdf"}],
            "progress": {"lesson": "Stage: begin", "done": 1, "total": 4},
        },
        "buttons": [NEXT],
    },
    "picture": {
        "text": "A picture.",
        "image": {
            "name": "catalysts-by-phase",
            "title": "The ladder",
            "alt": "Steps.",
            "width": 2400,
            "height": 400,
        },
        "buttons": [NEXT],
    },
    "rate": {
        "text": "Did this help?",
        "buttons": [NEXT, *({"title": title, "payload": "/r", "kind": "rate"} for title in ("👍", "👎"))],
    },
}


class StageAssistant(FakeAssistant):
    """Says the lines of ``LINES``, and repeats anything else; while the file ``away`` is there, it is away."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._away = folder / "away"

    async def turn(self, learner_id: str, message_id: str, text: str, channel: str) -> list[dict[str, Any]]:
        """Take a turn."""
        if self._away.exists():
            raise AssistantUnavailable(say("unavailable"))
        await asyncio.sleep(0.01)
        return [LINES.get(text) or {"text": f"You said: {text}", "buttons": [NEXT]}]


class Stage:
    """A running gateway on a free port, with a database of its own.

    Args:
        folder: Holds the database.
        settings: More settings, by their names.
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        with socket.create_server((LOOPBACK, 0)) as probe:
            self.port: int = probe.getsockname()[1]
        self.url = f"http://{LOOPBACK}:{self.port}"
        self.folder = folder
        own = {"TUTOR_VAR": str(folder), "PORT": str(self.port), "PUBLIC_URL": self.url, "DATABASE_URL": ""}
        self._environment = {**os.environ, **own, **settings}
        self.settings = load_settings(self._environment)
        migrate(self.settings.database_url)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "tests.browser.stage", str(self.folder)]
        self._process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL)
        limit = time.monotonic() + START_LIMIT_SECONDS
        while not self._answers():
            if time.monotonic() > limit or self._process.poll() is not None:
                raise RuntimeError(f"the gateway at {self.url} does not start")
            time.sleep(POLL_SECONDS)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/healthz", trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def send_away(self) -> None:
        """Have the assistant fail from now on."""
        (self.folder / "away").touch()

    def bring_back(self) -> None:
        """Have the assistant answer again."""
        (self.folder / "away").unlink()

    def stop(self) -> None:
        """End it."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait()
        self._process = None


def main() -> None:
    """Serve."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    settings = load_settings()
    app = create_app(settings, StageAssistant(folder))
    uvicorn.run(app, host=LOOPBACK, port=settings.port, log_level="error", ws="none", proxy_headers=False)


if __name__ == "__main__":
    main()
