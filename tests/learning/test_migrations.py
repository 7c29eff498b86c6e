"""The migrated schema is the declared one, and the migrations lead there and back."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from bot.components import tracker_tables
from channels import tables as channel_tables
from channels.telegram import tables as telegram_tables
from database import MIGRATIONS, migrate, open_engine
from learning import tables as learning_tables
from learning.store import LearningStore
from review import content_tables, question_tables
from review import tables as desk_tables

DECLARED = [learning_tables.metadata, *{channel_tables.metadata, telegram_tables.metadata}]
DECLARED += [tracker_tables.metadata, desk_tables.metadata]
DECLARED += [content_tables.metadata, question_tables.metadata]


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Give the address of a database that is not there yet."""
    return f"sqlite:///{tmp_path / 'folder' / 'tutor.db'}"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """Give that database, opened."""
    engine = open_engine(url)
    yield engine
    engine.dispose()


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes.update(url=url)
    return config


def _schema(engine: Engine) -> list[str]:
    """Read what the database says that it is made of."""
    with engine.connect() as connection:
        query = sa.text(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'sqlite_sequence' ORDER BY name"
        )
        return list(connection.execute(query).scalars())


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        revision: str | None = MigrationContext.configure(connection).get_current_revision()
    return revision


def test_tables_declared_equal_migrated_schema(url: str, engine: Engine) -> None:
    """Every table, column, index and rule that the code declares is in the schema, and nothing else."""
    migrate(url)

    with engine.connect() as connection:
        options = {"compare_type": True, "include_name": lambda name, kind, parents: name != "sqlite_sequence"}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), DECLARED) == []


def test_tables_of_two_parts_have_names_of_their_own() -> None:
    """No two parts declare a table of one name."""
    names = [name for metadata in DECLARED for name in metadata.tables]

    assert len(names) == len(set(names))


def test_migration_down_and_up_gives_same_schema(url: str, engine: Engine) -> None:
    """Down to nothing and up again ends where it began; nothing of ours is left in between."""
    migrate(url)
    before = _schema(engine)

    command.downgrade(_config(url), "base")
    between = _schema(engine)
    migrate(url)

    assert [line for line in between if "alembic_version" not in line] == []
    assert _schema(engine) == before


def test_each_migration_can_be_undone_alone(url: str, engine: Engine) -> None:
    """Each step down leads to the schema that was there before its step up."""
    schemas = {}
    for revision in reversed(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())):
        command.upgrade(_config(url), revision.revision)
        schemas[revision.revision] = _schema(engine)

    for revision in list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())[:-1]:
        command.downgrade(_config(url), "-1")
        assert _schema(engine) == schemas[str(revision.down_revision)]


def test_migration_twice_changes_nothing(url: str, engine: Engine) -> None:
    """A database that is up to date is left alone, with what is in it."""
    migrate(url)
    with engine.begin() as connection:
        connection.execute(learning_tables.learner.insert().values(id="ann", created_at=sa.func.now()))
    before = _schema(engine)

    migrate(url)

    with engine.connect() as connection:
        assert connection.execute(sa.select(learning_tables.learner.c.id)).scalars().all() == ["ann"]
    assert _schema(engine) == before


def test_ratings_survive_the_column_for_reasons(url: str, engine: Engine) -> None:
    """What was rated before is there afterwards, without a reason; and again when the column is taken away."""
    command.upgrade(_config(url), "0003")
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO rating (learner_id, topic_id, is_helpful, message_id, rated_at)"
                " VALUES ('ann', 'system.value', 0, 'm1', '2026-05-04 12:00:00')"
            )
        )

    command.upgrade(_config(url), "0004")
    with engine.connect() as connection:
        row = connection.execute(sa.text("SELECT topic_id, reason FROM rating")).one()
    command.downgrade(_config(url), "0003")
    with engine.connect() as connection:
        after = connection.execute(sa.text("SELECT * FROM rating")).mappings().one()

    assert tuple(row) == ("system.value", None)
    assert "reason" not in after and after["topic_id"] == "system.value"


def test_place_kept_before_a_migration_is_a_place_after_it(url: str, engine: Engine) -> None:
    """Somebody who was in a lesson before answers could wait is where they were."""
    command.upgrade(_config(url), "0003")
    values = "'ann', 'system.people', 'v1', 'opening', 0, '[]', 0, 0, 0, '2026-05-04 12:00:00'"
    names = "learner_id, lesson_id, version, step_key, step_number, picked, tries, is_closed, is_done, updated_at"
    with engine.begin() as connection:
        connection.execute(sa.text(f"INSERT INTO lesson_place ({names}) VALUES ({values})"))
        connection.execute(sa.text("INSERT INTO learner VALUES ('ann', 'system.people', '2026-05-04 12:00:00')"))

    migrate(url)

    place = LearningStore(engine).look("ann").place
    assert place is not None
    assert (place.key, place.answered) == ("opening", ())


def _start(url: str, together: Any) -> None:
    together.wait()
    migrate(url)


def test_migration_by_two_processes_at_once_succeeds(url: str, engine: Engine) -> None:
    """Two programs that start together on an empty database both find it ready."""
    context = multiprocessing.get_context("spawn")
    together = context.Barrier(2)
    processes = [context.Process(target=_start, args=(url, together)) for _ in range(2)]

    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0, 0]
    assert _revision(engine) == ScriptDirectory(str(MIGRATIONS)).get_current_head()
