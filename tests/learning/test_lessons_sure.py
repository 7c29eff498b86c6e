"""The one item of a lesson where people say how sure they are before they hear whether they are right."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from learning import tables
from learning.store import LearningStore
from tests.learning.learner import ANN, Learner
from tests.learning.samples import a_card, a_lesson, an_item

LESSON = a_lesson(replace(an_item("where"), asks_sure=True), a_card("end"), an_item("who"))


@pytest.fixture
def learner(store: LearningStore) -> Learner:
    """Give somebody who stands at the item."""
    learner = Learner(store, LESSON)
    learner.do("begin", LESSON.id)
    return learner


def _attempts(engine: Engine) -> list[tuple[str, str | None]]:
    with engine.connect() as connection:
        query = sa.select(tables.attempt.c.outcome, tables.attempt.c.sureness).order_by(tables.attempt.c.id)
        return [tuple(row) for row in connection.execute(query)]


def test_answer_waits_until_it_is_said_how_sure(learner: Learner, engine: Engine) -> None:
    """The answer is kept, not graded; then it is graded and stored with how sure the person was."""
    asked = learner.answer("d")
    before = _attempts(engine)
    graded = learner.do("say_sure", "sure", "sample.where")

    assert (asked["kind"], asked["place"]["answered"], before) == ("how_sure", ["d"], [])
    assert (graded["outcome"], graded["sureness"]) == ("wrong", "sure")
    assert _attempts(engine) == [("wrong", "sure")]


def test_second_try_is_graded_at_once(learner: Learner, engine: Engine) -> None:
    """How sure somebody is they are asked once."""
    learner.answer("d")
    learner.do("say_sure", "guess")

    assert learner.answer("b")["kind"] == "graded"
    assert _attempts(engine) == [("wrong", "guess"), ("right", None)]


def test_answer_can_be_changed_before_it_is_graded(learner: Learner, engine: Engine) -> None:
    """Another answer takes the place of the one that waits."""
    learner.answer("d")
    asked = learner.answer("b")
    graded = learner.do("say_sure", "unsure")

    assert (asked["kind"], asked["place"]["answered"]) == ("how_sure", ["b"])
    assert graded["outcome"] == "right"


def test_skip_grades_without_saying(learner: Learner, engine: Engine) -> None:
    """Who would rather not say is graded all the same."""
    learner.answer("b")

    assert learner.do("skip")["kind"] == "graded"
    assert _attempts(engine) == [("right", None)]


@pytest.mark.parametrize(("move", "kind"), [("go_on", "how_sure"), ("resume", "step"), ("hint", "hint")])
def test_other_moves_keep_the_item_open(learner: Learner, move: str, kind: str, engine: Engine) -> None:
    """Next asks once more, coming back shows it again, and a hint leaves time to think anew."""
    learner.answer("b")

    told = learner.do(move)

    assert told["kind"] == kind
    assert told["place"]["answered"] == ([] if move == "hint" else ["b"])
    assert _attempts(engine) == []


def test_sureness_without_an_answer_is_stale(learner: Learner, engine: Engine) -> None:
    """A button from before, or of another item, changes nothing."""
    early = learner.do("say_sure", "sure")
    learner.answer("b")
    other = learner.do("say_sure", "sure", "sample.who")
    learner.do("say_sure", "sure")
    late = learner.do("say_sure", "guess")

    assert [early["kind"], other["kind"], late["kind"]] == ["stale"] * 3
    assert _attempts(engine) == [("right", "sure")]


def test_words_are_read_as_sureness_only_when_asked(learner: Learner) -> None:
    """A guess is a guess only where the person was asked how sure they are."""
    before = learner.walk.meant_sureness(ANN, "a guess")
    learner.answer("b")

    assert (before, learner.walk.meant_sureness(ANN, "a guess")) == (None, "guess")
    assert learner.walk.meant_sureness(ANN, "the tables") is None


def test_item_edited_meanwhile_is_asked_anew(learner: Learner) -> None:
    """When the lesson changed while the answer waited, the item is shown as it is now."""
    learner.answer("b")
    learner.sees(replace(LESSON, version="v2"))

    assert learner.do("resume")["place"]["answered"] == []
