"""How far a person is in the course, for the page's menu."""

from __future__ import annotations

import logging
from pathlib import Path

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
from learning.store import LearningStore

log = logging.getLogger(__name__)


class CourseProgress:
    """Tells how many lessons are done, and how many there are.

    Args:
        engine: The database.
        content_dir: Where the content is.
    """

    def __init__(self, visitors: Visitors, engine: Engine, content_dir: Path) -> None:
        self._visitors = visitors
        self._store = LearningStore(engine)
        self._map = CourseMap(content_dir / "course.yml")

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
        lessons = self._map.lesson_ids()
        done = {place.lesson_id for place in self._store.look(learner_id).places if place.is_done}
        return {"lessons_done": len(done & lessons), "lessons": len(lessons)}


class CourseMap:
    """The ids of the course's lessons, from the map alone: all content takes seconds to read.

    Args:
        path: The map. It is read again when it changes; one that cannot be read changes nothing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._changed_at = 0
        self._ids: frozenset[str] = frozenset()

    def lesson_ids(self) -> frozenset[str]:
        """Return the ids.

        Raises:
            ContentError: The map cannot be read, and never could.
        """
        changed_at = self._path.stat().st_mtime_ns if self._path.exists() else 0
        if changed_at != self._changed_at or not self._ids:
            self._read()
            self._changed_at = changed_at
        return self._ids

    def _read(self) -> None:
        try:
            course, problems = read_course(self._path, self._path.name)
        except ContentError as error:
            course, problems = None, error.problems
        if course is not None and not problems:
            self._ids = frozenset(plan.id for plan in course.lessons)
        elif self._ids:
            log.error("the map of the course is not taken up: %s", problems[0])
        else:
            raise ContentError(problems)
