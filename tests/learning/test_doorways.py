"""Doors lead to a learner, to somebody else, or nowhere."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from channels import tables
from learning.belongings import Belongings
from learning.doorways import Doorways, OpenDoors

NOON = datetime(2026, 5, 4, 12)


@pytest.fixture
def doorways(engine: Engine) -> Doorways:
    """Give the doors of a database in which three browsers lead to Ann and one to Bob."""
    rows = [("first", "ann"), ("second", "ann"), ("third", "ann"), ("other", "bob")]
    with engine.begin() as connection:
        for number, (key, who) in enumerate(rows):
            created_at = NOON + timedelta(minutes=number)
            row = {"token_hash": key, "learner_id": who, "created_at": created_at}
            connection.execute(tables.web_session.insert().values(row))
    return Doorways(Belongings(engine), lambda: NOON)


def who_is_behind(engine: Engine) -> dict[str, str]:
    """Read to whom each browser leads."""
    with engine.connect() as connection:
        rows = connection.execute(tables.web_session.select()).all()
    return {row.token_hash: row.learner_id for row in rows}


def test_doors_are_counted_by_channel(engine: Engine, doorways: Doorways) -> None:
    """Who has several browsers is told how many."""
    with engine.connect() as connection:
        assert doorways.counts(connection, "ann") == {"web": 3}
        assert doorways.leads_here(connection, "bob")
        assert not doorways.leads_here(connection, "nobody")
    assert OpenDoors(engine).count("ann") == 3


def test_closing_the_others_keeps_the_named_door(engine: Engine, doorways: Doorways) -> None:
    """The door at which it was said stays; those of other people, too."""
    with engine.begin() as connection:
        closed = doorways.close_others(connection, "ann", "web", "second")

    assert closed == 2
    assert who_is_behind(engine) == {"second": "ann", "other": "bob"}


def test_closing_the_others_from_another_channel_closes_all_browsers(engine: Engine, doorways: Doorways) -> None:
    """Said in Telegram, all browsers are closed."""
    with engine.begin() as connection:
        assert doorways.close_others(connection, "ann", "telegram", "123") == 3


def test_door_that_is_not_named_is_the_newest(engine: Engine, doorways: Doorways) -> None:
    """After a crash nobody remembers the door: it is most likely the one that was opened last."""
    with engine.begin() as connection:
        doorways.close_others(connection, "ann", "web", "")

    assert who_is_behind(engine) == {"third": "ann", "other": "bob"}


def test_turned_door_leads_to_somebody_else(engine: Engine, doorways: Doorways) -> None:
    """Only the named door is turned."""
    with engine.begin() as connection:
        doorways.turn(connection, "ann", "web", "first", "new")

    assert who_is_behind(engine) == {"first": "new", "second": "ann", "third": "ann", "other": "bob"}


def test_door_of_somebody_else_is_never_turned(engine: Engine, doorways: Doorways) -> None:
    """A key that belongs to another person counts as none."""
    with engine.begin() as connection:
        doorways.turn(connection, "nobody", "web", "other", "new")
        doorways.turn(connection, "ann", "post", "first", "new")

    assert who_is_behind(engine)["other"] == "bob"
    assert "new" not in who_is_behind(engine).values()
