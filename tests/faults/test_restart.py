"""Every process dies between a question and its answer, in each flow; afterwards the answer lands, once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from tests.person import Person, new_id
from tests.running import RunningTutor

STEPS_AT_MOST = 12
NOTE = "After the restart we asked the neighbours first."
OTHER_NOTE = "After the restart we asked the neighbours, and then the nurses."
PLANNED = "After the restart the families decide with us."
OTHER_PLANNED = "After the restart their sons decide, too."
NAME = "Lanterns after the restart"


def _skip_to_reflection(tutor: RunningTutor, person: Person) -> None:
    """Go through the first lesson to where one's own service is asked about."""
    person.say("lesson 1")
    for _ in range(STEPS_AT_MOST):
        if any(message["text"].startswith("Your turn") for message in person.newest):
            return
        person.press("Next" if "Next" in person.titles() else "Skip")
    raise AssertionError("lesson 1 has no reflection any more")


def _write_and_change_note(tutor: RunningTutor, person: Person) -> None:
    _skip_to_reflection(tutor, person)
    person.say(NOTE.replace("After", "Before"))
    person.say("my notes")
    person.press("1")
    person.press("Change it")


def _miss_and_practise(tutor: RunningTutor, person: Person) -> None:
    """Answer wrongly, let the days pass until it is due, and begin to practise."""
    for text in ("lesson 1", "quiz me", "a", "stop"):
        person.say(text)
    with closing(sqlite3.connect(tutor.database)) as connection, connection:
        connection.execute("UPDATE repetition SET due_on = '2020-01-01'")
    person.say("practise")


@dataclass(frozen=True)
class Flow:
    """One flow, with real words only.

    Args:
        enter: Brings a person before the open question: texts to say, or what to do.
        answer: What they type after the restart.
        kept: Query that counts what the answer leaves behind.
        heard: Beginning of what the tutor says to it, or a part of it.
    """

    enter: tuple[str, ...] | Callable[[RunningTutor, Person], None]
    answer: str
    kept: str
    heard: str


FLOWS = {
    "quiz": Flow(("lesson 1", "quiz me"), "b", "SELECT count(*) FROM attempt WHERE outcome = 'right'", "B. False"),
    "how sure": Flow(
        ("lesson 2", "start the quiz", "a"), "sure", "SELECT count(*) FROM attempt WHERE sureness IS NOT NULL", "sure"
    ),
    "repetition": Flow(_miss_and_practise, "b", "SELECT count(*) FROM attempt WHERE outcome = 'right'", "B. False"),
    "reflection": Flow(
        _skip_to_reflection, NOTE, f"SELECT count(*) FROM note WHERE text = '{NOTE}'", "in your notes now"
    ),
    "changing a note": Flow(
        _write_and_change_note,
        OTHER_NOTE,
        f"SELECT count(*) FROM note WHERE text = '{OTHER_NOTE}'",
        "has its new words",
    ),
    "comparison": Flow(
        ("compare my service",),
        "older people",
        "SELECT count(*) FROM comparison WHERE chosen LIKE '%older%'",
        "Question 2 of 8",
    ),
    "plan": Flow(
        ("start my plan", "prepare"), PLANNED, f"SELECT count(*) FROM plan_answer WHERE text = '{PLANNED}'", "Kept"
    ),
    "plan, later": Flow(
        ("start my plan", "prepare", "Something else."),
        OTHER_PLANNED,
        f"SELECT count(*) FROM plan_answer WHERE text = '{OTHER_PLANNED}'",
        "Kept",
    ),
    "naming a project": Flow(
        ("start my plan", "prepare", "Something else.", "rename my project"),
        NAME,
        f"SELECT count(*) FROM project WHERE name = '{NAME}'",
        f"It is called {NAME}",
    ),
    "reminder": Flow(
        ("remind me",), "every weekday at 12:30", "SELECT count(*) FROM reminder WHERE due_at IS NOT NULL", "12:30"
    ),
    "erasing": Flow(("hello", "delete my data"), "yes", "", "Everything about you is deleted"),
}


@dataclass
class Walker:
    """Somebody before an open question."""

    flow: Flow
    person: Person
    added: int = 0
    message_id: str = field(default_factory=new_id)


def _count(tutor: RunningTutor, query: str) -> int:
    return int(tutor.read(query)[0][0]) if query else 0


def _bring_before_question(tutor: RunningTutor, flow: Flow) -> Walker:
    person = Person(tutor.url)
    if callable(flow.enter):
        flow.enter(tutor, person)
    else:
        for text in flow.enter:
            person.say(text)
    return Walker(flow, person)


@pytest.fixture(scope="module")
def walkers(started_tutor: RunningTutor) -> dict[str, Walker]:
    """Bring somebody into each flow, end every process as a power cut would, start again, and let all answer twice."""
    started_tutor.start()
    found = {name: _bring_before_question(started_tutor, flow) for name, flow in FLOWS.items()}
    started_tutor.kill()
    started_tutor.start()
    for walker in found.values():
        before = _count(started_tutor, walker.flow.kept)
        for _ in range(2):
            walker.person.say(walker.flow.answer, walker.message_id)
            walker.person.wait()
        walker.added = _count(started_tutor, walker.flow.kept) - before
    return found


@pytest.mark.parametrize("name", FLOWS)
def test_answer_after_restart_of_everything_lands_once(walkers: dict[str, Walker], name: str) -> None:
    """What was asked before is answered after, and counts once although it was sent twice."""
    walker = walkers[name]
    said = [message["text"] for message in walker.person.history() if message["from"] != "you"]

    assert any(walker.flow.heard in text for text in said[-3:]), said[-3:]
    assert walker.added == (1 if walker.flow.kept else 0)
