"""The course team lists, revokes and restores certificates from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from commands.certificates import run_certificates
from database import open_engine
from learning.certificate_code import group
from learning.certificates_store import Certificates, CertificateUnknown
from settings import Settings, SettingsError, load_settings
from tests.learning.certificates import CERTIFIED, CODE, NOON

START = f"{group(CODE[:8])}…  2026-03-09"


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Give the settings of a tutor with a fresh database."""
    return load_settings({"TUTOR_VAR": str(tmp_path), "DATABASE_URL": database_url, "TUTOR_SECRET": "secret"})


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """Give the database, in which one certificate was given out."""
    engine = open_engine(settings.database_url)
    Certificates(engine, lambda: NOON).issue(CODE, "ann", CERTIFIED)
    yield engine
    engine.dispose()


def test_list_tells_when_nothing_was_given_out(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty list is a sentence."""
    run_certificates(settings, "list", None, None)

    assert capsys.readouterr().out == "no certificate was given out yet\n"


def test_list_tells_beginning_day_and_state(
    settings: Settings, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    """Enough to find a certificate by its paper, and not the whole code."""
    run_certificates(settings, "list", None, None)

    assert capsys.readouterr().out == f"{START}  valid\n"


def test_revoke_and_restore_change_what_holds(
    settings: Settings, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    """A certificate is named by its whole code or by how it begins; the reason is shown to the team."""
    run_certificates(settings, "revoke", group(CODE), "sold")
    run_certificates(settings, "restore", CODE[:6], None)

    assert capsys.readouterr().out == f"{START}  revoked  sold\n{START}  valid\n"


@pytest.mark.parametrize(
    ("work", "code", "reason", "gist"),
    [
        ("revoke", None, "sold", "which one?"),
        ("restore", None, None, "which one?"),
        ("revoke", CODE, " ", "say why"),
        ("revoke", CODE, None, "say why"),
    ],
)
def test_change_without_code_or_reason_says_what_is_missing(
    settings: Settings, engine: Engine, work: str, code: str | None, reason: str | None, gist: str
) -> None:
    """Nothing is changed by half a command."""
    with pytest.raises(SettingsError, match=gist):
        run_certificates(settings, work, code, reason)

    assert Certificates(engine).list()[0].state == "valid"


def test_unknown_code_is_named(settings: Settings, engine: Engine) -> None:
    """The code that was typed stands in the sentence."""
    with pytest.raises(CertificateUnknown, match="no certificate has the code 'ZZZZ'"):
        run_certificates(settings, "revoke", "ZZZZ", "sold")
