"""Processes that a benchmark starts: all are stopped at its end, and their memory can be read."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from settings import LOOPBACK

READY_LIMIT_SECONDS = 300.0
POLL_SECONDS = 0.1
STOP_LIMIT_SECONDS = 15.0
PROC = Path("/proc")


class BenchmarkError(Exception):
    """What was to be measured did not work; the text names the log."""


class Group:
    """Processes of one system, each the leader of a session of its own; stopped when the ``with`` block ends.

    Args:
        commands: How each is started, by name.
        environment: Environment of all of them.
        folder: Where they run.
        logs: Folder for a log of each; the logs of an earlier start are overwritten.
    """

    def __init__(self, commands: dict[str, list[str]], environment: dict[str, str], folder: Path, logs: Path) -> None:
        self._commands, self._environment = commands, environment
        self._folder, self._logs = folder, logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Group:
        """Start every process."""
        self._logs.mkdir(parents=True, exist_ok=True)
        self._begun = time.perf_counter()
        try:
            for name, command in self._commands.items():
                self._running[name] = self._start(name, command)
        except BaseException:
            self._stop()
            raise
        return self

    def _start(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        with (self._logs / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                command, cwd=self._folder, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )

    def __exit__(self, *_: object) -> None:
        """Stop every process."""
        self._stop()

    def _stop(self) -> None:
        for process in self._running.values():
            _signal(process, signal.SIGTERM)
        limit = time.monotonic() + STOP_LIMIT_SECONDS
        for process in self._running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(limit - time.monotonic(), 0.1))
            _signal(process, signal.SIGKILL)  # what is left of the session
            process.wait()

    def wait_until(self, is_ready: Callable[[], bool]) -> float:
        """Wait until the system is ready.

        Returns:
            Seconds since its processes were started.

        Raises:
            BenchmarkError: A process ended, or ``READY_LIMIT_SECONDS`` have passed.
        """
        while not is_ready():
            self._check_alive()
            if time.perf_counter() - self._begun > READY_LIMIT_SECONDS:
                raise BenchmarkError(f"not ready after {READY_LIMIT_SECONDS:.0f} s; see {self._logs}")
            time.sleep(POLL_SECONDS)
        return time.perf_counter() - self._begun

    def wait(self) -> int:
        """Wait until all have ended by themselves; return the highest exit code."""
        return max(process.wait() for process in self._running.values())

    def _check_alive(self) -> None:
        for name, process in self._running.items():
            if process.poll() is not None:
                raise BenchmarkError(f"'{name}' stopped by itself; see {self._logs / name}.log")

    def cpu_seconds(self) -> float:
        """Return the processor time that all processes have used so far; 0 where there is no ``/proc``."""
        sessions = {process.pid for process in self._running.values()}
        found = PROC.iterdir() if PROC.is_dir() else ()
        return sum(_cpu_seconds(path, sessions) for path in found if path.name.isdigit())

    def memory_mb(self) -> float | None:
        """Return the resident memory of all processes and their children; None where there is no ``/proc``."""
        if not PROC.is_dir():
            return None
        sessions = {process.pid for process in self._running.values()}
        return sum(_resident_bytes(path, sessions) for path in PROC.iterdir() if path.name.isdigit()) / 1e6


def _cpu_seconds(path: Path, sessions: set[int]) -> float:
    try:
        if os.getsid(int(path.name)) not in sessions:
            return 0.0
        fields = (path / "stat").read_text().rpartition(") ")[2].split()  # its name may hold blanks
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError):  # it ended while we looked
        return 0.0


def _resident_bytes(path: Path, sessions: set[int]) -> int:
    try:
        if os.getsid(int(path.name)) not in sessions:
            return 0
        return int((path / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):  # it ended while we looked
        return 0


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):  # it has ended already; macOS says the second
        os.killpg(process.pid, number)


def run_to_end(command: list[str], environment: dict[str, str], folder: Path, log: Path) -> None:
    """Run one process until it ends.

    Raises:
        BenchmarkError: It failed.
    """
    with Group({log.stem: command}, environment, folder, log.parent) as group:
        if group.wait() != 0:
            raise BenchmarkError(f"'{log.stem}' failed; see {log}")


def free_ports(number: int) -> list[int]:
    """Find TCP ports on loopback that nobody listens on."""
    probes = [socket.socket() for _ in range(number)]
    try:
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
