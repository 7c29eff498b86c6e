"""The pages of figures: today, and the lessons."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from database import now_utc, reading
from knowledge.model import Knowledge, Lesson
from learning import tables as learning
from review.door import Way
from review.figures import WEEK, week_figures
from review.lesson_figures import LOW_DISCRIMINATION, Funnel, ItemFigures, funnel, item_figures, to_attempt
from review.lesson_records import repetition_load
from review.pages import render
from review.sessions import Session
from review.worth_doing import worth_doing

ATTEMPTS_READ = 100_000


class FigurePages:
    """Counts, over the tutor's database, which is only read."""

    def __init__(self, engine: Engine, knowledge: Knowledge) -> None:
        self._engine = engine
        self._knowledge = knowledge
        self._kept_items: tuple[object, list[ItemFigures]] | None = None

    def ways(self) -> list[Way]:
        """Return the pages."""
        return [
            Way("/", "reader", self.today),
            Way("/lessons", "reader", self.lessons),
        ]

    async def today(self, request: Request, session: Session, form: FormData) -> Response:
        """Show the week in figures, and what is most worth doing."""
        figures, worth = await run_in_threadpool(self._read_today)
        return render("today.html", session, figures=figures, worth=worth, course=self._knowledge.course)

    def _read_today(self) -> tuple[Any, Any]:
        with reading(self._engine) as connection:
            now = now_utc()
            items = self._items(connection)
            return week_figures(connection, now), worth_doing(connection, self._knowledge, items, now - 4 * WEEK)

    async def lessons(self, request: Request, session: Session, form: FormData) -> Response:
        """Show how far people come in each lesson, and how its questions work."""
        funnels, items, load = await run_in_threadpool(self._read_lessons)
        texts = {item.id: item for lesson in self._knowledge.lessons.values() for item in lesson.items}
        return render(
            "lessons.html", session, funnels=funnels, items=items, texts=texts, load=load, low=LOW_DISCRIMINATION
        )

    def _read_lessons(self) -> tuple[list[Funnel], list[ItemFigures], list[tuple[date, int]]]:
        place = learning.lesson_place
        with reading(self._engine) as connection:
            query = sa.select(place.c.lesson_id, place.c.step_number, place.c.is_done)
            rows = connection.execute(query).all()
            items, load = self._items(connection), repetition_load(connection, now_utc().date())
        places: dict[str, list[tuple[int, bool]]] = {}
        for row in rows:
            places.setdefault(row.lesson_id, []).append((row.step_number, row.is_done))
        return (
            [funnel(lesson, places.get(lesson.id, [])) for lesson in self._in_order()],
            items,
            load,
        )

    def _in_order(self) -> list[Lesson]:
        """List the lessons as the course tells them, not by the names of their files."""
        lessons = self._knowledge.lessons
        return [lessons[plan.id] for plan in self._knowledge.course.lessons if plan.id in lessons]

    def _items(self, connection: Connection) -> list[ItemFigures]:
        """Weigh the quizzes' questions; anew only when there are other answers than the last time."""
        attempt = learning.attempt
        count = sa.select(sa.func.max(attempt.c.id), sa.func.max(attempt.c.answered_at), sa.func.count()).select_from(
            attempt
        )
        state = tuple(connection.execute(count).one())
        kept = self._kept_items
        if kept is None or kept[0] != state:
            kept = self._kept_items = (state, self._weigh(connection))
        return kept[1]

    def _weigh(self, connection: Connection) -> list[ItemFigures]:
        attempt = learning.attempt
        columns = (attempt.c.learner_id, attempt.c.item_id, attempt.c.chosen, attempt.c.outcome)
        first = sa.select(*columns).where(attempt.c.number == 1).order_by(attempt.c.id.desc()).limit(ATTEMPTS_READ)
        attempts = [to_attempt(row) for row in connection.execute(first)]
        return item_figures([one for lesson in self._knowledge.lessons.values() for one in lesson.items], attempts)
