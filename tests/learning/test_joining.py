"""Two histories are put together, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection, Engine

from learning.belongings import Belongings
from learning.joining import join
from learning.sitting import REPETITION
from tests.learning.histories import NOON, a_row, contents, count_rows, fill, rows_of

SINGLE = {"learner", "plan_place", "sitting", "desk_mark"}  # one row a person: the two become one


@pytest.fixture
def belongings(engine: Engine) -> Belongings:
    """Give the tables with people's rows."""
    return Belongings(engine)


def put(connection: Connection, belongings: Belongings, table: str, who: str, number: int, **values: Any) -> None:
    """Give somebody one row of a table."""
    holding = belongings.holding(table)
    assert holding
    connection.execute(holding.table.insert().values(a_row(holding, who, number, **values)))


def read(connection: Connection, belongings: Belongings, table: str, who: str = "ann") -> list[dict[str, Any]]:
    """Read somebody's rows of a table."""
    holding = belongings.holding(table)
    assert holding
    return rows_of(connection, holding, who)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(own=st.integers(0, 3), brought=st.integers(0, 3))
def test_joining_loses_no_row_of_any_table(engine: Engine, belongings: Belongings, own: int, brought: int) -> None:
    """All that both had is the one's, in every table; of the other nothing is left."""
    with engine.connect() as connection, connection.begin() as transaction:
        if own:
            fill(connection, belongings, "ann", own)
        if brought:
            fill(connection, belongings, "bob", brought)
        before = {row for who in ("ann", "bob") for row in contents(connection, belongings, who)}

        join(belongings, connection, "bob", "ann")

        after = set(contents(connection, belongings, "ann"))
        assert {row for row in before - after if row[0] not in SINGLE} == set()
        assert not any(count_rows(connection, belongings, "bob").values())
        counts = count_rows(connection, belongings, "ann")
        assert {counts[name] for name in SINGLE} == {int(bool(own or brought))}
        transaction.rollback()


def test_joining_twice_changes_nothing(engine: Engine, belongings: Belongings) -> None:
    """After a crash in between the same may be done again."""
    with engine.begin() as connection:
        fill(connection, belongings, "ann", 2)
        fill(connection, belongings, "bob", 2)
        join(belongings, connection, "bob", "ann")
        once = sorted(contents(connection, belongings, "ann"))

        join(belongings, connection, "bob", "ann")
        join(belongings, connection, "ann", "ann")

        assert sorted(contents(connection, belongings, "ann")) == once


def test_order_of_two_joinings_does_not_matter(engine: Engine, belongings: Belongings) -> None:
    """Whichever of two devices is joined first, the same is there: but for where the conversation stands."""
    results = []
    for first, second in (("bob", "cem"), ("cem", "bob")):
        with engine.connect() as connection, connection.begin() as transaction:
            for number, who in enumerate(("ann", "bob", "cem"), 1):
                put(connection, belongings, "lesson_place", who, number, lesson_id="one", is_done=who == "bob")
                put(connection, belongings, "repetition", who, 4 - number, item_id="one.a", fingerprint="f")
                put(connection, belongings, "note", who, number)
            join(belongings, connection, first, "ann")
            join(belongings, connection, second, "ann")
            results.append(sorted(contents(connection, belongings, "ann")))
            transaction.rollback()

    assert results[0] == results[1]


def test_attempts_stand_in_the_order_in_which_they_were_made(engine: Engine, belongings: Belongings) -> None:
    """The first try at an item stays the first, whichever device it was made on."""
    with engine.begin() as connection:
        for number, who in enumerate(("bob", "ann", "bob"), 1):
            put(connection, belongings, "attempt", who, number, item_id="one.a", outcome=f"o{number}")

        join(belongings, connection, "bob", "ann")

        rows = sorted(read(connection, belongings, "attempt"), key=lambda row: int(row["id"]))
        assert [row["outcome"] for row in rows] == ["o1", "o2", "o3"]


def test_messages_with_one_id_are_both_kept(engine: Engine, belongings: Belongings) -> None:
    """Should two devices have made the same message id, both notes are there."""
    with engine.begin() as connection:
        for who in ("ann", "bob"):
            put(connection, belongings, "note", who, 1, message_id="same", text=f"of {who}")

        join(belongings, connection, "bob", "ann")

        notes = read(connection, belongings, "note")
        assert {note["text"] for note in notes} == {"of ann", "of bob"}
        assert len({note["message_id"] for note in notes}) == 2


def test_plan_that_is_open_stays_open(engine: Engine, belongings: Belongings) -> None:
    """Both plans are kept, with their answers; worked on is that of the one who stays."""
    with engine.begin() as connection:
        for number, who in enumerate(("ann", "bob"), 1):
            put(connection, belongings, "project", who, number)
            project = read(connection, belongings, "project", who)[0]["id"]
            put(connection, belongings, "plan_place", who, number, project_id=project)
            put(connection, belongings, "plan_answer", who, number, project_id=project)
        own = read(connection, belongings, "plan_place")

        join(belongings, connection, "bob", "ann")

        projects = {row["id"] for row in read(connection, belongings, "project")}
        assert {row["project_id"] for row in read(connection, belongings, "plan_answer")} == projects
        assert len(projects) == 2
        assert read(connection, belongings, "plan_place") == own


@pytest.mark.parametrize("later", ["ann", "bob"])
def test_sitting_that_is_later_is_kept_with_its_place(engine: Engine, belongings: Belongings, later: str) -> None:
    """The place in a sitting is that of the sitting which is kept, even if the other place is newer."""
    with engine.begin() as connection:
        for who in ("ann", "bob"):
            begun = NOON + timedelta(minutes=who == later)
            put(connection, belongings, "sitting", who, 1, begun_at=begun, item_ids=who)
            moved = NOON + timedelta(minutes=who != later)
            values = {"lesson_id": REPETITION, "updated_at": moved, "step_key": who}
            put(connection, belongings, "lesson_place", who, 1, **values)

        join(belongings, connection, "bob", "ann")

        assert [row["item_ids"] for row in read(connection, belongings, "sitting")] == [later]
        assert [row["step_key"] for row in read(connection, belongings, "lesson_place")] == [later]


def test_conversation_that_stays_goes_on_after_the_other(engine: Engine, belongings: Belongings) -> None:
    """Events are numbered without a gap: first the other's, then those of the one who stays."""
    with engine.begin() as connection:
        for who, length in (("ann", 3), ("bob", 2)):
            for seq in range(1, length + 1):
                put(connection, belongings, "conversation_event", who, seq, seq=seq, data=f"{who} {seq}")

        join(belongings, connection, "bob", "ann")

        rows = sorted(read(connection, belongings, "conversation_event"), key=lambda row: int(row["seq"]))
        assert [(row["seq"], row["data"]) for row in rows] == [
            (1, "bob 1"),
            (2, "bob 2"),
            (3, "ann 1"),
            (4, "ann 2"),
            (5, "ann 3"),
        ]
