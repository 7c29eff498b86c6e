"""Settings of the tutor, read once from the environment and from ``.env``.

Each setting has a default that works on one machine; docs/operating.md lists them all.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from dotenv.parser import parse_stream

ROOT = Path(__file__).resolve().parent
LOOPBACK = "127.0.0.1"
PORTS = {"PORT": 8000, "REVIEW_PORT": 8001, "RASA_PORT": 5005, "ACTIONS_PORT": 5055}
SECRET_TRIES = 100
SECRET_WAIT_SECONDS = 0.01


class SettingsError(ValueError):
    """A setting that cannot be used; the text names it and says what would be right."""


@dataclass(frozen=True)
class Settings:
    """What one running tutor needs to know. Ports are TCP, all but the two doors on loopback."""

    var: Path
    database_url: str
    public_url: str
    host: str
    port: int
    review_port: int
    rasa_port: int
    actions_port: int
    secret: str
    encoder_dir: Path | None
    time_zone: str = "UTC"
    retention_days: int = 730
    telegram_bot: str = ""

    @property
    def actions_url(self) -> str:
        """Address of the action server."""
        return f"http://{LOOPBACK}:{self.actions_port}"

    @property
    def rasa_url(self) -> str:
        """Address of the assistant's inbound channel."""
        return f"http://{LOOPBACK}:{self.rasa_port}"


def load_settings(environ: Mapping[str, str] | None = None, env_file: Path = ROOT / ".env") -> Settings:
    """Read every setting; the environment wins over ``.env``.

    Raises:
        SettingsError: A value cannot be used, or a line of ``.env`` cannot be read.
    """
    values = {**_read_env_file(env_file), **(os.environ if environ is None else environ)}
    var = Path(values.get("TUTOR_VAR") or ROOT / "var").resolve()
    ports = _ports(values)
    return Settings(
        var=var,
        database_url=_database_url(values, var),
        public_url=_public_url(values, ports["PORT"]),
        host=values.get("HOST") or LOOPBACK,
        port=ports["PORT"],
        review_port=ports["REVIEW_PORT"],
        rasa_port=ports["RASA_PORT"],
        actions_port=ports["ACTIONS_PORT"],
        secret=values.get("TUTOR_SECRET") or _kept_secret(var / "secret"),
        encoder_dir=_existing_folder(values, "TUTOR_ENCODER"),
        time_zone=_time_zone(values),
        retention_days=_days(values, "RETENTION_DAYS", 730),
        telegram_bot=_bot_name(values),
    )


def _read_env_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} cannot be read ({error}); it must be a text file in UTF-8") from error
    for binding in parse_stream(StringIO(text)):
        if binding.error or (binding.key and binding.value is None):
            line = binding.original.line + _blank_lines_before(binding.original.string)
            raise SettingsError(f"{path.name}:{line}: cannot be read; write one NAME=value a line")
    return {name: value for name, value in dotenv_values(stream=StringIO(text)).items() if value is not None}


def _blank_lines_before(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")


def _ports(values: Mapping[str, str]) -> dict[str, int]:
    ports = {name: _port(values, name, default) for name, default in PORTS.items()}
    for one, other in combinations(ports, 2):
        if ports[one] == ports[other]:
            raise SettingsError(f"{one} and {other} are both {ports[one]}; give each a port of its own")
    return ports


def _port(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name) or str(default)
    if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise SettingsError(f"{name} is {text!r}; it must be a port number from 1 to 65535")
    return int(text)


def _database_url(values: Mapping[str, str], var: Path) -> str:
    url = values.get("DATABASE_URL") or f"sqlite:///{var / 'tutor.db'}"
    if not re.match(r"sqlite:///.|postgresql(\+\w+)?://.", url) or ":memory:" in url:
        raise SettingsError("DATABASE_URL must be sqlite:/// and a file, or begin with postgresql://")
    return url


def _public_url(values: Mapping[str, str], port: int) -> str:
    url = (values.get("PUBLIC_URL") or f"http://localhost:{port}").rstrip("/")
    if not _is_address(url):
        raise SettingsError(f"PUBLIC_URL is {url!r}; it must look like https://tutor.example.org")
    return url


def _is_address(url: str) -> bool:
    """Tell whether an address is a scheme and a host, with or without a port, and no more."""
    try:
        parts = urlsplit(url)
        has_more = parts.path or parts.query or parts.fragment or parts.username is not None or " " in url
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not has_more and parts.port != 0
    except ValueError:  # a port that is no number, a bracket left open
        return False


def _days(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name) or str(default)
    if not re.fullmatch("[0-9]{1,5}", text):
        raise SettingsError(f"{name} is {text!r}; it must be a number of days, such as {default}, or 0 for no limit")
    return int(text)


def _bot_name(values: Mapping[str, str]) -> str:
    name = (values.get("TELEGRAM_BOT") or "").removeprefix("@")
    if name and not re.fullmatch("[A-Za-z0-9_]{5,32}", name):
        raise SettingsError(f"TELEGRAM_BOT is {name!r}; it must be the bot's user name, such as course_tutor_bot")
    return name


def _time_zone(values: Mapping[str, str]) -> str:
    name = values.get("TIME_ZONE") or "UTC"
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise SettingsError(f"TIME_ZONE is {name!r}; it must be a name such as Europe/Tallinn") from error
    return name


def _existing_folder(values: Mapping[str, str], name: str) -> Path | None:
    text = values.get(name)
    if not text:
        return None
    if not Path(text).is_dir():
        raise SettingsError(f"{name} is {text!r}; there is no such folder")
    return Path(text)


def _kept_secret(path: Path) -> str:
    """Return the secret of this installation, made at the first start and readable by its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(secrets.token_urlsafe(32))
        return _read_secret(path)
    except OSError as error:
        raise SettingsError(f"TUTOR_VAR: {error.filename} cannot be used ({error.strerror})") from error


def _read_secret(path: Path) -> str:
    """Read the secret; where another program is just making it, wait until it is written."""
    for _ in range(SECRET_TRIES):
        if secret := path.read_text(encoding="ascii").strip():
            return secret
        time.sleep(SECRET_WAIT_SECONDS)
    raise SettingsError(f"{path} is empty; delete it, and a new one is made")
