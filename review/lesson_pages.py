"""The page of one lesson: how far people come, how long they stay, where they are stuck."""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from database import now_utc, reading
from knowledge.model import Knowledge, Lesson
from review import lesson_records as records
from review.door import Way
from review.lesson_walks import card_figures, stuck
from review.pages import render
from review.sessions import Session


class LessonPages:
    """Figures of single lessons, over the tutor's database, which is only read."""

    def __init__(self, engine: Engine, knowledge: Knowledge) -> None:
        self._engine = engine
        self._lessons = knowledge.lessons

    def ways(self) -> list[Way]:
        """Return the pages."""
        return [Way("/lessons/{lesson_id}", "reader", self.one)]

    async def one(self, request: Request, session: Session, form: FormData) -> Response:
        """Show one lesson."""
        lesson = self._lessons.get(request.path_params["lesson_id"])
        if lesson is None:
            raise HTTPException(404)
        values = await run_in_threadpool(self._read, lesson)
        return render("lesson.html", session, lesson=lesson, **values)

    def _read(self, lesson: Lesson) -> dict[str, Any]:
        with reading(self._engine) as connection:
            standings = records.read_standings(connection, lesson.id)
            shown = records.read_shown(connection, lesson.id, [one.learner_id for one in standings])
            wrongs = records.read_wrongs(connection, lesson.id)
            writers = records.count_writers(connection, lesson.id)
        return {
            "cards": card_figures(lesson, standings, shown),
            "stuck": stuck(lesson, standings, shown, wrongs, now_utc()),
            "writers": writers,
            "followed": records.FOLLOWED_AT_MOST,
        }
