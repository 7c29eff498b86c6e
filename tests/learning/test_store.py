"""What a learner has done is stored once for each message, whole or not at all."""

from __future__ import annotations

import multiprocessing
import queue
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from database import open_engine
from learning import tables, walk
from learning.store import LearningStore, Payload, Records
from learning.walk import Place
from tests.learning.counting import LEARNER, LESSON, count, counted, send_all

MESSAGES = [f"m{n}" for n in range(12)]
NOON = datetime(2026, 5, 4, 12, 0)


def test_same_message_twice_counts_once(store: LearningStore) -> None:
    """The second time, the work is not done and its outcome is that of the first time."""
    first = store.once(LEARNER, "m1", count)
    again = store.once(LEARNER, "m1", count)

    assert first == again == {"kind": "counted", "number": 1}
    assert counted(store) == (1, 1)


def test_same_message_of_two_learners_counts_twice(store: LearningStore) -> None:
    """Two people may use the same message id."""
    store.once(LEARNER, "m1", count)
    other = store.once("ben", "m1", count)

    assert other["number"] == 1
    assert store.look("ben").notes == store.look(LEARNER).notes


def test_message_handled_tells_its_outcome(store: LearningStore) -> None:
    """What a message gave can be read again; an unknown one gave nothing."""
    outcome = store.once(LEARNER, "m1", count)

    assert store.outcome_of(LEARNER, "m1") == outcome
    assert store.outcome_of(LEARNER, "m2") is None
    assert store.outcome_of("ben", "m1") is None


def test_outcome_first_given_equals_outcome_stored(store: LearningStore) -> None:
    """The first time it has the form that JSON gives it later: tuples are lists, also at once."""
    first = store.once(LEARNER, "m1", lambda records: {"chosen": ("a", "b"), "text": "näher ✓"})

    assert first == store.once(LEARNER, "m1", count) == {"chosen": ["a", "b"], "text": "näher ✓"}


def _start_thread(run: Callable[..., None], *arguments: Any) -> threading.Thread:
    thread = threading.Thread(target=run, args=arguments)
    thread.start()
    return thread


def test_same_messages_from_two_threads_count_once(store: LearningStore, database_url: str) -> None:
    """Two threads with the same messages at the same time hear the same outcomes, and each counts once."""
    together, outcomes = threading.Barrier(2), queue.Queue[list[int]]()

    threads = [_start_thread(send_all, database_url, MESSAGES, together, outcomes) for _ in range(2)]
    for thread in threads:
        thread.join()

    assert outcomes.get() == outcomes.get()
    assert counted(store) == (len(MESSAGES), len(MESSAGES))


def test_same_messages_from_two_processes_count_once(store: LearningStore, database_url: str) -> None:
    """Two processes with the same messages at the same time hear the same outcomes, and each counts once."""
    context = multiprocessing.get_context("spawn")
    together, outcomes = context.Barrier(2), context.Queue()

    processes = [context.Process(target=send_all, args=(database_url, MESSAGES, together, outcomes)) for _ in range(2)]
    for process in processes:
        process.start()
    heard = [outcomes.get(timeout=60), outcomes.get(timeout=60)]
    for process in processes:
        process.join()

    assert heard[0] == heard[1]
    assert counted(store) == (len(MESSAGES), len(MESSAGES))


def test_other_messages_from_two_threads_lose_nothing(store: LearningStore, database_url: str) -> None:
    """Two threads with messages of their own at the same time: every one counts, none is overwritten."""
    together, outcomes = threading.Barrier(2), queue.Queue[list[int]]()
    rows = ([f"a{n}" for n in range(12)], [f"b{n}" for n in range(12)])

    threads = [_start_thread(send_all, database_url, row, together, outcomes) for row in rows]
    for thread in threads:
        thread.join()

    assert sorted(outcomes.get() + outcomes.get()) == list(range(1, 25))
    assert counted(store) == (24, 24)


def test_writer_let_in_beside_us_gives_its_outcome(database_url: str, store: LearningStore) -> None:
    """Where the database lets two in at once, as PostgreSQL may, the later one gives the outcome of the earlier."""
    careless = sa.create_engine(database_url, future=True, isolation_level="AUTOCOMMIT")

    def be_overtaken(records: Records) -> Payload:
        with careless.connect() as other:
            values = {"learner_id": LEARNER, "message_id": "m1", "outcome": '{"kind": "earlier"}', "handled_at": NOON}
            other.execute(tables.handled.insert().values(**values))
        return {"kind": "later"}

    outcome = LearningStore(careless).once(LEARNER, "m1", be_overtaken)
    careless.dispose()

    assert outcome == store.outcome_of(LEARNER, "m1") == {"kind": "earlier"}


