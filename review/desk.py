"""The course team's desk, as one ASGI app. Nobody sees a page without a login.

Started with ``uvicorn --factory review.desk:create_app``; listens on loopback.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from threadpoolctl import threadpool_limits

from database import open_engine
from knowledge.live import Live
from knowledge.model import Knowledge
from review.audit import Audit
from review.case_pages import CasePages
from review.certificate_pages import CertificatePages
from review.content_pages import ContentPages
from review.conversation_pages import ConversationPages
from review.deciding import Deciding
from review.door import COOKIE, Doorkeeper, Way, read_form, text_of
from review.export_pages import ExportPages
from review.figure_pages import FigurePages
from review.forgotten_pages import ForgottenPages
from review.front import PagesFirst, settle
from review.headers import DeskHeaders
from review.history_pages import HistoryPages
from review.lesson_pages import LessonPages
from review.marks import Marks
from review.pages import render
from review.people_pages import PeoplePages
from review.publishing import Publisher
from review.question_pages import Meanings, QuestionPages
from review.said import SaidIndex
from review.sessions import Sessions
from review.taught import after_publishing
from review.topic_drafts import TopicDraftPages
from review.trainings import Trainings
from review.users import NAME_LIMIT_CHARS, PASSWORD_LIMIT_CHARS, Users
from settings import Settings, load_settings

log = logging.getLogger(__name__)
Pages = dict[tuple[str, str], Way]  # by path and method
TURN_SECONDS = 0.0005  # how long what goes on in the background may keep a page waiting, each time
STATIC = Path(__file__).resolve().parent / "static"


def create_app(
    settings: Settings | None = None, knowledge: Knowledge | None = None, trainings: Trainings | None = None
) -> Starlette:
    """Make the desk from the settings; without content, over the course's own, which it follows."""
    settings = settings or load_settings()
    engine = open_engine(settings.database_url)
    audit, sessions = Audit(engine), Sessions(engine)
    said, meanings = SaidIndex(engine), Meanings(settings)
    keeper, entry = Doorkeeper(sessions), Entry(Users(engine), sessions, audit)
    publisher = Publisher(engine, settings.content_dir)
    deciding = Deciding(settings, engine, publisher, audit, trainings)

    def make_pages(knowledge: Knowledge) -> Pages:
        questions = QuestionPages(engine, knowledge, meanings)
        follow = after_publishing(knowledge, publisher, deciding.trainings, live.look)
        pages: list[Way] = [
            *FigurePages(engine, knowledge).ways(),
            *LessonPages(engine, knowledge).ways(),
            *questions.ways(),
            *deciding.ways(knowledge, questions, follow),
            *ConversationPages(engine, knowledge, Marks(engine), audit, said).ways(),
            *CasePages(engine, knowledge, audit).ways(),
            *CertificatePages(engine, audit).ways(),
            *ExportPages(engine, knowledge, settings, audit, said).ways(),
            *TopicDraftPages(engine, publisher, knowledge, audit).ways(),
            *ForgottenPages(engine, audit).ways(),
            *PeoplePages(Users(engine), audit).ways(),
            *ContentPages(engine, publisher, audit, follow).ways(),
            *HistoryPages(publisher, audit, follow).ways(),
        ]
        return {(way.path, way.method): way for way in pages}

    live = Live(make_pages, settings.content_dir, kept=settings.kept_content)
    kept = make_pages(knowledge) if knowledge else None
    find: Callable[[], Pages] = (lambda: kept) if kept else live

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        sys.setswitchinterval(TURN_SECONDS)
        threadpool_limits(1, "blas")  # the products are small: more threads only wait for each other, busily
        threading.Thread(target=said.catch_up, name="search", daemon=True).start()
        readying = asyncio.create_task(run_in_threadpool(_get_ready, publisher, meanings, engine))
        await run_in_threadpool(deciding.resume)
        yield
        await asyncio.gather(readying, return_exceptions=True)
        engine.dispose()

    return Starlette(
        routes=[
            *entry.routes(),
            *(keeper.route(way, partial(_find_way, find, key)) for key, way in find().items()),
            Route("/healthz", _health),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(DeskHeaders), Middleware(PagesFirst, front=deciding.front)],
        exception_handlers={HTTPException: _tell_error, Exception: _tell_fault},
        lifespan=lifespan,
    )


def _find_way(find: Callable[[], Pages], key: tuple[str, str]) -> Way:
    return find()[key]


def _get_ready(publisher: Publisher, meanings: Meanings, engine: Engine) -> None:
    """Finish what a power cut left half published, and do once what would make somebody's first page slow."""
    publisher.finish_begun()
    publisher.check([])
    meanings.get_ready(engine)
    settle()


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
