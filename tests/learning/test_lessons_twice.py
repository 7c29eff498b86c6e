"""An answer to a quiz item that comes twice in a moment, under two ids, takes one try."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from learning.store import LearningStore
from tests.learning.histories import NOON
from tests.learning.learner import ANN, LESSON, Learner


@pytest.mark.parametrize(("seconds", "tries"), [(0.4, 1), (2, 1), (10, 2)])
def test_answer_that_comes_twice_takes_one_try(engine: Engine, seconds: float, tries: int) -> None:
    """A wrong answer that was tapped twice leaves the second try; the same again after a while uses it up."""
    now = [NOON]
    ann = Learner(LearningStore(engine, lambda: now[0]), LESSON)
    ann.do("begin", LESSON.id)
    ann.do("skip")

    first = ann.answer("a")
    now[0] += timedelta(seconds=seconds)
    again = ann.answer("a")

    assert len(ann.store.look(ANN).outcomes[LESSON.id][LESSON.items[0].id]) == tries
    assert (again == first) is (tries == 1)
    assert again["place"]["is_closed"] is (tries == 2)


def test_other_answer_at_once_is_graded(engine: Engine) -> None:
    """Who sees the slip at once and types the right letter is heard."""
    ann = Learner(LearningStore(engine, lambda: NOON), LESSON)
    ann.do("begin", LESSON.id)
    ann.do("skip")

    told = [ann.answer(letter)["outcome"] for letter in ("a", "b")]

    assert told == ["wrong", "right"]