def test_work_that_fails_leaves_nothing_behind(store: LearningStore, engine: Engine) -> None:
    """Neither rows nor the note that the message was handled stay; the message can come again."""

    def fail(records: Records) -> Payload:
        count(records)
        records.add_rating("system.value", is_helpful=True)
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        store.once(LEARNER, "m1", fail)

    with engine.connect() as connection:
        rows = {
            name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in tables.metadata.tables.items()
        }
    assert set(rows.values()) == {0}
    assert store.once(LEARNER, "m1", count)["number"] == 1


def test_outcome_that_cannot_be_kept_leaves_nothing(store: LearningStore) -> None:
    """An outcome that JSON cannot hold fails the message before anything is stored."""
    with pytest.raises(TypeError):
        store.once(LEARNER, "m1", lambda records: {**count(records), "at": NOON})

    assert counted(store) == (0, 0)


def test_row_that_breaks_a_rule_is_an_error(store: LearningStore) -> None:
    """A broken rule of the schema is not taken for a repeat of the message."""

    def add_twice(records: Records) -> Payload:
        count(records)
        return count(records)

    with pytest.raises(IntegrityError):
        store.once(LEARNER, "m1", add_twice)

    assert counted(store) == (0, 0)


def test_database_without_schema_is_an_error(tmp_path: Path) -> None:
    """A database that was not migrated fails aloud, in reading and in writing."""
    engine = open_engine(f"sqlite:///{tmp_path / 'bare.db'}")
    store = LearningStore(engine)

    with pytest.raises(OperationalError):
        store.once(LEARNER, "m1", count)
    with pytest.raises(OperationalError):
        store.look(LEARNER)
    engine.dispose()


places = st.builds(
    Place,
    lesson_id=st.sampled_from(["system.value", "ethics.power"]),
    version=st.text(max_size=12),
    key=st.text(max_size=120),
    number=st.integers(0, 99),
    picked=st.lists(st.text(max_size=6)).map(tuple),
    tries=st.integers(0, 9),
    is_closed=st.booleans(),
    is_done=st.booleans(),
)


@given(place=places)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_place_survives_reopening(place: Place, database_url: str) -> None:
    """A place comes back the same from a database that was closed and opened again."""
    first, second = open_engine(database_url), open_engine(database_url)

    with first.begin() as connection:
        Records(connection, LEARNER, "", NOON).keep_place(place)
    first.dispose()
    snapshot = LearningStore(second).look(LEARNER)
    second.dispose()

    assert (snapshot.lesson_id, snapshot.place) == (place.lesson_id, place)


def test_learner_unknown_has_empty_snapshot(store: LearningStore) -> None:
    """Somebody new is nowhere, has done nothing and written nothing."""
    snapshot = store.look("nobody")

    assert (snapshot.lesson_id, snapshot.place, snapshot.touched_at) == (None, None, None)
    assert (snapshot.places, snapshot.outcomes, snapshot.notes) == ([], {}, [])


def test_snapshot_tells_latest_lesson_first(engine: Engine) -> None:
    """Of two lessons begun, the one moved in last is the current one, with the time of that move."""
    times = iter([NOON, NOON, NOON.replace(hour=13), NOON.replace(hour=13)])
    store = LearningStore(engine, clock=lambda: next(times, NOON))
    other = replace(walk.start(LESSON), lesson_id="other")

    def keep(place: Place) -> Callable[[Records], Payload]:
        def work(records: Records) -> Payload:
            records.keep_place(place)
            return {}

        return work

    store.once(LEARNER, "m1", keep(walk.start(LESSON)))
    store.once(LEARNER, "m2", keep(other))
    snapshot = store.look(LEARNER)

    assert (snapshot.lesson_id, snapshot.place) == ("other", other)
    assert [place.lesson_id for place in snapshot.places] == ["other", LESSON.id]
    assert snapshot.touched_at == NOON.replace(hour=13)


def test_question_and_rating_are_stored_whole(store: LearningStore, engine: Engine) -> None:
    """A question is kept with what became of it, a rating with its topic, both with message and time."""

    def work(records: Records) -> Payload:
        records.add_question("why?", "choose", ("system.value", "system.phases"), 0.5)
        records.add_rating("system.value", is_helpful=False)
        return {}

    store.once(LEARNER, "m1", work)

    with engine.connect() as connection:
        question = connection.execute(sa.select(tables.question)).mappings().one()
        rating = connection.execute(sa.select(tables.rating)).mappings().one()
    assert (question["text"], question["decision"], question["score"]) == ("why?", "choose", 0.5)
    assert question["topics"] == '["system.value", "system.phases"]'
    assert (rating["topic_id"], rating["is_helpful"], rating["message_id"]) == ("system.value", False, "m1")
    assert question["asked_at"] and rating["rated_at"]
