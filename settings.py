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
from dataclasses import dataclass, field
from datetime import time as clock
from io import StringIO
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from dotenv.parser import parse_stream

ROOT = Path(__file__).resolve().parent
CONTENT = ROOT / "knowledge" / "content"
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
    quiet_hours: tuple[clock, clock] = (clock(21), clock(8))
    embed_origins: tuple[str, ...] = ()
    page_language: str = "en"
    telegram_token: str = field(default="", repr=False)
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_url: str = ""
    telegram_webhook_secret: str = field(default="", repr=False)
    telegram_bot: str = ""
    team_contact: str = ""
    retention_days: int = 730
    content_dir: Path = CONTENT

    @property
    def telegram_trouble(self) -> str:
        """What keeps the door in Telegram shut although there is a token; it stops no other door. Empty if nothing."""
        return _telegram_trouble(self)

    @property
    def kept_content(self) -> Path:
        """Where the tutor keeps a copy of the content as it was last sound."""
        return self.var / "last-good"

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
        content_dir=_existing_folder(values, "TUTOR_CONTENT") or CONTENT,
        time_zone=_time_zone(values),
        quiet_hours=_quiet_hours(values),
        telegram_token=(values.get("TELEGRAM_TOKEN") or "").strip(),
        telegram_api_url=(values.get("TELEGRAM_API_URL") or "https://api.telegram.org").strip().rstrip("/"),
        telegram_webhook_url=(values.get("TELEGRAM_WEBHOOK_URL") or "").strip(),
        telegram_webhook_secret=(values.get("TELEGRAM_WEBHOOK_SECRET") or "").strip(),
        embed_origins=_embed_origins(values),
        page_language=_page_language(values),
        retention_days=_days(values, "RETENTION_DAYS", 730),
        telegram_bot=_bot_name(values),
        team_contact=_contact(values),
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


def _telegram_trouble(settings: Settings) -> str:
    if not settings.telegram_token:
        return ""
    if not settings.telegram_token.isascii() or set(settings.telegram_token) & set(" /?#%{}"):
        return "TELEGRAM_TOKEN is not a bot's token; it looks like 123456:ABC-DEF and comes from @BotFather"
    if not _is_web(settings.telegram_api_url):
        return f"TELEGRAM_API_URL is {settings.telegram_api_url!r}; it must begin with http:// or https://"
    if not settings.telegram_webhook_url:
        return ""
    if not _is_web(settings.telegram_webhook_url):
        return f"TELEGRAM_WEBHOOK_URL is {settings.telegram_webhook_url!r}; it must look like https://tutor.example.org/telegram"
    if not settings.telegram_webhook_secret:
        return "TELEGRAM_WEBHOOK_SECRET is missing; without it anybody could speak for any chat"
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", settings.telegram_webhook_secret):
        return "TELEGRAM_WEBHOOK_SECRET must be 1 to 256 letters, digits, _ or -"
    return ""


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and "{" not in url
    except ValueError:
        return False


def _days(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name) or str(default)
    if not re.fullmatch("[0-9]{1,5}", text):
        raise SettingsError(f"{name} is {text!r}; it must be a number of days, such as {default}, or 0 for no limit")
    return int(text)


def _contact(values: Mapping[str, str]) -> str:
    """Read where the course team is reached: a mail address or a page."""
    contact = (values.get("TEAM_CONTACT") or "").strip()
    if contact and not re.fullmatch(r"https?://[^\s<>]{3,200}|[^\s@<>]{1,64}@[^\s@<>]{3,190}", contact):
        raise SettingsError(f"TEAM_CONTACT is {contact!r}; it must be a mail address or begin with https://")
    return contact


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


def _quiet_hours(values: Mapping[str, str]) -> tuple[clock, clock]:
    """Read the hours in which nobody is written to; from an hour to the same hour there are none."""
    text = values.get("QUIET_HOURS") or "21:00-08:00"
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", text, re.ASCII)
    if not found:
        raise SettingsError(f"QUIET_HOURS is {text!r}; it must look like 21:00-08:00")
    begin_hour, begin_minute, end_hour, end_minute = map(int, found.groups())
    return clock(begin_hour, begin_minute), clock(end_hour, end_minute)


def _embed_origins(values: Mapping[str, str]) -> tuple[str, ...]:
    """Read the sites whose pages may show the tutor, as browsers write origins: small letters, no last slash."""
    origins = tuple(one.rstrip("/").lower() for one in re.split(r"[\s,]+", values.get("EMBED_ORIGINS") or "") if one)
    for one in origins:
        if not _is_address(one) or re.search("[;'\"*]", one):
            raise SettingsError(f"EMBED_ORIGINS holds {one!r}; each must look like https://moodle.example.org")
    return origins


def _page_language(values: Mapping[str, str]) -> str:
    name = values.get("PAGE_LANGUAGE") or "en"
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", name):
        raise SettingsError(
            f"PAGE_LANGUAGE is {name!r}; it must be the name of a file in channels/web/words, such as en"
        )
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
