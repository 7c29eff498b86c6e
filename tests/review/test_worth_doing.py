"""What is most worth doing, in words that somebody understands who never saw an id."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from database import now_utc, reading
from learning import tables as learning
from review.lesson_figures import ItemFigures
from review.marks import Marks
from review.worth_doing import SHOWN, Worth, worth_doing
from tests.review.conftest import KNOWLEDGE, LEARNER

ITEMS = [item for lesson in KNOWLEDGE.lessons.values() for item in lesson.items]


def to_do(engine: Engine, *figures: ItemFigures) -> list[Worth]:
    """Gather what is worth doing of the last week."""
    with reading(engine) as connection:
        return worth_doing(connection, KNOWLEDGE, figures, now_utc() - timedelta(days=7))


def looked_at(number: int, look: str = "is the question clear?") -> ItemFigures:
    """Return the figures of a question of the quiz."""
    return ItemFigures(ITEMS[number].id, 40, 0.3, None, {}, look)


def test_nothing_waits_in_an_empty_database(engine: Engine) -> None:
    """A new team is sent nowhere."""
    assert to_do(engine) == []


def test_quiz_question_is_named_by_what_it_asks(engine: Engine) -> None:
    """Its id stands in the link alone; one that works well is not there."""
    (found,) = to_do(engine, looked_at(0), looked_at(1, ""))

    assert found.text.startswith(f"Look at the quiz question “{ITEMS[0].stem.text[:20]}")
    assert ITEMS[0].id not in found.text
    assert found.evidence == f"/lessons#{ITEMS[0].id}"


@pytest.mark.parametrize(
    ("times", "told"), [(1, "it did not help one or two times"), (6, "it did not help about 5 times")]
)
def test_unhelpful_answer_is_named_by_its_title(engine: Engine, times: int, told: str) -> None:
    """With how often it did not help, and the questions about it."""
    with engine.begin() as connection:
        for number in range(times):
            row = {"learner_id": LEARNER, "topic_id": "system.value", "is_helpful": False, "message_id": f"m{number}"}
            connection.execute(learning.rating.insert().values(**row, rated_at=now_utc()))

    (found,) = to_do(engine)

    title = KNOWLEDGE.course.topics["system.value"].title
    assert found[:2] == (f"Look at the answer to “{title}”: {told}", "/questions?topic=system.value")


def test_what_learners_did_is_rounded_and_what_the_team_did_is_counted(engine: Engine, asked: str) -> None:
    """One question could tell of one person; a flag is the team's own, and counted as a person would say it."""
    Marks(engine).change(asked, "anna", is_flagged=True)

    assert {one.text for one in to_do(engine)} == {
        "Read one or two questions without an answer",
        "Read 1 flagged conversation",
    }


def test_no_more_is_shown_than_a_week_has_time_for(engine: Engine) -> None:
    """The weightiest few, not the whole list."""
    assert len(to_do(engine, *(looked_at(number) for number in range(SHOWN + 3)))) == SHOWN
