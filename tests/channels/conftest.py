"""A fresh database and the gateway on it, with an assistant that repeats what it hears."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy.engine import Engine

from channels.fake_assistant import FakeAssistant
from channels.gateway import create_app
from channels.mailroom import Mailroom
from database import open_engine
from settings import Settings, load_settings
from tests.channels.visitor import ADDRESS, visit
from tests.learning.papers.samples import the_course


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Give the settings of a tutor with a fresh database."""
    own = {"TUTOR_VAR": str(tmp_path), "DATABASE_URL": database_url, "PUBLIC_URL": ADDRESS}
    return load_settings(own)


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """Give the fresh database."""
    engine = open_engine(settings.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def mailroom(engine: Engine) -> Mailroom:
    """Give a mailroom on the fresh database."""
    return Mailroom(engine)


@pytest.fixture
def assistant() -> FakeAssistant:
    """Give an assistant in good health."""
    return FakeAssistant()


@pytest.fixture
async def stranger(settings: Settings, assistant: FakeAssistant) -> AsyncIterator[httpx.AsyncClient]:
    """Give a browser that the gateway does not know yet."""
    async with visit(create_app(settings, assistant, course=the_course)) as client:
        yield client


@pytest.fixture
async def client(stranger: httpx.AsyncClient) -> httpx.AsyncClient:
    """Give a browser with a session."""
    await stranger.post("/api/session")
    return stranger
