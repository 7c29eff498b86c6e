"""``tutor tidy`` forgets who has been away for long, and says how many."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from channels import tables
from commands.tidy import tidy_up
from database import now_utc, open_engine
from learning.belongings import Belongings
from settings import load_settings
from tests.learning.histories import count_rows


def come_in(engine: Engine, who: str, days_ago: int) -> None:
    """Let somebody have come some days ago."""
    row = {"token_hash": who, "learner_id": who, "created_at": now_utc() - timedelta(days=days_ago)}
    with engine.begin() as connection:
        connection.execute(tables.web_session.insert().values(row))


def test_tidying_forgets_and_prints_counts(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who came long ago is forgotten, who came lately is not; no name and no number is printed."""
    own = {"TUTOR_VAR": str(tmp_path), "DATABASE_URL": database_url, "RETENTION_DAYS": "10"}
    engine = open_engine(database_url)
    come_in(engine, "ann-long-ago", 11)
    come_in(engine, "bob-of-late", 9)

    tidy_up(load_settings(own))

    with engine.connect() as connection:
        people = [count_rows(connection, Belongings(engine), who) for who in ("ann-long-ago", "bob-of-late")]
    engine.dispose()
    assert [sum(counts.values()) for counts in people] == [0, 1]
    assert capsys.readouterr().out == "tutor: 1 people forgotten, 0 codes and tries removed\n"
