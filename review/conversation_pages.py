"""The pages on which conversations are found, read and marked."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from database import now_utc, reading
from knowledge.model import Knowledge
from review.audit import REASON_LIMIT_CHARS, Audit
from review.conversations import Line, Listed, Wanted, find, last_id, read
from review.door import Way, text_of
from review.marks import NOTE_LIMIT_CHARS, TAG_LIMIT_CHARS, TAGS_AT_MOST, Marks, read_tags, to_stored
from review.pages import render
from review.sessions import Session

DAYS = (1, 7, 30, 365)
DECISIONS = ("answer", "choose", "abstain")
FEEDBACK = ("helpful", "unhelpful")
STATES = ("open", "reviewed", "flagged")
REASON_LEAST_CHARS = 10
_LEARNER = re.compile(r"[0-9a-f]{8,64}")


class ConversationPages:
    """Lists conversations, shows one, and keeps what the team notes about it."""

    def __init__(self, engine: Engine, knowledge: Knowledge, marks: Marks, audit: Audit) -> None:
        self._engine = engine
        self._knowledge = knowledge
        self._marks = marks
        self._audit = audit

    def ways(self) -> list[Way]:
        """Return the pages."""
        return [
            Way("/conversations", "reader", self.listed),
            Way("/conversations/{learner_id}", "reader", self.one),
            Way("/conversations/{learner_id}/mark", "editor", self.mark, "POST"),
            Way("/conversations/{learner_id}/unmask", "editor", self.unmask, "POST"),
        ]

    async def listed(self, request: Request, session: Session, form: FormData) -> Response:
        """Show the conversations that have what is wanted."""
        chosen = _read_choice(request)
        listed = await run_in_threadpool(self._find, chosen)
        lessons = [(one.id, one.title) for one in self._knowledge.lessons.values()]
        return render("conversations.html", session, listed=listed, chosen=chosen, lessons=lessons)

    def _find(self, chosen: dict[str, str]) -> list[Listed]:
        days = chosen["days"]
        since = now_utc() - timedelta(days=int(days)) if days else None
        with reading(self._engine) as connection:
            wanted = {name: value for name, value in chosen.items() if name != "days"}
            return find(connection, Wanted(since, **wanted))

    async def one(self, request: Request, session: Session, form: FormData) -> Response:
        """Show a conversation with personal data hidden; that somebody read it is written down."""
        learner_id = _learner(request)
        lines, following = await run_in_threadpool(self._read, learner_id)
        await run_in_threadpool(self._audit.add, session.user.name, "read", learner_id)
        return await self._show(session, learner_id, lines, following, is_masked=True)

    async def unmask(self, request: Request, session: Session, form: FormData) -> Response:
        """Show it once as it was written, for a reason that is kept."""
        learner_id, reason = _learner(request), text_of(form, "reason", REASON_LIMIT_CHARS)
        lines, following = await run_in_threadpool(self._read, learner_id)
        if len(reason) < REASON_LEAST_CHARS:
            raise HTTPException(400, f"Please give a reason of at least {REASON_LEAST_CHARS} characters; it is kept.")
        await run_in_threadpool(self._audit.add, session.user.name, "unmasked", learner_id, reason)
        return await self._show(session, learner_id, lines, following, is_masked=False)

    async def _show(
        self, session: Session, learner_id: str, lines: list[Line], following: str, *, is_masked: bool
    ) -> Response:
        marks = await run_in_threadpool(self._marks.find, learner_id)
        titles = {name: topic.title for name, topic in self._knowledge.course.topics.items()}
        values: dict[str, Any] = {"lines": lines, "marks": marks, "following": following, "titles": titles}
        return render("conversation.html", session, learner_id=learner_id, is_masked=is_masked, **values)

    def _read(self, learner_id: str) -> tuple[list[Line], str]:
        with reading(self._engine) as connection:
            lines = read(connection, learner_id)
            if not lines:
                raise HTTPException(404)
            waiting = find(connection, Wanted(state="open"))
        return lines, next((one.learner_id for one in waiting if one.learner_id != learner_id), "")

    async def mark(self, request: Request, session: Session, form: FormData) -> Response:
        """Keep tags, note, flag, whom it is handed to, and up to where it was read."""
        learner_id = _learner(request)
        tags = read_tags(text_of(form, "tags", TAG_LIMIT_CHARS * TAGS_AT_MOST))
        values: dict[str, Any] = {
            "tags": to_stored(tags),
            "note": text_of(form, "note", NOTE_LIMIT_CHARS),
            "is_flagged": form.get("flagged") == "yes",
            "handed_to": text_of(form, "handed_to", 80) or None,
        }
        if form.get("reviewed") == "yes":
            values["reviewed_to"] = await run_in_threadpool(self._last_id, learner_id)
        await run_in_threadpool(self._marks.change, learner_id, session.user.name, **values)
        await run_in_threadpool(self._audit.add, session.user.name, "marked", learner_id)
        following = text_of(form, "then", 64)
        target = following if _LEARNER.fullmatch(following) else learner_id
        return RedirectResponse(f"/conversations/{target}", status_code=303)

    def _last_id(self, learner_id: str) -> int:
        with reading(self._engine) as connection:
            found = last_id(connection, learner_id)
        if found is None:
            raise HTTPException(404)
        return found


def _learner(request: Request) -> str:
    learner_id: str = request.path_params["learner_id"]
    if not _LEARNER.fullmatch(learner_id):
        raise HTTPException(404)
    return learner_id


def _read_choice(request: Request) -> dict[str, str]:
    """Read the filter from the address; what is not one of the choices is left out."""
    query = request.query_params
    allowed = {"decision": DECISIONS, "feedback": FEEDBACK, "state": STATES, "days": tuple(str(one) for one in DAYS)}
    chosen = {name: text_of(query, name, 20) for name in allowed}
    chosen = {name: value if value in allowed[name] else "" for name, value in chosen.items()}
    return {**chosen, **{name: text_of(query, name, 120) for name in ("lesson", "intent", "words", "tag")}}
