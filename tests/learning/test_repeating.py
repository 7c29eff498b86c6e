"""Sittings of repetition: what is due is asked, mixed, in the learner's day; stopping and going on lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from knowledge.model import Item, Lesson
from learning import tables
from learning.repeating import Repeating
from learning.sitting import REPETITION
from learning.store import LearningStore, Payload
from learning.sureness import Sureness
from tests.learning.learner import ANN, Learner
from tests.learning.samples import a_card, a_knowledge, a_lesson, a_passage, an_item

NOON = datetime(2026, 5, 4, 12, 0)
DAY = timedelta(days=1)


def _item(lesson_id: str, key: str) -> Item:
    return replace(an_item(key), id=f"{lesson_id}.{key}")


def _lesson(lesson_id: str, *keys: str) -> Lesson:
    return a_lesson(a_card("opening"), *(_item(lesson_id, key) for key in keys), lesson_id=lesson_id)


ONE, TWO = _lesson("one", "a", "b"), _lesson("two", "c")


class Student(Learner):
    """Somebody whose clock can be set, and who practises again."""

    def __init__(self, engine: Engine, *lessons: Lesson, time_zone: str = "UTC") -> None:
        self.now = NOON
        super().__init__(LearningStore(engine, lambda: self.now, time_zone), *lessons)
        self.lessons = lessons
        self.numbers = iter(range(10_000))

    def practise(self, move: str = "start", message_id: str = "") -> Payload:
        """Start or stop a sitting."""
        repeating = self.repeating()
        method: Callable[..., Payload] = getattr(repeating, move)
        return method(ANN, message_id or f"p{next(self.numbers)}")

    def repeating(self) -> Repeating:
        """Make the moves of a sitting, in the course as the student sees it."""
        return Repeating(a_knowledge(*self.lessons), self.store, self.walk)

    def sees(self, *lessons: Lesson) -> None:
        """Go on in another edition of the course."""
        self.lessons = lessons
        super().sees(*lessons)

    def miss_all(self) -> None:
        """Answer every item of every lesson wrong, twice."""
        for lesson in self.lessons:
            self.now += timedelta(minutes=1)
            self.do("begin", lesson.id)
            for _ in lesson.steps:
                for _ in range(2):
                    self.answer("d")
                    self.now += timedelta(seconds=10)
                self.do("skip")


@pytest.fixture
def student(engine: Engine) -> Student:
    """Give somebody who has missed three items of two lessons."""
    student = Student(engine, ONE, TWO)
    student.miss_all()
    return student


def test_missed_items_are_due_the_next_day(student: Student) -> None:
    """Nothing is due on the day of the answer; the next day all of it is, mixed across lessons."""
    today = student.practise()
    student.now += DAY
    tomorrow = student.practise()

    assert (today["kind"], today["next_on"]) == ("nothing_due", "2026-05-05")
    assert (tomorrow["kind"], tomorrow["due"]) == ("step", 3)
    assert tomorrow["item_ids"] == ["one.a", "two.c", "one.b"]


@pytest.mark.parametrize(("zone", "due"), [("UTC", 0), ("Europe/Tallinn", 3), ("America/Lima", 0)])
def test_day_begins_where_the_learner_is(engine: Engine, zone: str, due: int) -> None:
    """At half past nine in the evening UTC it is tomorrow already in Estonia, and still today in Peru."""
    student = Student(engine, ONE, TWO, time_zone=zone)
    student.miss_all()
    student.now = NOON + timedelta(hours=9, minutes=30)

    assert student.repeating().count_due(ANN) == due


def test_zone_of_the_learner_wins(student: Student, engine: Engine) -> None:
    """Who has a time zone of their own lives in it, whatever the setting says."""
    with engine.begin() as connection:
        connection.execute(tables.learner.update().values(time_zone="Asia/Tokyo"))
    student.now = NOON + timedelta(hours=4)

    assert student.repeating().count_due(ANN) == 3


def test_sitting_is_walked_like_a_lesson(student: Student) -> None:
    """Hint, answer, next: and what was right at once comes back later, what was missed tomorrow."""
    student.now += DAY
    student.practise()
    kinds = [student.do("hint")["kind"], student.answer("b")["kind"], student.do("go_on")["kind"]]
    missed = [student.answer("d")["outcome"], student.answer("b")["outcome"]]
    student.do("go_on")
    over = student.do("skip")

    assert kinds == ["hint", "graded", "step"]
    assert missed == ["wrong", "right"]
    assert (over["kind"], over["right_first"], over["right"], over["items"]) == ("sitting_over", 1, 2, 3)
    assert student.repeating().count_due(ANN) == 1  # the one that was skipped
    student.now += DAY
    assert student.repeating().count_due(ANN) == 2


def test_sitting_over_leads_back_to_the_lesson(student: Student) -> None:
    """After a sitting the person is again where they were in their lesson."""
    student.do("begin", ONE.id)
    student.now += DAY
    student.practise()
    for _ in range(3):
        student.do("skip")

    assert student.walk.where(ANN)[0].id == ONE.id  # type: ignore[index]


def test_attempts_of_a_sitting_leave_the_lessons_results_alone(student: Student, engine: Engine) -> None:
    """A right answer weeks later is not a right first try in the lesson; its content version is the lesson's."""
    student.now += DAY
    student.practise()
    student.answer("b")

    assert student.store.look(ANN).outcomes["one"]["one.a"] == ["wrong", "wrong"]
    with engine.connect() as connection:
        row = connection.execute(sa.select(tables.attempt).where(tables.attempt.c.lesson_id == REPETITION)).one()
    assert (row.item_id, row.outcome, row.version) == ("one.a", "right", ONE.version)


