"""A learner's records in a real SQLite file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from database import open_engine
from learning.store import LearningStore


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Give a database that is closed afterwards."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> LearningStore:
    """Give an empty store."""
    return LearningStore(engine)
