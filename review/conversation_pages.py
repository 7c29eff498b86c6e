"""The pages on which conversations are found, read and marked."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from database import now_utc, reading
from knowledge.model import Knowledge
from review.audit import REASON_LIMIT_CHARS, Audit
from review.conversation import Line, read
from review.conversation_filter import Filter, read_filter
from review.conversations import LISTED, Listed, find, find_next, last_id
from review.door import Way, text_of
from review.intents import load_intents
from review.marks import NOTE_LIMIT_CHARS, TAG_LIMIT_CHARS, TAGS_AT_MOST, Marks, read_tags, to_stored
from review.meant import tell_meant
from review.pages import render
from review.said import SaidIndex
from review.sessions import Session
from review.users import NAME_LIMIT_CHARS, Users

REASON_LEAST_CHARS = 10
FILTER_LIMIT_CHARS = 1_000
LEARNER_ID = re.compile(r"[0-9a-f]{8,64}")


class ConversationPages:
    """Lists conversations, shows one, and keeps what the team notes about it."""

    def __init__(self, engine: Engine, knowledge: Knowledge, marks: Marks, audit: Audit, said: SaidIndex) -> None:
        self._engine = engine
        self._knowledge = knowledge
        self._marks = marks
        self._audit = audit
        self._users = Users(engine)
        self._said = said

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
        chosen = read_filter(request.query_params, self._knowledge)
        before = text_of(request.query_params, "before", 12)
        listed = await run_in_threadpool(self._find, chosen, session, int(before) if before.isdecimal() else None)
        course = self._knowledge.course
        values: dict[str, Any] = {
            "chosen": chosen.chosen,
            "address": chosen.address,
            "older": listed[-1].last_id if len(listed) == LISTED else None,
            "lessons": [(one.id, one.title) for one in course.lessons],
            "themes": [(theme.id, theme.title) for theme in course.themes],
            "intents": [(name, name.replace("_", " ")) for name in load_intents().names],
        }
        return render("conversations.html", session, listed=listed, **values)

    def _find(self, chosen: Filter, session: Session, before: int | None) -> list[Listed]:
        self._said.catch_up()
        with reading(self._engine) as connection:
            return find(connection, chosen.wanted(self._knowledge, session.user.name, now_utc()), before=before)

    async def one(self, request: Request, session: Session, form: FormData) -> Response:
        """Show a conversation with personal data hidden; that somebody read it is written down."""
        learner_id, chosen = learner_of(request), read_filter(request.query_params, self._knowledge)
        found = await run_in_threadpool(self._read, learner_id, chosen, session)
        await run_in_threadpool(self._audit.add, session.user.name, "read", learner_id)
        return await self._show(session, learner_id, chosen, *found, is_masked=True)

    async def unmask(self, request: Request, session: Session, form: FormData) -> Response:
        """Show it once as it was written, for a reason that is kept."""
        learner_id, reason = learner_of(request), text_of(form, "reason", REASON_LIMIT_CHARS)
        if len(reason) < REASON_LEAST_CHARS:
            raise HTTPException(400, f"Please give a reason of at least {REASON_LEAST_CHARS} characters; it is kept.")
        chosen = self._filter_of(form)
        found = await run_in_threadpool(self._read, learner_id, chosen, session)
        await run_in_threadpool(self._audit.add, session.user.name, "unmasked", learner_id, reason)
        return await self._show(session, learner_id, chosen, *found, is_masked=False)

    async def _show(
        self, session: Session, learner_id: str, chosen: Filter, lines: list[Line], following: str, *, is_masked: bool
    ) -> Response:
        intents = load_intents()
        titles = {name: topic.title for name, topic in self._knowledge.course.topics.items()}
        values: dict[str, Any] = {
            "lines": lines,
            "following": following,
            "address": chosen.address,
            "marks": await run_in_threadpool(self._marks.find, learner_id),
            "colleagues": [name for name, _, is_open in await run_in_threadpool(self._users.all) if is_open],
            "titles": titles,
            "teachable": intents.teachable,
            "told_meant": lambda meant: tell_meant(meant, titles),
        }
        return render("conversation.html", session, learner_id=learner_id, is_masked=is_masked, **values)

    def _read(self, learner_id: str, chosen: Filter, session: Session) -> tuple[list[Line], str]:
        self._said.catch_up()  # the filter may ask for words
        with reading(self._engine) as connection:
            lines = read(connection, learner_id)
            if not lines:
                raise HTTPException(404)
            wanted = chosen.wanted(self._knowledge, session.user.name, now_utc())
            return lines, find_next(connection, wanted, learner_id)

    def _filter_of(self, form: FormData) -> Filter:
        address = text_of(form, "filter", FILTER_LIMIT_CHARS)
        return read_filter(QueryParams(address.removeprefix("?")), self._knowledge)

    async def mark(self, request: Request, session: Session, form: FormData) -> Response:
        """Keep tags, note, flag, whom it is handed to, and up to where it was read."""
        learner_id = learner_of(request)
        values: dict[str, Any] = {
            "tags": to_stored(read_tags(text_of(form, "tags", TAG_LIMIT_CHARS * TAGS_AT_MOST))),
            "note": text_of(form, "note", NOTE_LIMIT_CHARS),
            "is_flagged": form.get("flagged") == "yes",
            "handed_to": await self._colleague(learner_id, text_of(form, "handed_to", NAME_LIMIT_CHARS)),
        }
        newest = await run_in_threadpool(self._last_id, learner_id)
        if form.get("reviewed") == "yes":
            values["reviewed_to"] = newest
        await run_in_threadpool(self._marks.change, learner_id, session.user.name, **values)
        await run_in_threadpool(self._audit.add, session.user.name, "marked", learner_id)
        following = text_of(form, "then", 64)
        target = following if LEARNER_ID.fullmatch(following) else learner_id
        return RedirectResponse(f"/conversations/{target}{self._filter_of(form).address}", status_code=303)

    async def _colleague(self, learner_id: str, name: str) -> str | None:
        """Return a name to hand to, if it has an open login or was there before."""
        if not name:
            return None
        names = {one for one, _, is_open in await run_in_threadpool(self._users.all) if is_open}
        marks = await run_in_threadpool(self._marks.find, learner_id)
        if name not in {*names, marks.get("handed_to")}:
            raise HTTPException(400, f"There is no open login {name!r} to hand this to.")
        return name

    def _last_id(self, learner_id: str) -> int:
        with reading(self._engine) as connection:
            found = last_id(connection, learner_id)
        if found is None:
            raise HTTPException(404)
        return found


def learner_of(request: Request) -> str:
    """Return whose conversation an address names.

    Raises:
        HTTPException: 404, it names nobody's.
    """
    learner_id: str = request.path_params["learner_id"]
    if not LEARNER_ID.fullmatch(learner_id):
        raise HTTPException(404)
    return learner_id
