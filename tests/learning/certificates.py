"""A course of three lessons, who has done what of it, and a certificate, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from knowledge.course_map import Criterion
from knowledge.model import Course, Knowledge, LessonPlan, Theme
from learning import tables, walk
from learning.certificate import Certified
from learning.certificates_store import Certificate
from learning.store import LearningStore, Payload, Records
from learning.walk import Place
from tests.learning.samples import a_card, a_knowledge, a_lesson, an_item

CODE = "0123456789ABCDEFGHJKMNPQRSTV"
NOON = datetime(2026, 3, 9, 12, 0, 30)
LESSONS = tuple(
    replace(
        a_lesson(a_card("opening"), *(replace(an_item(key), id=f"system.{n}.{key}") for key in ("one", "two"))),
        id=f"system.{n}",
        title=f"Lesson {n}",
        minutes=30,
    )
    for n in (1, 2, 3)
)
ITEMS = tuple(item.id for lesson in LESSONS for item in lesson.items)
CERTIFIED = Certified("A course", "v1", ("Lesson 1", "Lesson 2", "Lesson 3"), 3, 60, 90)
CERTIFICATE = Certificate(CODE[:8], CERTIFIED, NOON)


def a_course(lessons: int | None = None, score_percent: int = 60) -> Knowledge:
    """Make the course, with what its certificate asks for."""
    plans = tuple(LessonPlan(one.id, one.title, one.objective, "system") for one in LESSONS)
    course = Course(
        "A course",
        "findings of a project",
        "do it",
        (Theme("system", "The System", "", plans),),
        {},
        certificate=Criterion(lessons, score_percent),
    )
    return replace(a_knowledge(*LESSONS), course=course)


def done(count: int) -> list[Place]:
    """Make the places of somebody who did the first lessons, and stands in the middle of the next."""
    places = [replace(walk.start(one), is_done=n < count) for n, one in enumerate(LESSONS)]
    return places[: count + 1]


def right(count: int) -> dict[str, dict[str, list[str]]]:
    """Make the outcomes of somebody who got the first questions right at the second try, and the rest wrong."""
    tries = {item_id: ["wrong", "right"] if n < count else ["wrong"] for n, item_id in enumerate(ITEMS)}
    return {one.id: {item.id: tries[item.id] for item in one.items} for one in LESSONS}


def finish(store: LearningStore, learner_id: str, lessons: int = 3, questions: int = 6) -> None:
    """Store that a learner did so many lessons, and got so many questions right."""

    def work(records: Records) -> Payload:
        for place in done(lessons)[:lessons]:
            records.keep_place(place)
        for item_id in ITEMS[:questions]:
            values = {"lesson_id": item_id[:8], "item_id": item_id, "version": "v1", "chosen": "[]", "number": 1}
            made = {"message_id": item_id, "answered_at": records.now, "outcome": "right"}
            records.connection.execute(tables.attempt.insert().values(learner_id=learner_id, **values, **made))
        return {"kind": "finished"}

    store.once(learner_id, "finish", work)
