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
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from learning.progress import minutes_left
from learning.store import LearningStore

course = lru_cache(maxsize=1)(load_knowledge)


class CourseProgress:
    """Tells the lessons that are done, how many there are, and the minutes left.

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
        knowledge: Knowledge = course()
        places = self._store.look(learner_id).places
        lessons = {plan.id for plan in knowledge.course.lessons} & set(knowledge.lessons)
        done = {place.lesson_id for place in places if place.is_done}
        return {
            "lessons_done": len(done & lessons),
            "lessons": len(lessons),
            "minutes_left": minutes_left(knowledge, places),
        }
