"""The tutor's real processes, without the desk, at a time of day of their own."""

from __future__ import annotations

import socket
import subprocess
import time
from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType

import httpx

from commands.demo.clock import Clock
from commands.demo.visitor import DemoError
from commands.run import commands
from commands.train import rasa_environment
from settings import LOOPBACK, ROOT, Settings

NAMES = ("assistant", "actions", "gateway")
START_LIMIT_SECONDS, STOP_LIMIT_SECONDS, POLL_SECONDS = 180.0, 10.0, 0.3


class TutorAt:
    """Starts the processes on free ports, over the database of the settings; use it in a ``with`` block.

    Raises:
        DemoError: A process ended, or none was ready in time; the text names the log.
    """

    def __init__(self, settings: Settings, clock: Clock) -> None:
        web, rasa, actions = _free_ports(len(NAMES))
        self._settings = replace(
            settings, port=web, rasa_port=rasa, actions_port=actions, host=LOOPBACK, telegram_token=""
        )
        self._clock = clock
        self._logs = settings.var / "log" / "demo"
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.url = f"http://{LOOPBACK}:{web}"

    def __enter__(self) -> TutorAt:
        """Start, and wait until the tutor answers."""
        self._logs.mkdir(parents=True, exist_ok=True)
        try:
            for name in NAMES:
                self._running[name] = self._start(name)
            self._wait_until_ready()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop every process."""
        self._stop()

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        own = self._settings
        environment = {
            **rasa_environment(own),
            "PORT": str(own.port),
            "RASA_PORT": str(own.rasa_port),
            "HOST": LOOPBACK,
            "PUBLIC_URL": self.url,
            "DATABASE_URL": own.database_url,
            "TUTOR_VAR": str(own.var),
            "TELEGRAM_TOKEN": "",
        }
        with (self._logs / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                at_time_of(self._clock, commands(own)[name]), cwd=ROOT, env=environment, stdout=log, stderr=log
            )

    def _wait_until_ready(self) -> None:
        limit = time.monotonic() + START_LIMIT_SECONDS
        while not self._answers():
            for name, process in self._running.items():
                if process.poll() is not None:
                    raise DemoError(f"'{name}' stopped by itself; see {self._logs / name}.log")
            if time.monotonic() > limit:
                raise DemoError(f"the tutor was not ready after {START_LIMIT_SECONDS:.0f} s; see {self._logs}")
            time.sleep(POLL_SECONDS)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2.0, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def _stop(self) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(STOP_LIMIT_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def at_time_of(clock: Clock, command: list[str]) -> list[str]:
    """Return a command ``python ... -m module ...`` as one that keeps the clock's time of day."""
    place = command.index("-m")
    return [*command[: place + 1], "commands.demo.clock", str(clock.path), *command[place + 1 :]]


def _free_ports(number: int) -> list[int]:
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [int(probe.getsockname()[1]) for probe in probes]
