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

from tests.faults.quiz import Quiz, enter_quiz
from tests.person import Person, new_id
from tests.running import RunningTutor

UNDER_WAY_SECONDS = 0.7
TOLD_LIMIT_SECONDS = 10.0
AWAY_SECONDS = 30.0
LOCKED_SECONDS = 20.0


def try_to_say(person: Person, text: str, message_id: str) -> httpx.Response | None:
    """Send a text; None when nobody is there to take it."""
    try:
        return person.say(text, message_id)
    except httpx.TransportError:
        return None


def is_told_to_wait(answer: httpx.Response | None) -> bool:
    """Tell whether the person heard within ten seconds that the message is kept and will be answered."""
    assert answer is not None
    is_in_time = answer.elapsed.total_seconds() < TOLD_LIMIT_SECONDS
    return answer.status_code == 202 and "Your message is kept" in answer.json()["note"] and is_in_time


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
    """The message under way is told to wait; after the restart it is answered by itself, and counts once."""
    quiz, message_id = enter_quiz(tutor), new_id()
    tutor.signal("actions", signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(try_to_say, quiz.person, quiz.right, message_id)
        time.sleep(UNDER_WAY_SECONDS)
        tutor.kill(name)
        tutor.signal("actions", signal.SIGCONT)
    meanwhile = try_to_say(quiz.person, quiz.right, message_id)
    tutor.start(name)

    quiz.person.wait()

    answer = quiz.person.say(quiz.right, message_id)
    if name == "gateway":
        assert (under_way.result(), meanwhile) == (None, None)
    else:
        assert is_told_to_wait(under_way.result())
        assert is_told_to_wait(meanwhile)
    assert answer.status_code == 200
    assert_counted_once(tutor, quiz, message_id)
    assert quiz.person.press("Next").status_code == 200
    assert quiz.place() == quiz.entered_at + 1


def test_assistant_silent_for_long_answers_in_order_when_back(tutor: RunningTutor) -> None:
    """When Rasa answers after half a minute, what was said meanwhile is told to wait and then answered, once each."""
    quiz, message_id, later_id = enter_quiz(tutor), new_id(), new_id()
    tutor.signal("assistant", signal.SIGSTOP)
    began = time.monotonic()
    told = [quiz.person.say(quiz.right, message_id), quiz.person.say("what is co-design?", later_id)]
    time.sleep(max(0.0, began + AWAY_SECONDS - time.monotonic()))
    tutor.signal("assistant", signal.SIGCONT)

    quiz.person.wait()

    replies = [message["client_id"] for message in quiz.person.history() if message["from"] == "tutor"]
    answer = quiz.person.say(quiz.right, message_id)
    assert all(is_told_to_wait(one) for one in told)
    assert answer.status_code == 200
    assert_counted_once(tutor, quiz, message_id)
    assert replies.index(message_id) < replies.index(later_id)
    assert len(tutor.read("SELECT id FROM question WHERE message_id = ?", later_id)) == 1


def test_full_inbox_is_told_and_retry_counts_once(tutor: RunningTutor) -> None:
    """Where a message cannot be kept, the person is told at once, and the same message later counts once."""
    quiz, message_id = enter_quiz(tutor), new_id()
    with full_table(tutor, "inbox"):
        refused = quiz.person.say(quiz.right, message_id)

    answer = quiz.person.say(quiz.right, message_id)

    assert is_kindly_refused(refused)
    assert answer.status_code == 200
    assert_counted_once(tutor, quiz, message_id)


@pytest.mark.parametrize("table", ["attempt", "handled", "conversation_event", "outbox"])
def test_full_table_keeps_message_waiting_and_it_counts_once(tutor: RunningTutor, table: str) -> None:
    """Wherever else a turn cannot be kept, the message waits, is answered when there is room, and counts once."""
    quiz, message_id = enter_quiz(tutor), new_id()
    with full_table(tutor, table):
        told = quiz.person.say(quiz.right, message_id)

    quiz.person.wait()

    answer = quiz.person.say(quiz.right, message_id)
    assert is_told_to_wait(told)
    assert answer.status_code == 200
    assert_counted_once(tutor, quiz, message_id)


def test_locked_database_is_told_and_nothing_is_lost(tutor: RunningTutor) -> None:
    """When another program holds the database for long, what was taken in waits, and what comes is refused kindly."""
    quiz, message_id, later_id = enter_quiz(tutor), new_id(), new_id()
    tutor.signal("actions", signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(try_to_say, quiz.person, quiz.right, message_id)
        time.sleep(UNDER_WAY_SECONDS)
        with locked_database(tutor):
            began = time.monotonic()
            tutor.signal("actions", signal.SIGCONT)
            refused = quiz.person.say("what is co-design?", later_id)
            kept = tutor.read("SELECT message_id FROM inbox WHERE message_id IN (?, ?)", message_id, later_id)
            time.sleep(max(0.0, began + LOCKED_SECONDS - time.monotonic()))

    quiz.person.wait()

    answers = [quiz.person.say("what is co-design?", later_id), quiz.person.say(quiz.right, message_id)]
    assert is_told_to_wait(under_way.result())
    assert is_kindly_refused(refused) and refused.elapsed.total_seconds() < TOLD_LIMIT_SECONDS
    assert kept == [(message_id,)]
    assert [answer.status_code for answer in answers] == [200, 200]
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
