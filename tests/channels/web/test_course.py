"""How far a person is, for the page's menu."""

from __future__ import annotations

import httpx
from sqlalchemy.engine import Engine

from channels.web.course import lesson_ids
from knowledge.loader import load_knowledge
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
    done, begun = sorted(lesson_ids())[:2]
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
