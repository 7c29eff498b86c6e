"""The page of trainings: how far they are, what a fresh model would change, putting it into place, and going back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from database import reading
from knowledge.model import Knowledge
from learning import tables as learning
from review.audit import Audit
from review.door import Way, text_of
from review.masking import mask
from review.models import ModelError, Models
from review.outcomes import Outcome, tell_outcome
from review.pages import render
from review.rehearsal import Rehearsal
from review.sessions import Session
from review.trainings import DONE, RUNNING, WAITING, Training, Trainings

SHOWN_CHANGES = 200
REFRESH_SECONDS = 5
LOG_LINES = 15


class TrainingPages:
    """Shows trainings, and puts models into place."""

    def __init__(
        self,
        engine: Engine,
        knowledge: Knowledge,
        trainings: Trainings,
        models: Models,
        audit: Audit,
        rehearsal: Rehearsal,
    ) -> None:
        self._engine, self._knowledge = engine, knowledge
        self._trainings, self._models = trainings, models
        self._audit, self._rehearsal = audit, rehearsal

    def ways(self) -> list[Way]:
        """Return the pages."""
        return [
            Way("/training", "reader", self.list_all),
            Way("/training/begin", "editor", self.begin, "POST"),
            Way("/training/live", "editor", self.go_live, "POST"),
            Way("/training/back", "editor", self.go_back, "POST"),
            Way("/training/{training_id}", "reader", self.show),
        ]

    async def list_all(self, request: Request, session: Session, form: FormData) -> Response:
        """Show every training of late, and which model answers."""
        trainings = await run_in_threadpool(self._trainings.latest)
        is_busy = any(one.state in (WAITING, RUNNING) and not self._trainings.is_lost(one) for one in trainings)
        now = await run_in_threadpool(self._models.now)
        lost = [one.id for one in trainings if self._trainings.is_lost(one)]
        refresh = REFRESH_SECONDS if is_busy else 0
        values: dict[str, Any] = {"trainings": trainings, "now": now, "lost": lost, "is_busy": is_busy}
        done = text_of(request.query_params, "done", 10)
        return render("trainings.html", session, **values, refresh=refresh, done=done)

    async def show(self, request: Request, session: Session, form: FormData) -> Response:
        """Show what came of a training."""
        training = await self._find(request.path_params["training_id"])
        now = await run_in_threadpool(self._models.now)
        changed = await run_in_threadpool(self._changed, training)
        titles = {topic.id: topic.title for topic in self._knowledge.course.topics.values()}
        lost = [
            (one["group"], one["text"], _tell(one["before"], titles), _tell(one["after"], titles))
            for one in training.report.get("lost", [])
        ]
        added = training.report.get("added")
        kept_out = [
            (one["text"], _tell(one["before"], titles), _tell(one["after"], titles))
            for one in (added or {}).get("missed", [])[:SHOWN_CHANGES]
        ]
        is_there = await run_in_threadpool(self._models.is_there, training.id)
        log = await run_in_threadpool(self._log, training) if training.report.get("trouble") else ""
        values: dict[str, Any] = {"training": training, "now": now, "changed": changed, "lost": lost, "log": log}
        values |= {"added": added, "kept_out": kept_out}
        is_running = training.state in (WAITING, RUNNING) and not self._trainings.is_lost(training)
        refresh = REFRESH_SECONDS if is_running else 0
        return render("training.html", session, **values, is_there=is_there, refresh=refresh, shown=SHOWN_CHANGES)

    def _changed(self, training: Training) -> list[tuple[str, int, str, str]]:
        """Tell whose questions would get something else; those of people who were forgotten are gone."""
        rows = {int(one["question"]): one for one in training.report.get("changed", [])}
        question, titles = learning.question, {one.id: one.title for one in self._knowledge.course.topics.values()}
        query = sa.select(question.c.id, question.c.text).where(question.c.id.in_(list(rows)[:SHOWN_CHANGES]))
        with reading(self._engine) as connection:
            texts = {row.id: row.text for row in connection.execute(query)}
        return [
            (mask(text), rows[key]["times"], _tell(rows[key]["before"], titles), _tell(rows[key]["after"], titles))
            for key, text in texts.items()
        ]

    def _log(self, training: Training) -> str:
        path = self._models.folder_of(training.id) / "log" / "train.log"
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
        return "\n".join(lines[-LOG_LINES:])

    async def begin(self, request: Request, session: Session, form: FormData) -> Response:
        """Train now."""
        await run_in_threadpool(self._trainings.ask, session.user.name, "asked for at the desk")
        await run_in_threadpool(self._audit.add, session.user.name, "asked for a training", "model")
        return RedirectResponse("/training", status_code=303)

    async def go_live(self, request: Request, session: Session, form: FormData) -> Response:
        """Put a training's model into place."""
        training = await self._find(text_of(form, "training", 12))
        if training.state != DONE:
            raise HTTPException(409, "This training has no model that could answer.")
        await self._put(session, lambda by: self._models.go_live(training.id, by), f"training {training.id}")
        return RedirectResponse("/training?done=live", status_code=303)

    async def go_back(self, request: Request, session: Session, form: FormData) -> Response:
        """Put the model before into place."""
        await self._put(session, self._models.go_back, "the model before")
        return RedirectResponse("/training?done=back", status_code=303)

    async def _put(self, session: Session, put: Any, what: str) -> None:
        try:
            await run_in_threadpool(put, session.user.name)
        except ModelError as error:
            raise HTTPException(409, str(error)) from error
        self._rehearsal.forget()
        await run_in_threadpool(self._audit.add, session.user.name, "put a model into place", what)

    async def _find(self, number: str) -> Training:
        found = (
            await run_in_threadpool(self._trainings.find, int(number))
            if number.isdecimal() and len(number) < 10
            else None
        )
        if found is None:
            raise HTTPException(404, "There is no such training.")
        return found


def _tell(kept: list[Any], titles: dict[str, str]) -> str:
    kind, keys = kept
    return tell_outcome(Outcome(kind, tuple(keys)), titles)