def test_sitting_stopped_goes_on_where_it_was(student: Student) -> None:
    """Stopping leads back to the lesson; starting again the same day shows the same question."""
    student.now += DAY
    student.practise()
    student.answer("b")
    student.do("go_on")
    stopped = student.practise("stop")
    between = student.walk.where(ANN)
    again = student.practise()

    assert (stopped["kind"], stopped["due"]) == ("stopped", 2)
    assert between is not None and between[0].id == TWO.id
    assert (again["is_resumed"], again["place"]["key"]) == (True, "two.c")
    assert student.practise("stop")["kind"] == "stopped"
    assert student.practise("stop")["kind"] == "not_practising"


def test_sitting_of_another_day_is_made_anew(student: Student) -> None:
    """What was left yesterday is due today, from the first question on."""
    student.now += DAY
    student.practise()
    student.answer("b")
    student.now += DAY
    again = student.practise()

    assert again["is_opening"]
    assert again["item_ids"] == ["one.b", "two.c"]


def test_items_changed_or_gone_are_dropped(student: Student) -> None:
    """What left the content or asks something else now is off the list, and that is said once."""
    other = replace(_item("one", "a"), stem=a_passage("Something else?"))
    student.sees(a_lesson(a_card("opening"), other, _item("one", "b"), lesson_id="one", version="v2"))
    student.now += DAY

    first = student.practise()
    student.practise("stop")

    assert (first["dropped"], first["item_ids"]) == (2, ["one.b"])
    assert student.practise().get("dropped", 0) == 0


def test_course_without_the_items_is_told_kindly(student: Student) -> None:
    """When all has left the course in the middle of a sitting, the person is not stuck."""
    student.now += DAY
    student.practise()
    student.sees(a_lesson(lesson_id="three"))

    assert student.walk.where(ANN) is None
    assert student.do("go_on")["kind"] == "no_lesson"
    assert student.practise()["kind"] == "nothing_due"


def test_same_message_twice_practises_once(student: Student) -> None:
    """A repeated message hears the same, and one answer moves the day once."""
    student.now += DAY
    first, again = (student.practise(message_id="same") for _ in range(2))
    graded = [student.do("answer", ("b",), None, message_id="answer") for _ in range(2)]

    assert first == again
    assert graded[0] == graded[1]
    assert student.repeating().count_due(ANN) == 2


@pytest.mark.parametrize(("sureness", "due"), [("sure", 0), ("unsure", 1), ("guess", 1), (None, 0)])
def test_right_answer_without_being_sure_comes_back(engine: Engine, sureness: Sureness | None, due: int) -> None:
    """Where a lesson asks how sure people are, a right guess is asked again; a sure one is not."""
    item = replace(_item("one", "a"), asks_sure=True)
    student = Student(engine, a_lesson(item, lesson_id="one"))
    student.do("begin", "one")
    asked = student.answer("b")
    graded = student.do("say_sure", sureness)
    student.now += DAY

    assert asked["kind"] == "how_sure"
    assert (graded["kind"], graded["outcome"], graded["sureness"]) == ("graded", "right", sureness)
    assert student.repeating().count_due(ANN) == due
