"""Trainings wait, run one at a time, say how far they are, and end as done or failed; none is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import now_utc
from review.question_tables import desk_training
from review.trainings import CUT_OFF, LOST_AFTER, Trainings


class Starts:
    """Counts how often a process would be started."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        """Start one."""
        self.count += 1


@pytest.fixture
def starts() -> Starts:
    """Give a counter of starts."""
    return Starts()


@pytest.fixture
def trainings(engine: Engine, starts: Starts) -> Trainings:
    """Give the trainings of an empty database."""
    return Trainings(engine, starts)


def test_training_goes_from_waiting_to_done(trainings: Trainings, starts: Starts) -> None:
    """Each step is told, and what came of it is kept."""
    trainings.ask("kim", "2 questions")
    taken = trainings.take()
    assert taken
    trainings.tell(taken.id, "training ... 5 s", "content-1")
    running = trainings.latest()[0]
    trainings.end(taken.id, {"figures": []})
    done = trainings.find(taken.id)

    assert done
    assert (taken.state, running.doing, running.content, done.state) == (
        "running",
        "training ... 5 s",
        "content-1",
        "done",
    )
    assert (done.report, done.asked_by, starts.count) == ({"figures": []}, "kim", 1)
    assert trainings.take() is None


def test_second_wish_joins_the_one_that_waits(trainings: Trainings) -> None:
    """What is published while one waits is trained with it; what is published while one runs waits for the next."""
    trainings.ask("kim", "one")
    trainings.ask("lea", "two")
    trainings.ask("lea", "two")
    first = trainings.take()
    trainings.ask("kim", "three")

    assert first
    assert first.why == "one; two"
    assert [(one.state, one.why) for one in trainings.latest()] == [("waiting", "three"), ("running", "one; two")]


def test_training_that_was_cut_off_is_told_and_the_next_begins(trainings: Trainings) -> None:
    """Whoever trains is the only one, so one that still runs in the database runs no more."""
    trainings.ask("kim", "one")
    first = trainings.take()
    trainings.ask("kim", "two")
    second = trainings.take()
    assert first
    assert second
    cut_off = trainings.find(first.id)

    assert cut_off
    assert (cut_off.state, cut_off.report) == ("failed", {"trouble": CUT_OFF})
    assert second.why == "two"


def test_failed_training_keeps_its_trouble(trainings: Trainings) -> None:
    """What went wrong is kept."""
    trainings.ask("kim", "one")
    taken = trainings.take()
    assert taken
    trainings.end(taken.id, {"trouble": "no space left"})
    failed = trainings.find(taken.id)

    assert failed
    assert (failed.state, failed.report["trouble"]) == ("failed", "no space left")


def test_desk_that_starts_again_takes_up_what_waits(engine: Engine, trainings: Trainings, starts: Starts) -> None:
    """What waits or was lost is taken up; what runs, is done or never was needs nothing."""
    trainings.resume()
    trainings.ask("kim", "one")
    trainings.resume()
    trainings.take()
    trainings.resume()
    assert starts.count == 2

    with engine.begin() as connection:
        connection.execute(sa.update(desk_training).values(seen_at=now_utc() - 2 * LOST_AFTER))
    assert trainings.is_lost(trainings.latest()[0])
    trainings.resume()

    assert starts.count == 3


def test_seconds_count_from_the_beginning(engine: Engine, trainings: Trainings) -> None:
    """One that has not begun took none."""
    trainings.ask("kim", "one")
    waiting = trainings.latest()[0]
    trainings.take()
    with engine.begin() as connection:
        begun = now_utc() - timedelta(seconds=90)
        connection.execute(sa.update(desk_training).values(begun_at=begun, ended_at=begun + timedelta(seconds=70)))

    assert (waiting.seconds, trainings.latest()[0].seconds) == (0, 70)
