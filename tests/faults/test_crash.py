"""Power cuts and a database that cannot be written: people are told, and nothing is lost or counted twice."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import httpx
import pytest

from database import BUSY_TIMEOUT_MS
from tests.faults.quiz import Quiz, enter_quiz
from tests.person import Person, new_id
from tests.running import RunningTutor

UNDER_WAY_SECONDS = 0.7


def try_to_say(person: Person, text: str, message_id: str) -> httpx.Response | None:
    """Send a text; None when nobody is there to take it."""
    try:
        return person.say(text, message_id)
    except httpx.TransportError:
        return None


def is_kindly_refused(answer: httpx.Response | None) -> bool:
    """Tell whether a failure was told in a sentence, with the advice to try again."""
    assert answer is not None
    message = answer.json()["error"]["message"]
    return answer.status_code == 503 and "Sorry" in message and "try again" in message


@contextmanager
def full_table(tutor: RunningTutor, table: str) -> Iterator[None]:
    """Make a table take no more rows, as a full disk would."""
    condition = "WHEN NEW.author = 'tutor'" if table == "outbox" else ""
    create = f"CREATE TRIGGER full BEFORE INSERT ON {table} {condition} BEGIN SELECT RAISE(FAIL, 'disk is full'); END"
    with closing(sqlite3.connect(tutor.database)) as connection:
        connection.execute(create)
        connection.commit()
        try:
            yield
        finally:
            connection.execute("DROP TRIGGER full")
            connection.commit()


@contextmanager
def locked_database(tutor: RunningTutor) -> Iterator[None]:
    """Keep everybody else from writing."""
    with closing(sqlite3.connect(tutor.database, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")


def assert_counted_once(tutor: RunningTutor, quiz: Quiz, message_id: str) -> None:
    """Make sure that an answer is there once in each table and in the history, and that the place is kept."""
    attempts = tutor.read("SELECT outcome, number FROM attempt WHERE message_id = ?", message_id)
    events = tutor.read("SELECT type FROM conversation_event WHERE message_id = ? AND type = 'user'", message_id)
    told = [message for message in quiz.person.history() if message["client_id"] == message_id]
    assert attempts == [("right", 1)]
    assert len(events) == 1
    assert [message["from"] for message in told] == ["you"] + ["tutor"] * len(quiz.person.newest)
    assert told[1:] == quiz.person.newest
    assert quiz.place() == quiz.entered_at


@pytest.mark.parametrize("name", ["actions", "gateway", "assistant"])
def test_process_killed_in_mid_turn_loses_nothing(tutor: RunningTutor, name: str) -> None:
    """The message under way and its repeat are refused kindly; after the restart the same message counts once."""
    quiz, message_id = enter_quiz(tutor), new_id()
    tutor.signal("actions", signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(try_to_say, quiz.person, quiz.right, message_id)
        time.sleep(UNDER_WAY_SECONDS)
        tutor.kill(name)
        tutor.signal("actions", signal.SIGCONT)
    meanwhile = try_to_say(quiz.person, quiz.right, message_id)
    tutor.start(name)

    answer = quiz.person.say(quiz.right, message_id)

    if name == "gateway":
        assert (under_way.result(), meanwhile) == (None, None)
    else:
        assert is_kindly_refused(under_way.result())
        assert is_kindly_refused(meanwhile)
    assert answer.status_code == 200
    assert_counted_once(tutor, quiz, message_id)
    assert quiz.person.press("Next").status_code == 200
    assert quiz.place() == quiz.entered_at + 1


@pytest.mark.parametrize("table", ["inbox", "attempt", "handled", "conversation_event", "outbox"])
def test_full_table_is_told_and_retry_counts_once(tutor: RunningTutor, table: str) -> None:
    """Wherever a turn cannot be kept, the person is told, and the same message later counts once."""
    quiz, message_id = enter_quiz(tutor), new_id()
    with full_table(tutor, table):
        refused = quiz.person.say(quiz.right, message_id)

    answer = quiz.person.say(quiz.right, message_id)

    assert is_kindly_refused(refused)
    assert answer.status_code == 200
    assert_counted_once(tutor, quiz, message_id)


def test_locked_database_is_told_and_retry_counts_once(tutor: RunningTutor) -> None:
    """When another program holds the database too long, the person is told, and nothing is done before it is back."""
    quiz, message_id = enter_quiz(tutor), new_id()
    began = time.monotonic()
    with locked_database(tutor):
        refused = quiz.person.say(quiz.right, message_id)
    waited_seconds = time.monotonic() - began
    kept = tutor.read("SELECT * FROM inbox WHERE message_id = ?", message_id)

    answer = quiz.person.say(quiz.right, message_id)

    assert is_kindly_refused(refused)
    assert waited_seconds >= BUSY_TIMEOUT_MS / 1000
    assert kept == []
    assert answer.status_code == 200
    assert_counted_once(tutor, quiz, message_id)


def test_briefly_locked_database_is_waited_for(tutor: RunningTutor) -> None:
    """A lock that is let go in time is not noticed."""
    quiz, message_id = enter_quiz(tutor), new_id()
    with ThreadPoolExecutor(1) as pool, locked_database(tutor):
        under_way = pool.submit(quiz.person.say, quiz.right, message_id)
        time.sleep(UNDER_WAY_SECONDS)

    # The database is let go here, before the pool waits.
    answer = under_way.result()

    assert answer.status_code == 200
    assert_counted_once(tutor, quiz, message_id)
