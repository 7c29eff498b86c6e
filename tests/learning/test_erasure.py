"""Forgetting leaves nothing: in no table, and in no page of the file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import drop_deleted, open_engine, reading
from learning.belongings import Belongings
from learning.erasure import FORGOTTEN, erase
from review.tables import desk_audit
from tests.learning.histories import NOON, a_row, count_rows, fill

SECRET_WORDS = "the neighbours of the north quay"
NUMBER = "0123456789abcdef" * 2


def _bytes_of(engine: Engine) -> bytes:
    path = Path(str(engine.url.database))
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


def test_erasure_empties_every_table_of_one_person(engine: Engine) -> None:
    """All rows of the one are gone and counted; those of the other stay."""
    belongings = Belongings(engine)
    with engine.begin() as connection:
        fill(connection, belongings, "ann", 2)
        fill(connection, belongings, "bob")
        before = count_rows(connection, belongings, "ann")

        counts = erase(belongings, connection, "ann")

        assert counts == before
        assert all(counts.values())
        assert not any(count_rows(connection, belongings, "ann").values())
        assert all(count_rows(connection, belongings, "bob").values())


def test_row_that_stays_true_without_a_person_loses_its_owner_only(engine: Engine) -> None:
    """A certificate may be checked by others for ever; whose it was is forgotten."""
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE paper (code VARCHAR PRIMARY KEY, learner_id VARCHAR(64))")
        connection.exec_driver_sql("INSERT INTO paper VALUES ('c1', 'ann')")
    fresh = open_engine(str(engine.url))
    belongings = Belongings(fresh)

    with fresh.begin() as connection:
        counts = erase(belongings, connection, "ann")
        left = connection.exec_driver_sql("SELECT code, learner_id FROM paper").all()
    fresh.dispose()

    assert counts["paper"] == 1
    assert [tuple(row) for row in left] == [("c1", None)]


def test_erased_number_is_taken_out_of_what_the_team_did(engine: Engine) -> None:
    """That somebody read a conversation stays known; whose it was is forgotten."""
    row = {"done_at": NOON, "name": "kim", "action": "read", "target": "ann", "reason": ""}
    with engine.begin() as connection:
        connection.execute(desk_audit.insert().values(row))

        erase(Belongings(engine), connection, "ann")

        assert connection.execute(sa.select(desk_audit.c.target)).scalar_one() == FORGOTTEN


def test_erasure_of_nobody_counts_nothing(engine: Engine) -> None:
    """Somebody without rows gets a receipt of zeros that names every store."""
    belongings = Belongings(engine)
    with engine.begin() as connection:
        counts = erase(belongings, connection, "nobody")

    assert set(counts) == {one.name for one in belongings.holdings}
    assert not any(counts.values())


def test_erased_words_stand_in_no_page_of_the_file(engine: Engine) -> None:
    """After an erasure the words are neither in free pages nor in the log."""
    belongings = Belongings(engine)
    note = belongings.holding("note")
    assert note
    with engine.begin() as connection:
        fill(connection, belongings, "ann")
        connection.execute(note.table.update().values(text=SECRET_WORDS * 500))
        connection.execute(note.table.update().values(text=SECRET_WORDS))
    assert SECRET_WORDS.encode() in _bytes_of(engine)

    with engine.begin() as connection:
        erase(belongings, connection, "ann")
    why = drop_deleted(engine)

    assert why == ""
    assert SECRET_WORDS.encode() not in _bytes_of(engine)


@pytest.mark.parametrize("seed", range(12))
def test_copies_left_where_rows_were_moved_go_with_the_rows(engine: Engine, seed: int) -> None:
    """Rows among others', of any length and in any order, make SQLite move some; no page keeps a copy of the erased."""
    dice = random.Random(seed)
    belongings = Belongings(engine)
    note = belongings.holding("note")
    assert note
    for number in range(1, 150):
        owner = NUMBER if dice.random() < 0.5 else f"{dice.getrandbits(128):032x}"
        row = a_row(note, owner, number, message_id=f"{dice.getrandbits(128):032x}", text="x" * dice.randint(0, 900))
        with engine.begin() as connection:
            connection.execute(note.table.insert().values(row))

    with engine.begin() as connection:
        erase(belongings, connection, NUMBER)

    assert drop_deleted(engine) == ""
    assert NUMBER.encode() not in _bytes_of(engine)


def test_large_file_is_left_for_the_daily_work(engine: Engine) -> None:
    """Rewriting a large file would keep the others waiting; its log alone is cut, and the caller hears of it."""
    assert "too large" in drop_deleted(engine, largest_bytes=1)

    assert drop_deleted(engine) == ""


def test_log_in_use_is_not_cut_and_says_so(engine: Engine) -> None:
    """While somebody reads an older state, the log stays, and the caller hears of it."""
    belongings = Belongings(engine)
    with engine.begin() as connection:
        fill(connection, belongings, "ann")
    with reading(engine) as reader:
        count_rows(reader, belongings, "ann")
        with engine.begin() as connection:
            erase(belongings, connection, "ann")
        with engine.connect().execution_options(read_only=True) as other:
            other.exec_driver_sql("PRAGMA busy_timeout=50")

        assert drop_deleted(engine) == "its log was being read"

    assert drop_deleted(engine) == ""
