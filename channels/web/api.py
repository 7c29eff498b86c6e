"""The web API, as ``openapi.yml`` beside this file describes it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.errors import BadMessage, DoorError, NoSession, StillWaiting
from channels.mailroom import Mailroom
from channels.pictures import to_web
from channels.porter import Porter
from channels.said import Said, read_said
from channels.turns import Turns
from channels.web.visitors import Visitors
from channels.words import say
from learning.local_time import is_zone
from telling.web import to_html, to_plain

CHANNEL = "web"
ZONE_LIMIT_CHARS = 64
MESSAGE_NUMBER = re.compile(r"[0-9]{1,15}")


class WebApi:
    """Routes of the API.

    Args:
        porter: Is told through which door a message came.
        note_zone: Keeps the time zone that a browser tells for a learner.
    """

    def __init__(
        self,
        visitors: Visitors,
        mailroom: Mailroom,
        turns: Turns,
        porter: Porter,
        note_zone: Callable[[str, str], None],
    ) -> None:
        self._visitors = visitors
        self._mailroom = mailroom
        self._turns = turns
        self._porter = porter
        self._note_zone = note_zone

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/api/session", self.open_session, methods=["POST"]),
            Route("/api/messages", self.post_message, methods=["POST"]),
            Route("/api/messages", self.get_messages, methods=["GET"]),
        ]

    async def open_session(self, request: Request) -> Response:
        """Greet a browser that is known, or give a new one its identity."""
        self._visitors.check_origin(request)
        zone = await _read_zone(request)
        known = await self._visitors.find(request)
        if known:
            await self._keep_zone(known, zone)
            return JSONResponse({"new": False})
        token = await self._visitors.give_token()
        await self._keep_zone(await self._visitors.learner_of(token), zone)
        response = JSONResponse({"new": True, "token": token})
        self._visitors.keep_token(response, token)
        return response

    async def post_message(self, request: Request) -> Response:
        """Take a turn."""
        self._visitors.check_origin(request)
        learner_id = await self._learner(request)
        said = read_said(await _read_json(request))
        self._porter.note_door(said.message_id, self._visitors.door_key(request))
        try:
            replies = await self._take(request, learner_id, said)
        except StillWaiting as waiting:
            return JSONResponse({"messages": [], "waiting": True, "note": waiting.message}, status_code=waiting.status)
        return JSONResponse({"messages": [show(reply) for reply in replies], "waiting": False})

    async def _take(self, request: Request, learner_id: str, said: Said) -> list[dict[str, Any]]:
        """Take a turn; after one that made the browser somebody else's, the replies are those to whose it is now."""
        try:
            return await self._turns.take(learner_id, said, CHANNEL)
        except StillWaiting:
            now = await self._visitors.find(request)
            replies = await run_in_threadpool(self._mailroom.replies, now, said.message_id) if now else []
            if not replies:
                raise
            return replies

    async def get_messages(self, request: Request) -> Response:
        """Return what was said, after a message if one is named."""
        learner_id = await self._learner(request)
        after = request.query_params.get("after", "0")
        if not MESSAGE_NUMBER.fullmatch(after):
            raise BadMessage("after must be the id of a message.")
        is_waiting = await run_in_threadpool(self._mailroom.is_waiting, learner_id)  # first: or a reply is missed
        messages = await run_in_threadpool(self._mailroom.history, learner_id, int(after))
        return JSONResponse({"messages": [show(message) for message in messages], "waiting": is_waiting})

    async def _keep_zone(self, learner_id: str | None, zone: str | None) -> None:
        if learner_id and zone:
            await run_in_threadpool(self._note_zone, learner_id, zone)

    async def _learner(self, request: Request) -> str:
        learner_id = await self._visitors.find(request)
        if learner_id is None:
            raise NoSession(say("no_session"))
        return learner_id


async def _read_json(request: Request) -> Any:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise BadMessage("Send JSON, with the content type application/json.")
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise BadMessage("That is not JSON.") from error


async def _read_zone(request: Request) -> str | None:
    """Read the time zone that a browser tells, if it tells one; browsers that hide theirs say UTC.

    Raises:
        BadMessage: There is a body, and it is no JSON object.
    """
    body = await request.body()
    if not body:
        return None
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadMessage("That is not JSON.") from error
    if not isinstance(told, dict):
        raise BadMessage("Send a JSON object, or nothing.")
    zone = told.get("time_zone")
    if not isinstance(zone, str) or "/" not in zone or len(zone) > ZONE_LIMIT_CHARS:
        return None
    return zone if is_zone(zone) else None


def show(message: dict[str, Any]) -> dict[str, Any]:
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
