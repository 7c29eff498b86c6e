"""How far a person is, for the page's menu."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import httpx
import pytest
from sqlalchemy.engine import Engine

from channels.web.course import CourseMap
from knowledge.errors import ContentError
from knowledge.loader import CONTENT, load_knowledge
from learning.store import LearningStore, Payload, Records
from learning.walk import Place
from tests.channels.visitor import error_of
from tests.channels.web.description import trouble_with


async def test_somebody_new_has_all_before_them(client: httpx.AsyncClient) -> None:
    """No lesson is done, of all that the course has."""
    answer = (await client.get("/api/progress")).json()

    assert answer == {"lessons_done": 0, "lessons": len(load_knowledge().lessons)}
    assert trouble_with(answer, "CourseProgress") == []


async def test_lessons_done_are_counted_once(client: httpx.AsyncClient, engine: Engine) -> None:
    """A lesson that is done counts; one that is begun, or that the course has no more, does not."""
    done, begun = sorted(load_knowledge().lessons)[:2]
    with engine.connect() as connection:
        learner_id = connection.exec_driver_sql("SELECT learner_id FROM web_session").scalar_one()

    def work(records: Records) -> Payload:
        for lesson_id, is_done in ((done, True), (begun, False), ("system.gone", True)):
            records.keep_place(Place(lesson_id, "1", "summary", 1, is_done=is_done))
        return {}

    LearningStore(engine).once(learner_id, "message-1", work)

    assert (await client.get("/api/progress")).json()["lessons_done"] == 1


async def test_progress_is_for_its_owner_only(stranger: httpx.AsyncClient) -> None:
    """Without an identity there is nothing to tell."""
    assert error_of(await stranger.get("/api/progress")) == (401, "no_session")


def test_map_that_changes_is_read_again_and_a_broken_one_is_not_taken_up(tmp_path: Path) -> None:
    """A lesson more counts at once; a file that cannot be read leaves the figures as they were."""
    path = tmp_path / "course.yml"
    shutil.copy(CONTENT / "course.yml", path)
    course = CourseMap(path)
    before = course.lesson_ids()
    row = "      - id: system.more\n        title: More\n        objective: Do more.\n        topics: []\n"
    path.write_text(path.read_text("utf-8").replace("    lessons:\n", f"    lessons:\n{row}", 1), encoding="utf-8")
    os.utime(path, (1, 1))

    assert course.lesson_ids() - before == {"system.more"}

    path.write_text("themes: [", encoding="utf-8")
    assert course.lesson_ids() - before == {"system.more"}
    with pytest.raises(ContentError):
        CourseMap(path).lesson_ids()
