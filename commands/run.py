"""Running everything together: one that dies is started again; one that cannot live stops all, and its log is shown."""

from __future__ import annotations

import errno
import shlex
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path

import httpx
from honcho.manager import Manager

from commands.train import is_fresh, is_usable, model_path, rasa_command, rasa_environment
from database import migrate
from settings import LOOPBACK, ROOT, Settings, SettingsError

SHOWN_LINES = 30
PYTHON = [sys.executable, "-W", "ignore"]
KEEPER = [sys.executable, "-m", "commands.keep"]
READY_LIMIT_SECONDS = 180.0
POLL_SECONDS = 0.25


class PortTaken(SettingsError):
    """One of ours cannot listen where it has to, most often because another program does."""


def run(settings: Settings) -> int:
    """Migrate, train if needed, start everything and wait until it stops.

    Returns:
        The exit code: 0 after Ctrl-C or a request to stop, else that of the process that died.
    """
    check_ports(settings)
    if settings.telegram_trouble:
        say(f"Telegram is off: {settings.telegram_trouble}")
    say("checking the database")
    migrate(settings.database_url)
    if not is_usable(settings) and (code := subprocess.call([*PYTHON, str(ROOT / "tutor.py"), "train"], cwd=ROOT)):
        return code
    if not is_fresh(settings):
        say("the content has changed since the training; it counts, and the desk's page Training learns it")
    logs = Logs(settings.var / "log")
    manager = Manager(printer=logs)
    for name, command in commands(settings).items():
        environment = {**rasa_environment(settings), "KEPT_COMMAND": shlex.join(command)}
        manager.add_process(name, f"exec {shlex.join(KEEPER)}", env=environment, cwd=str(ROOT))
    threading.Thread(target=announce, args=(settings, manager), daemon=True).start()
    say("starting")
    manager.loop()
    if manager.returncode in (130, 143):
        say("stopped")
        return 0
    say(f"'{logs.first_to_stop}' stopped by itself, so everything was stopped. The end of its log:")
    print("\n".join(logs.end_of(logs.first_to_stop)), file=sys.stderr)
    return manager.returncode or 1


def commands(settings: Settings) -> dict[str, list[str]]:
    """Return how each process is started, by name."""
    rasa = {"--interface": LOOPBACK, "--port": str(settings.rasa_port), "--model": str(model_path(settings))}
    files = {"--endpoints": "endpoints.yml", "--credentials": "credentials.yml"}
    return {
        "assistant": [*rasa_command(), "run", *(word for pair in {**rasa, **files}.items() for word in pair)],
        "actions": [*PYTHON, "-m", "bot.action_server"],
        "gateway": _uvicorn("channels.gateway:create_app", settings.host, settings.port),
        "desk": _uvicorn("review.desk:create_app", LOOPBACK, settings.review_port),
    }


def _uvicorn(app: str, host: str, port: int) -> list[str]:
    quiet = ["--no-access-log", "--no-server-header", "--timeout-graceful-shutdown", "5", "--ws", "none"]
    return [*PYTHON, "-m", "uvicorn", "--factory", app, "--host", host, "--port", str(port), *quiet]


def check_ports(settings: Settings) -> None:
    """Make sure that every port is free.

    Raises:
        PortTaken: One is not; the text names the setting that moves ours.
    """
    wanted = {
        "PORT": (settings.host, settings.port),
        "REVIEW_PORT": (LOOPBACK, settings.review_port),
        "RASA_PORT": (LOOPBACK, settings.rasa_port),
        "ACTIONS_PORT": (LOOPBACK, settings.actions_port),
    }
    for name, (host, port) in wanted.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    what = f"port {port} is taken by another program; stop that program, or set {name} to another port"
                else:
                    what = (
                        f"cannot listen on {host}, port {port} ({error.strerror}); set {name} or HOST to another value"
                    )
                raise PortTaken(what) from error


def announce(settings: Settings, manager: Manager) -> None:
    """Print the two addresses once both really answer."""
    begun = time.monotonic()
    desk = f"http://localhost:{settings.review_port}"
    waiting = [f"http://{LOOPBACK}:{settings.port}/readyz", f"http://{LOOPBACK}:{settings.review_port}/healthz"]
    while waiting and manager.returncode is None:
        waiting = [url for url in waiting if not _answers(url)]
        if time.monotonic() - begun > READY_LIMIT_SECONDS:
            say(f"still not ready after {READY_LIMIT_SECONDS:.0f} s; see {settings.var / 'log'}")
            return
        time.sleep(POLL_SECONDS)
    if not waiting:
        say(f"ready after {time.monotonic() - begun:.0f} s")
        print(f"\n    The tutor:  {settings.public_url}\n    The desk:   {desk}\n\n    Stop with Ctrl-C.\n", flush=True)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2.0, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def say(line: str) -> None:
    """Tell the person at the terminal what is going on."""
    print(f"tutor: {line}", flush=True)


class Logs:
    """Writes each process's output to a file of its own, and remembers the last lines. Honcho calls it its printer."""

    width = 0

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lines: dict[str, deque[str]] = {}
        self.first_to_stop = ""

    def write(self, message: object) -> None:
        """Take one line of a process, or a word of honcho's own about one."""
        data = message.data  # type: ignore[attr-defined]  # honcho's Message
        name = message.name or ""  # type: ignore[attr-defined]
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else str(data)
        if name == "system" and " stopped (rc=" in text and not self.first_to_stop:
            self.first_to_stop = text.split(" ", 1)[0]
        lines = self._lines.setdefault(name, deque(maxlen=SHOWN_LINES))
        lines.extend(text.splitlines())
        with (self._folder / f"{name}.log").open("a", encoding="utf-8") as stream:
            stream.write(text if text.endswith("\n") else text + "\n")

    def end_of(self, name: str) -> list[str]:
        """Return the last lines of a process."""
        return list(self._lines.get(name, []))
