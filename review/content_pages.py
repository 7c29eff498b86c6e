"""The pages on which the content is found, written, checked while it is written, and published."""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from knowledge.errors import ContentError, Problem
from review.audit import Audit
from review.content_list import list_files, title_of
from review.content_paths import PATH_LIMIT_CHARS
from review.door import Way, text_of
from review.drafts import Draft, Drafts
from review.errors import DraftChanged, PathRefused, PublishingError
from review.new_entry import QUESTION_LIMIT_CHARS, QUESTIONS_AT_MOST, TITLE_LIMIT_CHARS, homes_of
from review.pages import render
from review.preview import Piece, preview
from review.publishing import Change, Publisher, mark_of
from review.revisions import WHY_LIMIT_CHARS
from review.sessions import Session
from review.taught import TRAINING, AfterPublishing

NOT_YET = "It cannot be published yet; what to mend stands beside the text. It is kept as a draft."
EDIT_LIMIT_BYTES = 1_500_000  # the largest file, as forms write it


class ContentPages:
    """Lists the content's files, keeps drafts of them, and publishes.

    Args:
        on_published: Called after each publication, so that what runs here takes it up at once, and learns what is new.
    """

    def __init__(self, engine: Engine, publisher: Publisher, audit: Audit, on_published: AfterPublishing) -> None:
        self._publisher = publisher
        self._drafts = Drafts(engine, publisher)
        self._audit = audit
        self._on_published = on_published

    def ways(self) -> list[Way]:
        """Return the pages."""
        return [
            Way("/content", "reader", self.listed),
            Way("/content/new", "editor", self.ask_new),
            Way("/content/new", "editor", self.begin_new, "POST"),
            Way("/content/file/{path:path}", "reader", self.one),
            Way("/content/check/{path:path}", "editor", self.check, "POST", EDIT_LIMIT_BYTES),
            Way("/content/save/{path:path}", "editor", self.save, "POST", EDIT_LIMIT_BYTES),
            Way("/content/publish/{path:path}", "editor", self.publish, "POST", EDIT_LIMIT_BYTES),
            Way("/content/discard/{path:path}", "editor", self.discard, "POST"),
        ]

    async def listed(self, request: Request, session: Session, form: FormData) -> Response:
        """Show every file by what it is, with the drafts on top."""
        drafts = await run_in_threadpool(self._drafts.all)
        rooms = await run_in_threadpool(list_files, self._publisher, drafts)
        titles = {one.path: one.title for _, files in rooms for one in files}
        return render("content.html", session, rooms=rooms, drafts=drafts, titles=titles)

    async def ask_new(self, request: Request, session: Session, form: FormData) -> Response:
        """Ask what a new answer is to be about; ``question`` in the address, once or more, fills in what was asked."""
        asked = [one[:QUESTION_LIMIT_CHARS] for one in request.query_params.getlist("question")[:QUESTIONS_AT_MOST]]
        homes = homes_of(await run_in_threadpool(self._publisher.course))
        return render("content_new.html", session, homes=homes, asked=asked, told="", title="", home="")

    async def begin_new(self, request: Request, session: Session, form: FormData) -> Response:
        """Begin the draft of a new answer."""
        asked = text_of(form, "questions", QUESTIONS_AT_MOST * QUESTION_LIMIT_CHARS).splitlines()
        title, home = text_of(form, "title", TITLE_LIMIT_CHARS), text_of(form, "home", 80)
        name = session.user.name
        try:
            number = await run_in_threadpool(self._drafts.start_entry, asked, name, title=title, home=home)
        except PublishingError as error:
            homes = homes_of(await run_in_threadpool(self._publisher.course))
            values = {"homes": homes, "asked": asked, "told": str(error), "title": title, "home": home}
            return render("content_new.html", session, status=400, **values)
        draft = await run_in_threadpool(self._drafts.get, number)
        if draft is None:
            raise HTTPException(404)
        await run_in_threadpool(self._audit.add, name, "began", draft.path)
        return RedirectResponse(f"/content/file/{draft.path}", status_code=303)

    async def one(self, request: Request, session: Session, form: FormData) -> Response:
        """Show a file, or its draft, with its check and its preview; an editor can write in it."""
        path = _path(request)
        text, draft = await run_in_threadpool(self._text, path), await run_in_threadpool(self._drafts.find, path)
        if text is None and draft is None:
            raise HTTPException(404)
        shown = draft.text if draft else text or ""
        return await self._show(session, path, shown, draft.saves if draft else 0)

    def _text(self, path: str) -> str | None:
        try:
            return self._publisher.text(path)
        except PathRefused as error:
            raise HTTPException(404) from error

    async def _show(
        self, session: Session, path: str, text: str, seen: int, status: int = 200, told: str = "", **values: Any
    ) -> Response:
        """Show the page of a file with a text, whatever became of it: nobody's words are lost."""
        now = await run_in_threadpool(self._text, path)
        draft, drafts = await run_in_threadpool(self._drafts.find, path), await run_in_threadpool(self._drafts.all)
        others = [one for one in drafts if one.path != path]
        also = values.pop("also", list(draft.goes_with) if draft else [])
        checked = await run_in_threadpool(self._look, path, text, [one for one in others if one.path in also])
        is_overtaken = draft is not None and draft.base != mark_of(now)
        values = {"draft": draft, "others": others, "also": also, "theirs": "", "why": "", **values, **checked}
        values |= {"is_overtaken": is_overtaken, "now": now, "is_editor": session.user.may("editor")}
        values["notices"] = await run_in_threadpool(self._drafts.notices, path)
        values |= {"base": draft.base if draft else mark_of(now), "title": title_of(path, text)}
        return render("content_file.html", session, status=status, path=path, text=text, seen=seen, told=told, **values)

    async def check(self, request: Request, session: Session, form: FormData) -> Response:
        """Check a text as it is typed; answers with a piece of the page."""
        path, drafts = _path(request), await run_in_threadpool(self._drafts.all)
        also = [one for one in drafts if one.path != path and one.path in form.getlist("also")]
        checked = await run_in_threadpool(self._look, path, _text_in(form), also)
        return render("content_check.html", session, path=path, **checked)

    def _look(self, path: str, text: str, also: list[Draft]) -> dict[str, Any]:
        try:
            knowledge, problems = self._publisher.read([Change(path, text), *(draft.change for draft in also)])
            pieces: list[Piece] = preview(knowledge, path) if knowledge else []
        except PublishingError as error:
            problems, pieces = [Problem(path, 1, str(error))], []
        ours = [one for one in problems if one.file == path]
        return {"ours": ours, "elsewhere": [one for one in problems if one.file != path], "pieces": pieces}

    async def save(self, request: Request, session: Session, form: FormData) -> Response:
        """Keep a draft; who is second is told, and their text stays in front of them."""
        path, text = _path(request), _text_in(form)
        try:
            await run_in_threadpool(self._save, path, text, session, form)
        except PublishingError as error:
            return await self._tell(session, path, text, form, error)
        await run_in_threadpool(self._audit.add, session.user.name, "drafted", path)
        return RedirectResponse(f"/content/file/{path}", status_code=303)

    def _save(self, path: str, text: str, session: Session, form: FormData) -> Draft:
        return self._drafts.save(path, text, session.user.name, seen=_seen(form), base=text_of(form, "base", 16))

    async def _tell(
        self, session: Session, path: str, text: str, form: FormData, error: PublishingError | ContentError
    ) -> Response:
        """Say why nothing was changed, with the text as it was sent and the other's beside it."""
        draft = await run_in_threadpool(self._drafts.find, path)
        seen = draft.saves if draft else 0
        theirs = draft.text if isinstance(error, DraftChanged) and draft else ""
        told = NOT_YET if isinstance(error, ContentError) else str(error)
        values = {"also": form.getlist("also"), "why": text_of(form, "why", WHY_LIMIT_CHARS), "theirs": theirs}
        return await self._show(session, path, text, seen, 409, told, **values)

    async def publish(self, request: Request, session: Session, form: FormData) -> Response:
        """Publish the text, with the drafts that were ticked; all together or none."""
        path, text, name = _path(request), _text_in(form), session.user.name
        try:
            number = await run_in_threadpool(self._publish, path, text, session, form)
        except (PublishingError, ContentError) as error:
            return await self._tell(session, path, text, form, error)
        await run_in_threadpool(self._audit.add, name, "published", path, text_of(form, "why", WHY_LIMIT_CHARS))
        is_taught = await run_in_threadpool(self._on_published, number, name)
        return RedirectResponse(f"/content/history/{number}{TRAINING * is_taught}", status_code=303)

    def _publish(self, path: str, text: str, session: Session, form: FormData) -> int:
        ticked = form.getlist("also")
        draft = self._save(path, text, session, form)
        together = [draft, *(one for one in self._drafts.all() if one.path != path and one.path in ticked)]
        changes = [one.change for one in together]
        number = self._publisher.publish(changes, session.user.name, text_of(form, "why", WHY_LIMIT_CHARS))
        self._drafts.discard([one.path for one in together])
        return number

    async def discard(self, request: Request, session: Session, form: FormData) -> Response:
        """Throw a draft away; or keep it, and take the file as it is now for what it was begun from."""
        path, name = _path(request), session.user.name
        if text_of(form, "then", 10) == "keep":
            try:
                await run_in_threadpool(lambda: self._drafts.rebase(path, name, seen=_seen(form)))
            except PublishingError as error:
                raise HTTPException(409, str(error)) from error
            return RedirectResponse(f"/content/file/{path}", status_code=303)
        await run_in_threadpool(self._drafts.discard, [path])
        await run_in_threadpool(self._audit.add, name, "threw a draft away", path)
        return RedirectResponse("/content", status_code=303)


def _path(request: Request) -> str:
    path: str = request.path_params["path"]
    if len(path) > PATH_LIMIT_CHARS:
        raise HTTPException(404)
    return path


def _seen(form: FormData) -> int:
    """Return how often the draft had been saved when its page was loaded."""
    number = text_of(form, "seen", 9)
    return int(number) if number.isdecimal() and number.isascii() else 0


def _text_in(form: FormData) -> str:
    return str(form.get("text") or "")
