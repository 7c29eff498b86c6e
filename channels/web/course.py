"""How far a person is in the course, for the page's menu."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.errors import NoSession
from channels.web.visitors import Visitors
from channels.words import say
from knowledge.data_files import read_course
from knowledge.errors import ContentError
from knowledge.loader import CONTENT
from learning.store import LearningStore


class CourseProgress:
    """Tells how many lessons are done, and how many there are.

    Args:
        engine: The database.
    """

    def __init__(self, visitors: Visitors, engine: Engine) -> None:
        self._visitors = visitors
        self._store = LearningStore(engine)

    def routes(self) -> list[Route]:
        """Return the route."""
        return [Route("/api/progress", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """Answer with the figures."""
        learner_id = await self._visitors.find(request)
        if learner_id is None:
            raise NoSession(say("no_session"))
        return JSONResponse(await run_in_threadpool(self._measure, learner_id))

    def _measure(self, learner_id: str) -> dict[str, int]:
        lessons = lesson_ids()
        done = {place.lesson_id for place in self._store.look(learner_id).places if place.is_done}
        return {"lessons_done": len(done & lessons), "lessons": len(lessons)}


@lru_cache(maxsize=1)
def lesson_ids() -> frozenset[str]:
    """Return the ids of the course's lessons, from the map alone: all content takes seconds to read.

    Raises:
        ContentError: The map cannot be read.
    """
    course, problems = read_course(CONTENT / "course.yml", "course.yml")
    if problems:
        raise ContentError(problems)
    return frozenset(plan.id for plan in course.lessons)
