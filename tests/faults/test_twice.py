"""Every message of three full journeys is sent twice at the same instant, and writes what it writes once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import httpx
import pytest

from tests.faults.audit import find_trouble
from tests.person import Person
from tests.running import RunningTutor

REFLECTION = "We asked older people what they miss, and they said: company."
REFLECTION_MARK = "Your turn: "
LESSON_TURNS_AT_MOST = 60
STAGES = ("stage 1", "stage 2", "stage 3")
PLANNED = (
    "Older people who live alone.",
    "Their sons and two nurses.",
    "skip this question",
    "They say so themselves.",
)
COMPARED = ("older people", "social care", "yes", "about 20", "villages", "skip", "trust", "the town")
WRITTEN_TABLES = (
    "lesson_place", "attempt", "note", "question", "project", "plan_answer", "comparison", "repetition", "handled"
)  # fmt: skip
UNLIKE = ("id", "learner_id", "message_id", "project_id", "outcome", "due_on")  # of two people, or by chance


class HastyPerson(Person):
    """Somebody whose every message arrives twice at the same instant."""

    def post(self, body: Any = None, **request: Any) -> httpx.Response:
        """Send over two connections; both get the same answer."""
        with ThreadPoolExecutor(2) as pool:
            one, other = pool.map(lambda _: super(HastyPerson, self).post(body, **request), range(2))
        assert one.status_code == other.status_code == 200
        assert one.json() == other.json()
        return one


def take_lesson(person: Person, _tutor: RunningTutor) -> None:
    """Walk through the first lesson: cards, an answer to each item, a reflection, until there is no more step."""
    person.say("lesson 1")
    for _ in range(LESSON_TURNS_AT_MOST):
        titles = person.titles()
        if person.newest[-1]["text"].startswith(REFLECTION_MARK):
            person.say(REFLECTION)
        elif "Next" in titles:
            person.press("Next")
        elif any(button["kind"] == "option" for message in person.newest for button in message["buttons"]):
            person.say("a") if "Hint" in titles else person.press(titles[0])
            if past := [title for title in person.titles() if title in ("Skip", "Go on")]:
                person.press(past[0])
        else:
            return


def walk_roadmap(person: Person, _tutor: RunningTutor) -> None:
    """Answer questions of three stages, and look at the plan in between."""
    person.say("plan my own project")
    for stage in STAGES:
        person.say(stage)
        for text in PLANNED:
            person.say(text)
        person.say("show my plan")


def compare_and_repeat(person: Person, tutor: RunningTutor) -> None:
    """Compare with the pilots; then practise what was missed in a lesson, as on a later day."""
    person.say("compare my service with the pilots")
    for text in COMPARED:
        person.say(text)
        if "Go on" in person.titles():
            person.press("Go on")
    take_lesson(person, tutor)
    (learner_id,) = learner_of(person, tutor)
    with closing(sqlite3.connect(tutor.database, timeout=10)) as connection:
        connection.execute("UPDATE repetition SET due_on = '2026-01-02' WHERE learner_id = ?", (learner_id,))
        connection.commit()
    person.say("practise what is due")
    for _ in range(3):
        person.say("b")
        person.say("next")
    person.say("stop practising")


def learner_of(person: Person, tutor: RunningTutor) -> tuple[str]:
    """Return who a person is in the database."""
    (found,) = tutor.read("SELECT learner_id FROM inbox WHERE message_id = ?", person.history()[-1]["client_id"])
    return found


def written(person: Person, tutor: RunningTutor) -> dict[str, list[tuple[Any, ...]]]:
    """Return what a person's messages have written, without what differs between two people."""
    found = {}
    for table in WRITTEN_TABLES:
        names = [row[1] for row in tutor.read(f"PRAGMA table_info({table})")]
        alike = [name for name in names if name not in UNLIKE and not name.endswith("_at")] or ["count(*)"]
        rows = tutor.read(f"SELECT {', '.join(alike)} FROM {table} WHERE learner_id = ?", *learner_of(person, tutor))
        found[table] = sorted(rows, key=str)
    return found


@pytest.mark.parametrize(
    ("journey", "tables"),
    [
        (take_lesson, ("attempt", "note", "repetition")),
        (walk_roadmap, ("project", "plan_answer")),
        (compare_and_repeat, ("comparison", "attempt", "repetition")),
    ],
    ids=["lesson", "roadmap", "comparison and repetition"],
)
def test_journey_sent_twice_writes_what_it_writes_once(
    tutor: RunningTutor, journey: Callable[[Person, RunningTutor], None], tables: tuple[str, ...]
) -> None:
    """Twice at once or once, the stored state is the same, and each message was one turn."""
    calm, hasty = Person(tutor.url), HastyPerson(tutor.url)
    for person in (calm, hasty):
        person.begin()
        journey(person, tutor)

    said = [message["client_id"] for message in hasty.history()]
    assert written(hasty, tutor) == written(calm, tutor)
    assert all(written(hasty, tutor)[table] for table in tables)
    assert find_trouble(tutor.read, said) == []


def test_answer_under_two_ids_at_once_is_kept_once(tutor: RunningTutor) -> None:
    """A double tap that comes as two messages, over two connections: one is kept, and the next question waits."""
    person = Person(tutor.url)
    person.say("start my plan")
    person.say("prepare")

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: person.say(PLANNED[0]), range(2)))
    person.wait()

    kept = tutor.read("SELECT text FROM plan_answer WHERE learner_id = ?", *learner_of(person, tutor))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert kept == [(PLANNED[0],)]
    assert any("That came twice" in message["text"] for message in person.history())
