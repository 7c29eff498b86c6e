"""Every table with rows of people is known, described, and has a rule for joining two histories."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.components import tracker_tables
from channels.telegram import tables as telegram_tables
from database import reading
from learning import tables as learning_tables
from learning.belongings import BEGUN, MENTIONS, Belongings, find_holding, name_of, told
from learning.joining import CONVERSATION, MESSAGE_ID, unique_keys
from learning.merging import RULES
from learning.store import LearningStore
from review import content_tables, question_tables
from review import tables as desk_tables
from tests.learning.histories import fill
from tests.learning.learner import Learner

DECLARED = [learning_tables.metadata, telegram_tables.metadata, tracker_tables.metadata, desk_tables.metadata]
DECLARED += [content_tables.metadata, question_tables.metadata]
TABLES = [table for metadata in DECLARED for table in metadata.tables.values()]
NOBODYS = {
    "content_draft",
    "content_revision",
    "content_revision_file",
    "desk_draft_notice",
    "desk_model",
    "desk_session",
    "desk_training",
    "desk_try",
    "desk_user",
    "lesson_edition",
    "telegram_update",
}  # no row of these tells anything about a learner


def test_each_declared_table_is_somebodys_or_named_as_nobodys() -> None:
    """A new table either names its owner, so that it is erased and exported, or is listed here as nobody's."""
    without_owner = {table.name for table in TABLES if find_holding(table) is None}

    assert without_owner - NOBODYS == set()


def test_tables_of_the_database_are_those_declared(engine: Engine) -> None:
    """What is read from the database is what the parts declare."""
    found = {one.name for one in Belongings(engine).holdings}

    assert found == {table.name for table in TABLES if find_holding(table)} - set(MENTIONS)
    assert {"conversation_event", "inbox", "outbox", "note", "learner", "web_session", "link_code"} <= found


def test_each_table_is_described(engine: Engine) -> None:
    """The receipt, the archive and the pages on privacy can say what stands in it."""
    assert {one.name for one in Belongings(engine).holdings} - set(told()) == set()
    assert all(one.name and one.what and one.why for one in told().values())


def test_table_that_nobody_described_goes_by_its_name() -> None:
    """A receipt never fails for want of words."""
    assert name_of("brand_new") == "brand new"


def test_each_key_of_a_learner_has_a_rule_for_two(engine: Engine) -> None:
    """Where two histories may hold a row about the same thing, it is written down what becomes of both."""
    keyed = {
        holding.name
        for holding in Belongings(engine).holdings
        for key in unique_keys(holding)
        if holding.name != CONVERSATION and (holding.name == "handled" or MESSAGE_ID not in {one.name for one in key})
    }

    assert "lesson_place" in keyed
    assert keyed - set(RULES) == set()


def test_tables_that_show_a_beginning_are_there(engine: Engine) -> None:
    """No name in the list of beginnings is out of date."""
    assert set(BEGUN) <= {one.name for one in Belongings(engine).holdings}


def test_who_only_said_hello_has_not_begun(engine: Engine, store: LearningStore) -> None:
    """A greeting is no history; a lesson is."""
    belongings = Belongings(engine)
    store.once("bob", "hello", lambda records: {"kind": "greeted"})

    with reading(engine) as connection:
        assert not belongings.has_begun(connection, "bob")


def test_who_opened_a_lesson_has_begun(engine: Engine, learner: Learner) -> None:
    """A place in a lesson is a history."""
    with reading(engine) as connection:
        assert Belongings(engine).has_begun(connection, learner.name)


def test_fill_reaches_every_table(engine: Engine) -> None:
    """The samples that the other tests use leave no table out."""
    belongings = Belongings(engine)
    with engine.begin() as connection:
        fill(connection, belongings, "ann")
        counts = [
            connection.execute(sa.select(sa.func.count()).select_from(one.table)).scalar_one()
            for one in belongings.holdings
        ]

    assert all(counts)
