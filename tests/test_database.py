"""The database: writers wait for each other, readers for nobody, and trouble is told in a sentence."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import DatabaseUnusable, migrate, now_utc, open_engine, reading

NUMBER = sa.Table("number", sa.MetaData(), sa.Column("value", sa.Integer))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Give a database with one number."""
    engine = open_engine(f"sqlite:///{tmp_path / 'deep' / 'down' / 'tutor.db'}")
    with engine.begin() as connection:
        NUMBER.create(connection)
        connection.execute(NUMBER.insert().values(value=0))
    yield engine
    engine.dispose()


def _add_one(engine: Engine, together: threading.Barrier, times: int) -> None:
    together.wait()
    for _ in range(times):
        with engine.begin() as connection:
            value = connection.execute(sa.select(NUMBER.c.value)).scalar_one()
            connection.execute(NUMBER.update().values(value=value + 1))


def test_database_is_made_with_its_folder_and_log(engine: Engine) -> None:
    """The folder is made, and the file keeps a write-ahead log and its foreign keys."""
    with engine.connect() as connection:
        modes = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")]

    assert modes == ["wal", 1]


def test_writers_that_read_first_lose_nothing(engine: Engine) -> None:
    """Read a number, add one, write it, by two at once: every one counts, and nobody gets an error."""
    together = threading.Barrier(2)
    threads = [threading.Thread(target=_add_one, args=(engine, together, 25)) for _ in range(2)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with reading(engine) as connection:
        assert connection.execute(sa.select(NUMBER.c.value)).scalar_one() == 50


def test_reader_does_not_wait_for_writer(engine: Engine) -> None:
    """While one writes, another reads what was there before."""
    with engine.begin() as writer:
        writer.execute(NUMBER.update().values(value=7))
        with reading(engine) as reader:
            during = reader.execute(sa.select(NUMBER.c.value)).scalar_one()

    with reading(engine) as reader:
        after = reader.execute(sa.select(NUMBER.c.value)).scalar_one()
    assert (during, after) == (0, 7)


def test_change_that_fails_is_taken_back(engine: Engine) -> None:
    """A transaction that ends in an error changes nothing."""
    with pytest.raises(ZeroDivisionError), engine.begin() as connection:
        connection.execute(NUMBER.update().values(value=7))
        raise ZeroDivisionError

    with reading(engine) as connection:
        assert connection.execute(sa.select(NUMBER.c.value)).scalar_one() == 0


def test_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """Something else in the database's place is told, and left as it is."""
    path = tmp_path / "tutor.db"
    path.write_text("These are my holiday plans, and no database at all." * 30, encoding="utf-8")

    with pytest.raises(
        DatabaseUnusable, match=r"^the database cannot be used \(.*not a database\); check DATABASE_URL$"
    ):
        migrate(f"sqlite:///{path}")

    assert path.read_text(encoding="utf-8").startswith("These are my holiday plans")


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file where the folder should be is told in one line."""
    (tmp_path / "taken").touch()

    with pytest.raises(DatabaseUnusable, match=r"^the database cannot be used .*; check DATABASE_URL$"):
        migrate(f"sqlite:///{tmp_path / 'taken' / 'tutor.db'}")


def test_server_out_of_reach_is_told_without_password() -> None:
    """A PostgreSQL that is not there, or has no driver here, is told; the password is not."""
    with pytest.raises(DatabaseUnusable, match=r"^the database cannot be used") as caught:
        migrate("postgresql://anna:hush@127.0.0.1:1/tutor")

    assert "hush" not in str(caught.value)


def test_schema_of_a_later_edition_is_refused(database_url: str) -> None:
    """A database that a later edition of the tutor made is not touched."""
    engine = open_engine(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(DatabaseUnusable, match="9999"):
        migrate(database_url)
    engine.dispose()


def test_present_moment_is_utc_without_zone() -> None:
    """Times are stored in UTC and bare, so that they compare."""
    assert now_utc().tzinfo is None
    assert now_utc() <= now_utc()


def test_replaced_database_file_is_opened_anew(tmp_path: Path) -> None:
    """After a restore, connections that were kept read and write the file that is there now."""
    engine, other = (open_engine(f"sqlite:///{tmp_path / name}") for name in ("tutor.db", "backup.db"))
    for one, word in ((engine, "old"), (other, "restored")):
        with one.begin() as connection:
            connection.execute(sa.text("CREATE TABLE word (text TEXT)"))
            connection.execute(sa.text("INSERT INTO word VALUES (:word)"), {"word": word})
    other.dispose()

    for beside in ("tutor.db-wal", "tutor.db-shm"):
        (tmp_path / beside).unlink()
    (tmp_path / "backup.db").replace(tmp_path / "tutor.db")

    with engine.begin() as connection:
        assert connection.execute(sa.text("SELECT text FROM word")).scalar_one() == "restored"
    engine.dispose()
