"""A desk on a fresh database, with some learners in it, and visitors of each role."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher
from sqlalchemy.engine import Engine

from channels import tables as doors
from database import now_utc, open_engine
from knowledge.loader import load_knowledge
from learning import tables as learning
from review.desk import create_app
from review.question_tables import desk_training
from review.users import Users
from settings import Settings, load_settings
from tests.review.visitors import ADDRESS, PASSWORD, Visitor

KNOWLEDGE = load_knowledge()
LEARNER = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Give the settings of a tutor with a fresh database."""
    return load_settings({"TUTOR_VAR": str(tmp_path), "DATABASE_URL": database_url})


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """Give the fresh database."""
    engine = open_engine(settings.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def users(engine: Engine) -> Users:
    """Give a login of each role."""
    users = Users(engine, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    for role in ("reader", "editor", "owner"):
        users.add(role, PASSWORD, role)
    return users


@pytest.fixture
async def visitor(settings: Settings, users: Users) -> AsyncIterator[Visitor]:
    """Give a browser at the desk, not logged in."""
    transport = httpx.ASGITransport(create_app(settings, KNOWLEDGE), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        yield Visitor(client)


@pytest.fixture
def asked(engine: Engine) -> str:
    """Let a learner ask something that is not answered; return the learner's id."""
    text, at = "can I write to anna@example.org <script>alert(1)</script>", now_utc() - timedelta(hours=1)
    row = {"learner_id": LEARNER, "message_id": "message-1"}
    with engine.begin() as connection:
        outbox = doors.outbox.insert()
        connection.execute(outbox.values(**row, author="you", text=text, extras="{}", sent_at=at))
        connection.execute(outbox.values(**row, author="tutor", text="I will **not** guess.", extras="{}", sent_at=at))
        values = {"decision": "abstain", "topics": '["system.value"]', "score": 0.2, "asked_at": at}
        connection.execute(learning.question.insert().values(**row, text=text, **values))
        training = {"state": "done", "why": "a test", "asked_by": "editor", "asked_at": at, "doing": "", "content": ""}
        connection.execute(desk_training.insert().values(**training, report='{"figures": [], "past": 0}'))
    return LEARNER
