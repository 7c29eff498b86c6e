"""The page of questions that were not answered, or not well."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import numpy as np
from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from database import now_utc, reading
from knowledge.encoder import RememberingEncoder, load_encoder
from knowledge.model import Knowledge
from review.door import Way, text_of
from review.pages import render
from review.questions import EXAMPLES_SHOWN, Group, group, read_missed
from review.sessions import Session
from settings import Settings

DAYS = (7, 30, 90, 365)
GROUPS_SHOWN = 60
TEXTS_KEPT = 10_000


class Meanings:
    """Vectors of what was missed, each made once; the encoder is loaded when first needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._encoder: RememberingEncoder | None = None
        self._lock = threading.Lock()

    def encode(self, texts: list[str]) -> np.ndarray:
        """Make one unit vector a text, shape (n, 384)."""
        with self._lock:
            if self._encoder is None:
                self._encoder = RememberingEncoder(load_encoder(self._settings.encoder_dir))
            if len(self._encoder) > TEXTS_KEPT:
                self._encoder.forget_all()
            return self._encoder.encode(texts)

    def get_ready(self, engine: Engine) -> None:
        """Make those of the last year, so that nobody waits for them at the first visit."""
        with reading(engine) as connection:
            asked = read_missed(connection, now_utc() - timedelta(days=max(DAYS)))
        self.encode([one.text for one in asked])


class QuestionPages:
    """Groups what was missed; groups are kept until something changes."""

    def __init__(self, engine: Engine, knowledge: Knowledge, meanings: Meanings) -> None:
        self._engine = engine
        self._knowledge = knowledge
        self._meanings = meanings
        self._kept: dict[int, tuple[object, list[Group]]] = {}
        self._lock = threading.Lock()

    def ways(self) -> list[Way]:
        """Return the pages."""
        return [Way("/questions", "reader", self.missed)]

    async def missed(self, request: Request, session: Session, form: FormData) -> Response:
        """Show the groups, the largest first; those near to one topic if one is named."""
        days = text_of(request.query_params, "days", 4)
        chosen = int(days) if days.isdecimal() and int(days) in DAYS else DAYS[1]
        topic = text_of(request.query_params, "topic", 80)
        groups = await run_in_threadpool(self._groups, chosen)
        near = [one for one in groups if not topic or one.nearest == topic]
        titles = {name: one.title for name, one in self._knowledge.course.topics.items()}
        values: dict[str, Any] = {
            "groups": near[:GROUPS_SHOWN],
            "left": max(0, len(near) - GROUPS_SHOWN),
            "titles": titles,
        }
        done = text_of(request.query_params, "done", 10)
        choice: dict[str, Any] = {
            "days": chosen,
            "all_days": DAYS,
            "topic": topic,
            "shown": EXAMPLES_SHOWN,
            "done": done,
        }
        return render("questions.html", session, **values, **choice)

    def find(self, question_id: int, days: int) -> Group | None:
        """Return the group that a question stands in; None when it stands in none, or nobody asked for such days."""
        groups = self._groups(days) if days in DAYS else []
        return next((one for one in groups if any(asked.question_id == question_id for asked in one.asked)), None)

    def _groups(self, days: int) -> list[Group]:
        with self._lock:
            with reading(self._engine) as connection:
                asked = read_missed(connection, now_utc() - timedelta(days=days))
            state = tuple(one.question_id for one in asked), [one.reason for one in asked]
            if days not in self._kept or self._kept[days][0] != state:
                self._kept[days] = (state, group(asked, self._meanings.encode))
            return self._kept[days][1]
