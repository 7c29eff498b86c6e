"""Who has been away for long is forgotten; who is there is not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from channels import tables
from learning.belongings import Belongings
from learning.retention import Retention
from learning.tables import handled
from tests.learning.histories import count_rows, fill

DAYS = 30
NOW = datetime(2026, 11, 26)


def retain(engine: Engine, days: int = DAYS) -> int:
    """Run it on a fixed day."""
    return Retention(engine, days, lambda: NOW).run()


def count_all(engine: Engine, who: str) -> int:
    """Count somebody's rows."""
    with engine.connect() as connection:
        return sum(count_rows(connection, Belongings(engine), who).values())


def come_back(engine: Engine, who: str, days_ago: float) -> None:
    """Let a message of somebody come in."""
    with engine.begin() as connection:
        changed = tables.inbox.update().where(tables.inbox.c.learner_id == who)
        connection.execute(changed.values(received_at=NOW - timedelta(days=days_ago)))


@pytest.fixture(autouse=True)
def people(engine: Engine) -> None:
    """Give two people whose every row is some months old."""
    with engine.begin() as connection:
        for who in ("ann", "bob"):
            fill(connection, Belongings(engine), who)


def test_who_was_silent_for_long_is_forgotten(engine: Engine) -> None:
    """Every row of theirs goes; those of somebody who wrote meanwhile stay."""
    come_back(engine, "bob", days_ago=1)
    kept = count_all(engine, "bob")

    assert retain(engine) == 1
    assert (count_all(engine, "ann"), count_all(engine, "bob")) == (0, kept)


@pytest.mark.parametrize(("days_ago", "is_kept"), [(DAYS - 0.01, True), (DAYS + 0.01, False)])
def test_limit_is_counted_from_the_last_sign_of_life(engine: Engine, days_ago: float, is_kept: bool) -> None:
    """The day counts on which the person was last there."""
    come_back(engine, "ann", days_ago)

    retain(engine)

    assert bool(count_all(engine, "ann")) == is_kept


def test_no_limit_keeps_everybody(engine: Engine) -> None:
    """With 0 days nobody is forgotten for being away."""
    assert retain(engine, 0) == 0
    assert count_all(engine, "ann")


def test_second_run_finds_nobody(engine: Engine) -> None:
    """Several gateways may run it on one day."""
    assert (retain(engine), retain(engine)) == (2, 0)


def test_who_has_no_sign_of_life_at_all_is_left_alone(engine: Engine) -> None:
    """Rows that nobody can date are not taken for old ones."""
    with engine.begin() as connection:
        for table in (handled, tables.inbox, tables.web_session):
            connection.execute(table.delete().where(table.c.learner_id == "ann"))
        for holding in Belongings(engine).holdings:
            if holding.name in ("learner", "conversation_event", "telegram_chat"):
                connection.execute(holding.table.delete().where(holding.owner == "ann"))

    assert retain(engine) == 1
    assert count_all(engine, "ann")
