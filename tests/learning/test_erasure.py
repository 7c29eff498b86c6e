"""Forgetting leaves nothing: in no table, and in no page of the file."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import cut_log, open_engine, reading
from learning.belongings import Belongings
from learning.erasure import FORGOTTEN, erase
from review.tables import desk_audit
from tests.learning.histories import NOON, count_rows, fill

SECRET_WORDS = "the neighbours of the north quay"


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
    is_clear = cut_log(engine)

    assert is_clear
    assert SECRET_WORDS.encode() not in _bytes_of(engine)


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

        assert not cut_log(engine)

    assert cut_log(engine)
