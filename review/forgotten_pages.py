"""The page of what is left to do after people were forgotten: drafts to look at again, test files to mend."""

from __future__ import annotations

from sqlalchemy.engine import Connection, Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from database import reading
from review.audit import Audit
from review.door import Way, text_of
from review.draft_sources import Notice, notices
from review.pages import render
from review.question_tables import desk_draft_notice, desk_taken
from review.sessions import Session
from review.taken import TakenFile, to_mend

NUMBER_LIMIT_CHARS = 9


class ForgottenPages:
    """Shows what is left to do, and notes that it was done."""

    def __init__(self, engine: Engine, audit: Audit) -> None:
        self._engine = engine
        self._audit = audit

    def ways(self) -> list[Way]:
        """Return the pages."""
        return [Way("/forgotten", "reader", self.all), Way("/forgotten/done", "editor", self.done, "POST")]

    async def all(self, request: Request, session: Session, form: FormData) -> Response:
        """Show drafts out of which something was taken, and test files that hold what is forgotten."""
        drafts, files = await run_in_threadpool(self._read)
        return render("forgotten.html", session, drafts=drafts, files=files)

    def _read(self) -> tuple[list[Notice], list[TakenFile]]:
        with reading(self._engine) as connection:
            return notices(connection), to_mend(connection)

    async def done(self, request: Request, session: Session, form: FormData) -> Response:
        """Note that somebody looked at a draft, or took the lines out of a file."""
        what, number = text_of(form, "what", 10), text_of(form, "number", NUMBER_LIMIT_CHARS)
        if what not in ("draft", "file") or not (number.isdecimal() and number.isascii()):
            raise HTTPException(400, "Please go back and choose what was done.")
        target = await run_in_threadpool(self._note_done, what, int(number))
        if target is None:
            raise HTTPException(404, "Somebody has done this already.")
        await run_in_threadpool(self._audit.add, session.user.name, "looked after an erasure", target)
        return RedirectResponse(f"/content/file/{target}" if what == "draft" else "/forgotten", status_code=303)

    def _note_done(self, what: str, number: int) -> str | None:
        """Return the draft or the file that it was about; None when there is nothing left to do about it."""
        with self._engine.begin() as connection:
            if what == "draft":
                draft = next((one.draft_path for one in notices(connection) if one.id == number), None)
                notice = desk_draft_notice
                connection.execute(notice.update().where(notice.c.id == number).values(is_seen=True))
                return draft
            return self._drop_file(connection, number)

    def _drop_file(self, connection: Connection, number: int) -> str | None:
        file = next((one.file for one in to_mend(connection) if one.id == number), None)
        if file:
            connection.execute(desk_taken.delete().where(desk_taken.c.id == number))
        return file
