"""The history of the content: who published what and why, line by line, and taking it back."""

from __future__ import annotations

import difflib
from typing import Any, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from knowledge.errors import ContentError
from review.audit import Audit
from review.content_paths import PATH_LIMIT_CHARS
from review.door import Way, text_of
from review.errors import PublishingError
from review.pages import render
from review.publishing import Publisher
from review.revisions import Edited, Revision
from review.sessions import Session
from review.taught import TRAINING, AfterPublishing

CONTEXT_LINES = 2


class DiffLine(NamedTuple):
    """A line of a change: ``kind`` is added, removed, same or gap."""

    kind: str
    text: str


class HistoryPages:
    """Shows publications, and takes them back."""

    def __init__(self, publisher: Publisher, audit: Audit, on_published: AfterPublishing) -> None:
        self._publisher = publisher
        self._audit = audit
        self._on_published = on_published

    def ways(self) -> list[Way]:
        """Return the pages."""
        return [
            Way("/content/history", "reader", self.listed),
            Way("/content/history/{number:int}", "reader", self.one),
            Way("/content/history/{number:int}/undo", "editor", self.undo, "POST"),
        ]

    async def listed(self, request: Request, session: Session, form: FormData) -> Response:
        """Show the publications, the newest first; those of one file if one is named."""
        path = text_of(request.query_params, "path", PATH_LIMIT_CHARS)
        revisions = await run_in_threadpool(self._publisher.revisions.latest, path)
        return render("content_history.html", session, revisions=revisions, path=path)

    async def one(self, request: Request, session: Session, form: FormData) -> Response:
        """Show one publication, line by line."""
        is_taught = "training" in request.query_params
        return self._show(session, await self._find(request), is_taught=is_taught)

    async def _find(self, request: Request) -> Revision:
        number = request.path_params["number"]
        found = await run_in_threadpool(self._publisher.revisions.find, number) if number < 2**31 else None
        if found is None:
            raise HTTPException(404)
        return found

    def _show(self, session: Session, revision: Revision, status: int = 200, **values: Any) -> Response:
        files = [(one, diff(one)) for one in revision.files]
        is_editor = session.user.may("editor")
        shown = {"revision": revision, "files": files, "is_editor": is_editor, "told": "", "is_taught": False}
        return render("content_revision.html", session, status, **{**shown, **values})

    async def undo(self, request: Request, session: Session, form: FormData) -> Response:
        """Take a publication back, if nothing that it changed was changed since."""
        revision, name = await self._find(request), session.user.name
        try:
            number = await run_in_threadpool(self._publisher.undo, revision.id, name)
        except (PublishingError, ContentError) as error:
            return self._show(session, revision, 409, told=str(error))
        await run_in_threadpool(self._audit.add, name, "took back", f"revision {revision.id}")
        is_taught = await run_in_threadpool(self._on_published, number, name)
        return RedirectResponse(f"/content/history/{number}{TRAINING * is_taught}", status_code=303)


def diff(edited: Edited) -> list[DiffLine]:
    """Compare a file before and after, line by line, with a little around each change."""
    before, after = (edited.before or "").splitlines(), (edited.after or "").splitlines()
    marks = {"+": "added", "-": "removed", " ": "same", "@": "gap"}
    lines = list(difflib.unified_diff(before, after, lineterm="", n=CONTEXT_LINES))[2:]
    return [DiffLine(marks[line[0]], "" if line[0] == "@" else line[1:]) for line in lines]
