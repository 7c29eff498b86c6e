"""What tests of several parts share, and what holds for every test: Rasa calls nobody, and warnings are errors."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from database import migrate
from settings import Settings, load_settings

if TYPE_CHECKING:
    from tests.channels.telegram.chat import StandIn
    from tests.running import RunningTutor

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

with warnings.catch_warnings():  # Sanic sets a filter of its own at import; those of pyproject.toml count
    import sanic.app  # noqa: F401

hypothesis_settings.register_profile("tutor", deadline=None)  # a busy machine is no fault
hypothesis_settings.load_profile("tutor")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the options of single tests."""
    parser.addoption("--kills", default="12", help="how many processes the fault tests kill by chance")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an SQLite file with the whole schema and no row."""
    path = tmp_path_factory.mktemp("schema") / "tutor.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def database_url(migrated_file: Path, tmp_path: Path) -> str:
    """Give the address of an empty database of one test's own."""
    path = tmp_path / "tutor.db"
    shutil.copy(migrated_file, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def trained_settings() -> Settings:
    """Give settings whose model and index are fresh; trains them if they are not."""
    from commands.train import train  # loads the encoder: only when it is needed

    settings = load_settings()
    train(settings, print)
    return settings


@pytest.fixture(scope="session")
def bot_api() -> Iterator[StandIn]:
    """Start the stand-in for the Bot API that the running tutor calls."""
    from tests.channels.telegram.chat import StandIn

    stand_in = StandIn()
    yield stand_in
    stand_in.close()


@pytest.fixture(scope="session")
def started_tutor(tmp_path_factory: pytest.TempPathFactory, bot_api: StandIn) -> Iterator[RunningTutor]:
    """Start the whole tutor once, with both doors open, for all tests that need it running."""
    from tests.channels.telegram.stand_in import TOKEN
    from tests.running import RunningTutor  # loads the encoder: only when it is needed

    telegram = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": bot_api.url}
    tutor = RunningTutor(tmp_path_factory.mktemp("tutor"), **telegram)
    try:
        tutor.start()
        yield tutor
    finally:
        tutor.stop()


@pytest.fixture
def tutor(started_tutor: RunningTutor) -> RunningTutor:
    """Give the running tutor; what an earlier test killed and did not bring back is started again."""
    started_tutor.start()
    return started_tutor
