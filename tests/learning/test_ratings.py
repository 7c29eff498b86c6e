"""Ratings of answers and the reasons that people give, each stored once."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from learning import tables
from learning.store import LearningStore, Payload, Records
from tests.learning.counting import LEARNER


def _ratings(engine: Engine) -> list[tuple[str, str, bool, str | None]]:
    table = tables.rating
    query = sa.select(table.c.learner_id, table.c.topic_id, table.c.is_helpful, table.c.reason).order_by(table.c.id)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def _rate(topic: str, *, is_helpful: bool = False) -> Callable[[Records], Payload]:
    def work(records: Records) -> Payload:
        records.add_rating(topic, is_helpful=is_helpful)
        return {}

    return work


def _say_why(topic: str, reason: str) -> Callable[[Records], Payload]:
    def work(records: Records) -> Payload:
        records.add_reason(topic, reason)
        return {}

    return work


def test_reason_goes_to_the_latest_rating_that_says_no(store: LearningStore, engine: Engine) -> None:
    """Of several ratings, the reason belongs to the learner's own, of that topic, that is unhelpful, the newest."""
    store.once(LEARNER, "m1", _rate("system.value"))
    store.once(LEARNER, "m2", _rate("system.value"))
    store.once(LEARNER, "m3", _rate("system.value", is_helpful=True))
    store.once(LEARNER, "m4", _rate("system.phases"))
    store.once("ben", "m5", _rate("system.value"))

    store.once(LEARNER, "m6", _say_why("system.value", "old"))

    assert [row[3] for row in _ratings(engine)] == [None, "old", None, None, None]


def test_reason_without_rating_is_one(store: LearningStore, engine: Engine) -> None:
    """Who gives a reason for an answer that was never rated rates it; a second time the row is changed."""
    store.once(LEARNER, "m1", _say_why("system.value", "hard"))
    store.once(LEARNER, "m2", _say_why("system.value", "wrong"))

    assert _ratings(engine) == [(LEARNER, "system.value", False, "wrong")]


def test_reason_message_again_changes_nothing(store: LearningStore, engine: Engine) -> None:
    """The same message with a reason twice is one change."""
    store.once(LEARNER, "m1", _say_why("system.value", "hard"))
    store.once(LEARNER, "m2", _say_why("system.value", "old"))
    store.once(LEARNER, "m1", _say_why("system.value", "hard"))

    assert _ratings(engine) == [(LEARNER, "system.value", False, "old")]
