"""The whole tutor, run for tests: the real processes, on free ports, with a folder and a database of their own."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx

from commands.run import commands
from commands.train import INDEX_NAME, MODEL_NAME, rasa_environment, tail, train
from database import migrate
from settings import LOOPBACK, ROOT, load_settings

FAILPOINT = ROOT / "tests" / "faults" / "failpoint"
PROCESSES = ("assistant", "actions", "gateway")
START_LIMIT_SECONDS = 120.0
STOP_LIMIT_SECONDS = 10.0
POLL_SECONDS = 0.1


class RunningTutor:
    """Assistant, action server and gateway, each a process that can be killed and started again.

    Args:
        folder: Holds the database, the logs and a copy of the trained model.
    """

    def __init__(self, folder: Path) -> None:
        web, desk, rasa, actions = _free_ports(4)
        self.url = f"http://{LOOPBACK}:{web}"
        self._own = {
            "TUTOR_VAR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'tutor.db'}",
            "HOST": LOOPBACK,
            "PUBLIC_URL": self.url,
            "TUTOR_SECRET": "",
            "PORT": str(web),
            "REVIEW_PORT": str(desk),
            "RASA_PORT": str(rasa),
            "ACTIONS_PORT": str(actions),
        }
        self.settings = load_settings({**os.environ, **self._own})
        self.database = folder / "tutor.db"
        self.logs = folder / "log"
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._prepare()
        atexit.register(self.stop)

    def _prepare(self) -> None:
        trained = load_settings()
        train(trained, print)
        models = self.settings.var / "models"
        models.mkdir(parents=True, exist_ok=True)
        for name in (f"{MODEL_NAME}.tar.gz", INDEX_NAME):
            shutil.copy(trained.var / "models" / name, models / name)
        self.logs.mkdir(exist_ok=True)
        migrate(self.settings.database_url)

    def start(self, *names: str, is_awaited: bool = True) -> None:
        """Start the named processes, or all that are not running, as ``tutor run`` does; wait until they answer."""
        for name in names or PROCESSES:
            self.signal(name, signal.SIGCONT)
            if not self.is_running(name):
                self._running[name] = self._open(name)
        if is_awaited:
            self.wait_until_ready()

    def _open(self, name: str) -> subprocess.Popen[bytes]:
        failpoint = {"FAILPOINT": str(self._order(name)), "PYTHONPATH": f"{ROOT}{os.pathsep}{FAILPOINT}"}
        with (self.logs / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                commands(self.settings)[name],
                cwd=ROOT,
                env={**rasa_environment(self.settings), **self._own, **failpoint},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def arm(self, name: str, phase: str, number: int) -> None:
        """Have a process end itself, as by a power cut, at a commit: "before" or "after", counted from 1."""
        self._order(name).write_text(f"{phase} {number}", encoding="ascii")

    def disarm(self, name: str) -> None:
        """Take the order back."""
        self._order(name).unlink(missing_ok=True)

    def _order(self, name: str) -> Path:
        return self.settings.var / f"{name}.failpoint"

    def is_running(self, name: str) -> bool:
        """Tell whether a process lives."""
        process = self._running.get(name)
        return process is not None and process.poll() is None

    def wait_until_ready(self) -> None:
        """Wait until a message would be answered.

        Raises:
            RuntimeError: A process died, or it took too long; the end of its log is shown.
        """
        limit = time.monotonic() + START_LIMIT_SECONDS
        waiting = [f"{self.url}/readyz", f"http://{LOOPBACK}:{self.settings.actions_port}/health"]
        while waiting:
            for name in PROCESSES:
                if not self.is_running(name) or time.monotonic() > limit:
                    raise RuntimeError(f"{name} is not ready:\n{tail(self.logs / f'{name}.log')}")
            waiting = [url for url in waiting if not _answers(url)]
            time.sleep(POLL_SECONDS if waiting else 0)

    def kill(self, *names: str) -> None:
        """End the named processes, or all, as a power cut would."""
        for name in names or PROCESSES:
            self.signal(name, signal.SIGKILL)
        for name in names or PROCESSES:
            self._running[name].wait()

    def signal(self, name: str, number: int) -> None:
        """Send a signal to a process that lives: ``SIGSTOP`` freezes it in the middle of its work."""
        if self.is_running(name):
            os.killpg(self._running[name].pid, number)

    def stop(self) -> None:
        """End everything, at first politely."""
        for name in self._running:
            self.signal(name, signal.SIGCONT)
            self.signal(name, signal.SIGTERM)
        for name, process in self._running.items():
            try:
                process.wait(STOP_LIMIT_SECONDS)
            except subprocess.TimeoutExpired:
                self.signal(name, signal.SIGKILL)
                process.wait()

    def read(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read rows of the database."""
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server((LOOPBACK, 0)) for _ in range(count)]
    ports: list[int] = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2.0, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
