"""The course team's desk, as one ASGI app. Nobody sees a page without a login.

Started with ``uvicorn --factory review.desk:create_app``; listens on loopback.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from database import open_engine
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from review.audit import Audit
from review.conversation_pages import ConversationPages
from review.deciding import Deciding
from review.door import COOKIE, Doorkeeper, Way, read_form, text_of
from review.figure_pages import FigurePages
from review.headers import DeskHeaders
from review.marks import Marks
from review.pages import render
from review.people_pages import PeoplePages
from review.publishing import Publisher
from review.question_pages import QuestionPages
from review.sessions import Sessions
from review.trainings import Trainings
from review.users import NAME_LIMIT_CHARS, PASSWORD_LIMIT_CHARS, Users
from settings import Settings, load_settings

log = logging.getLogger(__name__)
STATIC = Path(__file__).resolve().parent / "static"


class NoDrafts:
    """Drafts that cannot be begun yet."""

    def start_entry(self, questions: object, by: str) -> str:
        """Say so."""
        raise HTTPException(501, "Drafts come soon.")


def create_app(
    settings: Settings | None = None,
    knowledge: Knowledge | None = None,
    *,
    publisher: Publisher | None = None,
    trainings: Trainings | None = None,
) -> Starlette:
    """Make the desk from the settings; without content, over the course's own."""
    settings = settings or load_settings()
    knowledge = knowledge or load_knowledge()
    engine = open_engine(settings.database_url)
    audit, sessions = Audit(engine), Sessions(engine)
    keeper, entry = Doorkeeper(sessions), Entry(Users(engine), sessions, audit)
    questions = QuestionPages(engine, knowledge, settings)
    deciding = Deciding(settings, engine, knowledge, audit, trainings)
    pages: list[Way] = [
        *FigurePages(engine, knowledge).ways(),
        *questions.ways(),
        *deciding.ways(questions, publisher or Publisher(engine), NoDrafts()),
        *ConversationPages(engine, knowledge, Marks(engine), audit).ways(),
        *PeoplePages(Users(engine), audit).ways(),
    ]

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(deciding.resume)
        yield
        engine.dispose()

    return Starlette(
        routes=[
            *entry.routes(),
            *(keeper.route(way) for way in pages),
            Route("/healthz", _health),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(DeskHeaders)],
        exception_handlers={HTTPException: _tell_error, Exception: _tell_fault},
        lifespan=lifespan,
    )


async def _health(request: Request) -> Response:
    return PlainTextResponse("ok\n")


def _tell_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = {404: "There is nothing at this address.", 405: "This address does not take that kind of request."}
    text = said.get(error.status_code, error.detail)
    return render("error.html", status=error.status_code, text=text)


def _tell_fault(request: Request, error: Exception) -> Response:
    """Answer a fault of ours; the log has it, without what people wrote."""
    log.error("fault at %s: %s", request.url.path, type(error).__name__)
    return render("error.html", status=500, text="Something went wrong on our side; the log on the machine says what.")


class Entry:
    """Coming in and going out."""

    def __init__(self, users: Users, sessions: Sessions, audit: Audit) -> None:
        self._users = users
        self._sessions = sessions
        self._audit = audit

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/login", self.ask),
            Route("/login", self.come_in, methods=["POST"]),
            Route("/logout", self.go_out, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        """Ask for name and password, or say how the first login is made."""
        has_users = bool(await run_in_threadpool(self._users.all))
        return render("login.html", is_refused=False, has_users=has_users)

    async def come_in(self, request: Request) -> Response:
        """Open a visit; a wrong name, a wrong password and too many tries are told alike."""
        form = await read_form(request)
        name, password = text_of(form, "name", NAME_LIMIT_CHARS), str(form.get("password", ""))
        address = request.client.host if request.client else ""
        if len(password) > PASSWORD_LIMIT_CHARS:
            password = ""
        user = await run_in_threadpool(self._users.check, name, password, address)
        if user is None:
            return render("login.html", status=403, is_refused=True, has_users=True)
        session = await run_in_threadpool(self._sessions.open, user)
        await run_in_threadpool(self._audit.add, user.name, "came in", "desk")
        response = RedirectResponse("/", status_code=303)
        is_https = request.url.scheme == "https"
        response.set_cookie(COOKIE, session.token, httponly=True, samesite="strict", secure=is_https, path="/")
        return response

    async def go_out(self, request: Request) -> Response:
        """Close the visit."""
        await read_form(request)
        if token := request.cookies.get(COOKIE):
            await run_in_threadpool(self._sessions.close, token)
        response = RedirectResponse("/login", status_code=303)
        response.delete_cookie(COOKIE, path="/")
        return response
