"""Filling an empty database with a believable month, so that a new team can look around the desk."""

from __future__ import annotations

import tempfile
from datetime import datetime, timezone
from pathlib import Path

import httpx
from sqlalchemy import func, select

from commands.demo.clock import Clock
from commands.demo.month import Month, Report
from commands.demo.tutor_at import TutorAt
from commands.demo.visitor import REPLY_LIMIT_SECONDS, DemoError, Visitor
from commands.train import train
from database import migrate, open_engine
from knowledge.loader import load_knowledge
from learning.tables import learner
from settings import Settings

LEARNERS = 200
SEED = 7


def make_demo_data(settings: Settings, report: Report, learners: int = LEARNERS, seed: int = SEED) -> int:
    """Let made-up people talk with the real tutor, at the times of the four weeks that end today.

    Returns:
        How many messages they said.

    Raises:
        DemoError: There are learners in the database already, or the tutor did not answer.
        DatabaseUnusable: The database cannot be opened.
    """
    migrate(settings.database_url)
    _require_nobody(settings)
    train(settings, report)
    month = Month(load_knowledge(), learners, seed, datetime.now(timezone.utc))
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock(Path(folder) / "clock")
        try:
            report(f"starting the tutor at another time of day; {learners} people will come in four weeks")
            with TutorAt(settings, clock) as tutor, _open_client(tutor.url) as client:
                return month.live(clock, lambda zone: Visitor(client, zone), report)
        finally:
            clock.close()


def _open_client(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, timeout=REPLY_LIMIT_SECONDS, trust_env=False)


def _require_nobody(settings: Settings) -> None:
    engine = open_engine(settings.database_url)
    try:
        with engine.connect() as connection:
            known = connection.execute(select(func.count()).select_from(learner)).scalar_one()
    finally:
        engine.dispose()
    if known:
        raise DemoError(
            f"there are {known} learners in the database already, and demo data goes only where nobody is; "
            "name another database, for instance DATABASE_URL=sqlite:///var/demo.db"
        )
