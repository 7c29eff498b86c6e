"""A learner, and their records in a real SQLite file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from database import open_engine
from learning.store import LearningStore
from tests.learning.learner import LESSON, Learner


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


@pytest.fixture
def learner(store: LearningStore) -> Learner:
    """Give somebody who has begun the sample lesson."""
    learner = Learner(store, LESSON)
    learner.do("begin", LESSON.id)
    return learner
