"""The page from which data is taken along: masked, unless an owner says why not."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from database import now_utc
from knowledge.model import Knowledge
from review.audit import REASON_LIMIT_CHARS, Audit
from review.door import Way, text_of
from review.export_figures import figures
from review.export_files import to_csv, to_json
from review.exporting import Source, Veil, attempts, conversations, progress, questions
from review.pages import render
from review.said import SaidIndex
from review.sessions import Session
from review.xapi import Statements
from settings import Settings

log = logging.getLogger(__name__)
SOURCES: dict[str, tuple[str, Source]] = {
    "conversations": ("conversations: every message, and what it was taken for", conversations),
    "questions": ("questions: what was asked, and what the tutor decided", questions),
    "progress": ("progress: how far people are in the lessons", progress),
    "attempts": ("answers to the quizzes", attempts),
    "figures": ("figures: people and questions of each day", figures),
}
FORMATS = {
    "csv": "a table for a spreadsheet (CSV)",
    "json": "for programs (JSON)",
    "xapi": "for a learning record store (xAPI)",
}
XAPI_NAME = "learning"
DAYS = {"7": "the last 7 days", "30": "the last 30 days", "365": "the last year", "": "all"}
REASON_LEAST_CHARS = 10
UNMASKED_ROLE = "owner"


class ExportPages:
    """Gives data as files, and writes down that it did."""

    def __init__(self, engine: Engine, knowledge: Knowledge, settings: Settings, audit: Audit, said: SaidIndex) -> None:
        self._engine = engine
        self._secret = settings.secret
        self._statements = Statements(knowledge, settings.public_url)
        self._said = said
        self._audit = audit

    def ways(self) -> list[Way]:
        """Return the pages."""
        return [Way("/exports", "editor", self.ask), Way("/exports/file", "editor", self.give, "POST")]

    async def ask(self, request: Request, session: Session, form: FormData) -> Response:
        """Ask what is wanted."""
        titles = {name: title for name, (title, _) in SOURCES.items()}
        return render("exports.html", session, sources=titles, formats=FORMATS, days=DAYS)

    async def give(self, request: Request, session: Session, form: FormData) -> Response:
        """Give the file; without masking only to an owner, for a reason that is kept."""
        what, format_ = text_of(form, "what", 20), text_of(form, "format", 10)
        days, reason = text_of(form, "days", 4), text_of(form, "reason", REASON_LIMIT_CHARS)
        is_masked = form.get("unmasked") != "yes"
        if what not in SOURCES or format_ not in FORMATS or days not in DAYS:
            raise HTTPException(400, "Please choose what is given, for which time, and as what kind of file.")
        if not is_masked:
            _check_right(session, reason)
        name = XAPI_NAME if format_ == "xapi" else what
        deed = "exported" if is_masked else "exported unmasked"
        await run_in_threadpool(self._audit.add, session.user.name, deed, f"{name}, {format_}, {DAYS[days]}", reason)
        await run_in_threadpool(self._said.catch_up)
        since = now_utc() - timedelta(days=int(days)) if days else None
        pieces = self._pieces(what, format_, Veil(self._secret, is_masked), since)
        ending = "json" if format_ == "xapi" else format_
        return _as_stream(f"{name}-{now_utc():%Y-%m-%d}.{ending}", pieces, ending)

    def _pieces(self, what: str, format_: str, veil: Veil, since: datetime | None) -> Iterator[str]:
        if format_ == "xapi":
            return to_json(self._statements.all(self._engine, veil, since))
        rows = SOURCES[what][1](self._engine, veil, since)
        return to_csv(rows) if format_ == "csv" else to_json(rows)


def _check_right(session: Session, reason: str) -> None:
    if not session.user.may(UNMASKED_ROLE):
        raise HTTPException(403, f"This needs the role of {UNMASKED_ROLE}; yours is {session.user.role}.")
    if len(reason) < REASON_LEAST_CHARS:
        raise HTTPException(400, f"Please give a reason of at least {REASON_LEAST_CHARS} characters; it is kept.")


def _as_stream(name: str, pieces: Iterator[str], ending: str) -> Response:
    kinds: dict[str, Any] = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, media_type=kinds[ending], headers=headers)
