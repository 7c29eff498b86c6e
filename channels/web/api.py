"""The web API, as ``openapi.yml`` beside this file describes it."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.errors import BadMessage, DoorError, NoSession, NotFromHere, StillWaiting
from channels.identity import Identities
from channels.mailroom import Mailroom
from channels.pictures import to_web
from channels.rendering import to_html, to_plain
from channels.said import read_said
from channels.turns import Turns

COOKIE = "tutor"
COOKIE_LIFE_SECONDS = 400 * 24 * 3600
CHANNEL = "web"
MESSAGE_NUMBER = re.compile(r"[0-9]{1,15}")


class WebApi:
    """Routes of the API.

    Args:
        public_url: Where people reach the page; its origin is the only one that may post.
    """

    def __init__(self, identities: Identities, mailroom: Mailroom, turns: Turns, public_url: str) -> None:
        self._identities = identities
        self._mailroom = mailroom
        self._turns = turns
        self._public_url = public_url

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/api/session", self.open_session, methods=["POST"]),
            Route("/api/messages", self.post_message, methods=["POST"]),
            Route("/api/messages", self.get_messages, methods=["GET"]),
        ]

    async def open_session(self, request: Request) -> Response:
        """Greet a browser that is known, or give a new one its identity."""
        self._check_origin(request)
        if await self._find_learner(request):
            return JSONResponse({"new": False})
        token = await run_in_threadpool(self._identities.give)
        response = JSONResponse({"new": True, "token": token})
        is_https = self._public_url.startswith("https://")
        response.set_cookie(
            COOKIE, token, max_age=COOKIE_LIFE_SECONDS, httponly=True, samesite="strict", secure=is_https, path="/"
        )
        return response

    async def post_message(self, request: Request) -> Response:
        """Take a turn."""
        self._check_origin(request)
        learner_id = await self._learner(request)
        said = read_said(await _read_json(request))
        try:
            replies = await self._turns.take(learner_id, said, CHANNEL)
        except StillWaiting as waiting:
            return JSONResponse({"messages": [], "waiting": True, "note": waiting.message}, status_code=waiting.status)
        return JSONResponse({"messages": [_show(reply) for reply in replies], "waiting": False})

    async def get_messages(self, request: Request) -> Response:
        """Return what was said, after a message if one is named."""
        learner_id = await self._learner(request)
        after = request.query_params.get("after", "0")
        if not MESSAGE_NUMBER.fullmatch(after):
            raise BadMessage("after must be the id of a message.")
        is_waiting = await run_in_threadpool(self._mailroom.is_waiting, learner_id)  # first: or a reply is missed
        messages = await run_in_threadpool(self._mailroom.history, learner_id, int(after))
        return JSONResponse({"messages": [_show(message) for message in messages], "waiting": is_waiting})

    def _check_origin(self, request: Request) -> None:
        origin = request.headers.get("origin")
        if origin is None:
            return
        hosts = {urlsplit(self._public_url).netloc, request.headers.get("host")}
        if origin.partition("://")[2] not in hosts - {""}:
            raise NotFromHere("This page belongs to another site.")

    async def _learner(self, request: Request) -> str:
        learner_id = await self._find_learner(request)
        if learner_id is None:
            raise NoSession("I do not know this browser yet, or its cookie was cleared.")
        return learner_id

    async def _find_learner(self, request: Request) -> str | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        shown = token if scheme.lower() == "bearer" else request.cookies.get(COOKIE)
        return await run_in_threadpool(self._identities.learner, shown)


async def _read_json(request: Request) -> Any:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise BadMessage("Send JSON, with the content type application/json.")
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise BadMessage("That is not JSON.") from error


def _show(message: dict[str, Any]) -> dict[str, Any]:
    """Add to a message of the tutor its HTML, and take the marks out of its plain text; its picture gets an address."""
    if message["from"] == "you":
        return message
    text = message["text"]
    return {**message, "text": to_plain(text), "html": to_html(text), "image": to_web(message["image"])}


def tell_error(request: Request, error: Exception) -> Response:
    """Turn an error of the door into a kind answer."""
    assert isinstance(error, DoorError)
    headers = {"Retry-After": "2"} if error.status in (429, 503) else None
    return JSONResponse(
        {"error": {"code": error.code, "message": error.message}}, status_code=error.status, headers=headers
    )
