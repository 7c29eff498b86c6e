"""The gateway: the only public door, as one ASGI app.

Started with ``uvicorn --factory channels.gateway:create_app``.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

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
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.assistant import Assistant, RasaAssistant
from channels.bot_name import BotName
from channels.certificate.checking import Checking
from channels.certificate.giving import Giving
from channels.daily import Daily
from channels.downloads import DownloadDoor
from channels.drawn import DrawnPictures
from channels.errors import DoorError
from channels.fetching import Fetching
from channels.guessing import GuessLimit
from channels.headers import BodyLimit, SafeHeaders
from channels.identity import Identities
from channels.library import PaperDesk
from channels.line import Patience
from channels.link_page import LinkPage
from channels.mailroom import Mailroom
from channels.pictures import Pictures
from channels.porter import Porter
from channels.reminding import Reminding
from channels.telegram.door import TelegramDoor
from channels.turns import Turns
from channels.web.api import WebApi, tell_error
from channels.web.course import CourseProgress
from channels.web.site import make_site
from channels.web.visitors import Visitors
from database import open_engine, reading
from knowledge.live import live_knowledge
from knowledge.model import Knowledge
from learning.certificate_key import kept_key
from learning.link_codes import LinkCodes
from learning.tidying import tidy
from settings import LOOPBACK, Settings, load_settings

log = logging.getLogger(__name__)
FAULT = "Sorry, something went wrong on my side. Please try again in a moment; nothing is counted twice."
THREADS = 200  # each waits for the database: with few, a locked one would keep people waiting in turns of five seconds
SMALLEST_COMPRESSED_BYTES = 800
LARGEST_BYTES = 500_000_000  # rewriting SQLite's file takes less time then than writers wait
COUNTED_METHODS = ("GET", "HEAD", "POST")
COUNTED_PATHS = ("/", "/lite", "/api/session", "/api/messages", "/api/progress", "/healthz", "/readyz")


def create_app(
    settings: Settings | None = None,
    assistant: Assistant | None = None,
    patience: Patience | None = None,
    course: Callable[[], Knowledge] | None = None,
) -> Starlette:
    """Make the gateway from the settings.

    Another assistant than Rasa can stand behind it; ``course`` gives the content, else it is loaded when needed.
    """
    settings = settings or load_settings()
    engine = open_engine(settings.database_url)
    bot_name = BotName(settings.telegram_bot)
    assistant = assistant or RasaAssistant(settings.rasa_url, settings.secret, settings.actions_url, bot_name)
    mailroom = Mailroom(engine)
    codes = LinkCodes(engine, settings.secret)
    porter = Porter(engine, assistant, codes)
    turns = Turns(mailroom, porter, patience)
    course = course or live_knowledge(settings.content_dir, settings.kept_content)
    reminding = Reminding(engine, settings, find_knowledge=course)
    daily = Daily(lambda: tidy(engine, settings, LARGEST_BYTES))
    identities, desk = Identities(engine), PaperDesk(engine, settings.time_zone, course=course)
    visitors = Visitors(identities, settings.public_url, is_embedded=bool(settings.embed_origins))
    api = WebApi(visitors, mailroom, turns, porter, reminding.note_zone)
    telegram = _open_telegram(settings, engine, mailroom, turns, porter, desk, bot_name)
    key, limit = kept_key(settings.var), GuessLimit()
    chat_door = telegram.handing if telegram else None
    giving = Giving(engine, key, settings.public_url, course, visitors.find, limit, chat_door)
    checking = Checking(engine, key, settings.public_url, limit)
    watch = Watch(engine, assistant)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        turns.start()
        daily.start()
        reminders = asyncio.create_task(reminding.run())
        if telegram:
            telegram.start()
        yield
        reminders.cancel()
        await asyncio.gather(reminders, return_exceptions=True)
        await daily.close()
        if telegram:
            await telegram.close()
        await turns.close()
        await assistant.close()
        engine.dispose()

    app = Starlette(
        routes=[
            *api.routes(),
            *watch.routes(),
            *CourseProgress(visitors, engine, settings.content_dir).routes(),
            *LinkPage(visitors, codes, bot_name).routes(),
            *Pictures(settings.content_dir / "images").routes(),
            *(telegram.routes() if telegram else []),
            *DownloadDoor(desk, identities).routes(),
            *DrawnPictures(desk, identities).routes(),
            *giving.routes(),
            *checking.routes(),
            Mount("/", routes=make_site(settings, visitors, mailroom, turns, porter)),  # last: it takes what is left
        ],
        middleware=[
            Middleware(
                SafeHeaders,
                is_https=settings.public_url.startswith("https://"),
                embed_origins=settings.embed_origins,
            ),
            Middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED_BYTES, compresslevel=6),
            Middleware(Counting, watch=watch),
            Middleware(ExceptionMiddleware, handlers={Exception: _tell_fault}),  # Starlette's own stands outside of all
            Middleware(BodyLimit, larger=telegram.body_limits() if telegram else {}),
        ],
        exception_handlers={DoorError: tell_error, HTTPException: _tell_http_error},
        lifespan=lifespan,
    )
    app.state.turns = turns
    return app


def _open_telegram(
    settings: Settings,
    engine: Engine,
    mailroom: Mailroom,
    turns: Turns,
    porter: Porter,
    desk: PaperDesk,
    bot_name: BotName,
) -> TelegramDoor | None:
    """Make the door in Telegram if there is a token; what is wrong there keeps no other door shut."""
    if settings.telegram_trouble:
        log.error("Telegram is off: %s", settings.telegram_trouble)
    if not settings.telegram_token or settings.telegram_trouble:
        return None
    try:
        return TelegramDoor(settings, engine, mailroom, turns, porter, Fetching(desk), bot_name)
    except Exception as error:  # a setting that only the library finds wrong; its text may hold the token
        log.error("Telegram is off: its library does not take the settings (%s)", type(error).__name__)
        return None


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
