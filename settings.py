"""Settings of the tutor, read once from the environment and from ``.env``.

Each setting has a default that works on one machine; docs/operating.md lists them all.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values
from dotenv.parser import parse_stream

ROOT = Path(__file__).resolve().parent
LOOPBACK = "127.0.0.1"


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

    @property
    def rasa_url(self) -> str:
        """Address of the assistant's inbound channel."""
        return f"http://{LOOPBACK}:{self.rasa_port}"


def load_settings(environ: dict[str, str] | None = None) -> Settings:
    """Read every setting; the environment wins over ``.env``.

    Raises:
        SettingsError: A value cannot be used, or a line of ``.env`` cannot be read.
    """
    values = {**_read_env_file(ROOT / ".env"), **(os.environ if environ is None else environ)}
    var = Path(values.get("TUTOR_VAR") or ROOT / "var").resolve()
    port = _port(values, "PORT", 8000)
    return Settings(
        var=var,
        database_url=_database_url(values, var),
        public_url=_public_url(values, port),
        host=values.get("HOST") or LOOPBACK,
        port=port,
        review_port=_port(values, "REVIEW_PORT", 8001),
        rasa_port=_port(values, "RASA_PORT", 5005),
        actions_port=_port(values, "ACTIONS_PORT", 5055),
        secret=values.get("TUTOR_SECRET") or _kept_secret(var / "secret"),
        encoder_dir=_existing_folder(values, "TUTOR_ENCODER"),
    )


def _read_env_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as stream:
        for binding in parse_stream(stream):
            if binding.error:
                line = binding.original.line
                raise SettingsError(f".env:{line}: cannot be read; write one NAME=value a line")
    return {name: value for name, value in dotenv_values(path).items() if value is not None}


def _port(values: dict[str, str], name: str, default: int) -> int:
    text = values.get(name) or str(default)
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise SettingsError(f"{name} is {text!r}; it must be a port number from 1 to 65535")
    return int(text)


def _database_url(values: dict[str, str], var: Path) -> str:
    url = values.get("DATABASE_URL") or f"sqlite:///{var / 'tutor.db'}"
    if not url.startswith(("sqlite:///", "postgresql")):
        raise SettingsError("DATABASE_URL must begin with sqlite:/// or postgresql://")
    return url


def _public_url(values: dict[str, str], port: int) -> str:
    url = (values.get("PUBLIC_URL") or f"http://localhost:{port}").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
        raise SettingsError(f"PUBLIC_URL is {url!r}; it must look like https://tutor.example.org")
    return url


def _existing_folder(values: dict[str, str], name: str) -> Path | None:
    text = values.get(name)
    if not text:
        return None
    if not Path(text).is_dir():
        raise SettingsError(f"{name} is {text!r}; there is no such folder")
    return Path(text)


def _kept_secret(path: Path) -> str:
    """Return the secret of this installation, made at the first start and readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii").strip()
