"""The gateway: the only public door, as one ASGI app.

Started with ``uvicorn --factory channels.gateway:create_app``.
"""

from __future__ import annotations

import logging
import secrets
import time
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import anyio.to_thread
import sqlalchemy as sa
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.assistant import Assistant, RasaAssistant
from channels.daily import Daily
from channels.downloads import DownloadDoor
from channels.drawn import DrawnPictures
from channels.errors import DoorError
from channels.headers import BodyLimit, SafeHeaders
from channels.identity import Identities
from channels.library import PaperDesk
from channels.line import Patience
from channels.link_page import LinkPage
from channels.mailroom import Mailroom
from channels.pictures import Pictures
from channels.porter import Porter
from channels.turns import Turns
from channels.web.api import WebApi, tell_error
from channels.web.visitors import Visitors
from database import open_engine, reading
from knowledge.model import Knowledge
from learning.link_codes import LinkCodes
from learning.tidying import tidy
from settings import LOOPBACK, Settings, load_settings

log = logging.getLogger(__name__)
STATIC = Path(__file__).resolve().parent / "web" / "static"
FAULT = "Sorry, something went wrong on my side. Please try again in a moment; nothing is counted twice."
THREADS = 200  # each waits for the database: with few, a locked one would keep people waiting in turns of five seconds
COUNTED_METHODS = ("GET", "HEAD", "POST")
COUNTED_PATHS = ("/", "/api/session", "/api/messages", "/healthz", "/readyz")


def create_app(
    settings: Settings | None = None,
    assistant: Assistant | None = None,
    patience: Patience | None = None,
    course: Callable[[], Knowledge] | None = None,
) -> Starlette:
    """Make the gateway from the settings.

    Another assistant than Rasa can stand behind it; ``course`` gives the content of papers, else loaded when needed.
    """
    settings = settings or load_settings()
    engine = open_engine(settings.database_url)
    assistant = assistant or RasaAssistant(settings.rasa_url, settings.secret, settings.actions_url)
    mailroom = Mailroom(engine)
    codes = LinkCodes(engine, settings.secret)
    porter = Porter(engine, assistant, codes)
    turns = Turns(mailroom, porter, patience)
    identities, desk = Identities(engine), PaperDesk(engine, settings.time_zone, course)
    visitors = Visitors(identities, settings.public_url)
    api = WebApi(visitors, mailroom, turns, porter)
    watch = Watch(engine, assistant)
    daily = Daily(lambda: tidy(engine, settings))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        turns.start()
        daily.start()
        yield
        await daily.close()
        await turns.close()
        await assistant.close()
        engine.dispose()

    app = Starlette(
        routes=[
            *api.routes(),
            *watch.routes(),
            *LinkPage(visitors, codes).routes(),
            *Pictures().routes(),
            *DownloadDoor(desk, identities).routes(),
            *DrawnPictures(desk, identities).routes(),
            Mount("/", StaticFiles(directory=STATIC, html=True)),
        ],
        middleware=[
            Middleware(SafeHeaders, is_https=settings.public_url.startswith("https://")),
            Middleware(Counting, watch=watch),
            Middleware(ExceptionMiddleware, handlers={Exception: _tell_fault}),  # Starlette's own stands outside of all
            Middleware(BodyLimit),
        ],
        exception_handlers={DoorError: tell_error, HTTPException: _tell_http_error},
        lifespan=lifespan,
    )
    app.state.turns = turns
    return app


def _tell_http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = getattr(error, "headers", None)
    methods = _methods_of(request)
    if status in (404, 405) and methods and request.method not in methods:
        status, headers = 405, {"Allow": ", ".join(sorted(methods))}
    messages = {404: "There is nothing at this address.", 405: "This address does not take that kind of request."}
    text = messages.get(status, "That request could not be read.")
    return JSONResponse({"error": {"code": f"http_{status}", "message": text}}, status_code=status, headers=headers)


def _methods_of(request: Request) -> set[str]:
    """Return the methods that an address takes: the page's files lie behind all, and hide it from Starlette."""
    app = request.app
    routes = [route for route in app.routes if isinstance(route, Route) and route.path_regex.match(request.url.path)]
    return {name for route in routes for name in route.methods or ()} or {"GET", "HEAD"}


def _tell_fault(request: Request, error: Exception) -> Response:
    """Answer a fault of ours: told without details, and worth another try.

    The log has its id, kind and place, and of its text only what the database said: other texts may quote a person.
    """
    fault_id = secrets.token_hex(4)
    what = f"{type(error).__name__} {getattr(error, 'orig', '')}".strip()
    place = "".join(traceback.format_tb(error.__traceback__))
    log.error("fault %s at %s: %s\n%s", fault_id, request.url.path, what, place)
    content = {"error": {"code": "unavailable", "message": f"{FAULT} (fault {fault_id})"}}
    return JSONResponse(content, status_code=503, headers={"Retry-After": "2"})


class Watch:
    """Health, readiness and figures. The figures hold no text, token or name, and are for loopback only."""

    def __init__(self, engine: Engine, assistant: Assistant) -> None:
        self._engine = engine
        self._assistant = assistant
        self._registry = CollectorRegistry()
        labels = ["method", "path", "status"]
        self.requests = Counter("tutor_requests", "Requests to the gateway", labels, registry=self._registry)
        self.seconds = Histogram("tutor_turn_seconds", "Time of a posted message", registry=self._registry)

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/healthz", self.health), Route("/readyz", self.ready), Route("/metrics", self.metrics)]

    async def health(self, request: Request) -> Response:
        """Say that the gateway runs."""
        return PlainTextResponse("ok\n")

    async def ready(self, request: Request) -> Response:
        """Say whether a message would be answered now."""
        parts = {
            "database": await run_in_threadpool(self._reads_database),
            "assistant": await self._assistant.is_ready(),
        }
        return JSONResponse(parts, status_code=200 if all(parts.values()) else 503)

    def _reads_database(self) -> bool:
        try:
            with reading(self._engine) as connection:
                connection.execute(sa.text("SELECT 1 FROM outbox LIMIT 1"))
        except SQLAlchemyError:
            log.exception("the database cannot be read")
            return False
        return True

    async def metrics(self, request: Request) -> Response:
        """Return the figures, to this machine only."""
        is_forwarded = "x-forwarded-for" in request.headers
        if is_forwarded or request.client is None or request.client.host not in (LOOPBACK, "::1"):
            raise HTTPException(404)
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)


class Counting:
    """Counts requests by route and status, and times posted messages."""

    def __init__(self, app: ASGIApp, watch: Watch) -> None:
        self._app = app
        self._watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        method = scope["method"] if scope["method"] in COUNTED_METHODS else "other"
        path = scope["path"] if scope["path"] in COUNTED_PATHS else "other"

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._watch.requests.labels(method, path, str(message["status"])).inc()
                if path == "/api/messages" and method == "POST":
                    self._watch.seconds.observe(time.perf_counter() - begun)
            await send(message)

        await self._app(scope, receive, send_counted)
