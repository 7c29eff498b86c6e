"""Settings of Telegram: what is wrong with them is named, and keeps no other door shut."""

from __future__ import annotations

from pathlib import Path

import pytest

from settings import Settings, load_settings


def _load(folder: Path, **values: str) -> Settings:
    return load_settings({"TUTOR_VAR": str(folder / "var"), **values}, folder / ".env")


def test_telegram_is_off_without_a_token(tmp_path: Path) -> None:
    """Nothing is wrong with Telegram where nobody asks for it, whatever else is set."""
    settings = _load(tmp_path, TELEGRAM_WEBHOOK_URL="nowhere")

    assert (settings.telegram_token, settings.telegram_trouble) == ("", "")


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({}, ""),
        ({"TELEGRAM_API_URL": "http://127.0.0.1:8081/"}, ""),
        ({"TELEGRAM_WEBHOOK_URL": "https://t.example/x", "TELEGRAM_WEBHOOK_SECRET": "s-1_A"}, ""),
        ({"TELEGRAM_API_URL": "telegram"}, "TELEGRAM_API_URL"),
        ({"TELEGRAM_API_URL": "http://[::1"}, "TELEGRAM_API_URL"),
        ({"TELEGRAM_API_URL": "http://h:99999"}, "TELEGRAM_API_URL"),
        ({"TELEGRAM_WEBHOOK_URL": "t.example"}, "TELEGRAM_WEBHOOK_URL"),
        ({"TELEGRAM_WEBHOOK_URL": "https://t.example"}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"TELEGRAM_WEBHOOK_URL": "https://t.example", "TELEGRAM_WEBHOOK_SECRET": "é"}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"TELEGRAM_TOKEN": "not a token"}, "TELEGRAM_TOKEN"),
    ],
)
def test_wrong_telegram_setting_is_named_and_stops_nothing_else(
    tmp_path: Path, values: dict[str, str], named: str
) -> None:
    """The settings are read all the same; the trouble begins with the name of the setting."""
    settings = _load(tmp_path, **{"TELEGRAM_TOKEN": "4242:abc", **values})

    assert settings.telegram_trouble.partition(" ")[0] == named


def test_secrets_stand_in_no_description(tmp_path: Path) -> None:
    """Settings that are printed show neither token nor secret of Telegram."""
    settings = _load(tmp_path, TELEGRAM_TOKEN="4242:abc", TELEGRAM_WEBHOOK_SECRET="s3cret")

    assert not [secret for secret in ("4242", "s3cret") if secret in repr(settings)]
