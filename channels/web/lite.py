"""The plain version: the same conversation as HTML made here, for browsers without JavaScript and very slow lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from channels.errors import DoorError
from channels.mailroom import Mailroom
from channels.porter import Porter
from channels.said import TEXT_LIMIT_CHARS, read_said
from channels.turns import Turns
from channels.web.api import CHANNEL, show
from channels.web.page import make_environment
from channels.web.ticket import Tickets
from channels.web.visitors import Visitors
from channels.web.words import Words

PATH = "/lite"
NEWEST = f"{PATH}#newest"
SHOWN_AT_FIRST = 12
FIELDS_AT_MOST = 8
KEPT_STATUSES = (202, 503)  # of what a door says while the assistant is away


class Lite:
    """Serves the plain version.

    Args:
        porter: Is told through which door a message came.
        tickets: Names the messages that forms carry.
        words: What the page says.
        version: Of the style sheet.
    """

    def __init__(
        self,
        visitors: Visitors,
        mailroom: Mailroom,
        turns: Turns,
        porter: Porter,
        tickets: Tickets,
        words: Words,
        version: str,
    ) -> None:
        self._visitors = visitors
        self._mailroom = mailroom
        self._turns = turns
        self._porter = porter
        self._tickets = tickets
        self._fill: dict[str, Any] = {"words": words, "version": version, "limit": TEXT_LIMIT_CHARS}
        self._template = make_environment().get_template("lite.html")

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(PATH, self.show, methods=["GET"]),
            Route(f"{PATH}/start", self.start, methods=["POST"]),
            Route(f"{PATH}/messages", self.post, methods=["POST"]),
            Route(f"{PATH}/{{form:path}}", self.go_back, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show the conversation. Opening it gives no identity: who comes by another site's link would lose theirs."""
        learner_id = await self._visitors.find(request)
        return await self._render(learner_id, is_whole="all" in request.query_params)

    async def go_back(self, request: Request) -> Response:
        """Lead who opens the address of a form, as from a bookmark, to the conversation."""
        return RedirectResponse(PATH, status_code=303)

    async def start(self, request: Request) -> Response:
        """Give somebody new an identity and a greeting; who is known goes on."""
        self._visitors.check_origin(request)
        learner_id = await self._visitors.find(request)
        response = RedirectResponse(NEWEST, status_code=303)
        if learner_id is None:
            token = await self._visitors.give_token()
            self._visitors.keep_token(response, token)
            learner_id = await self._visitors.learner_of(token)
        if learner_id and not await run_in_threadpool(self._mailroom.history, learner_id):
            await self._say(learner_id, {"id": "lite-start", "button": "start"})
        return response

    async def post(self, request: Request) -> Response:
        """Take a turn; what was wrong is told on the page, with the text kept."""
        self._visitors.check_origin(request)
        learner_id = await self._visitors.find(request)
        words: Words = self._fill["words"]["plain"]
        if learner_id is None:
            return await self._render(None, trouble=words["session_lost"])
        form = _read_form(await request.body())
        text = form.get("text", "")
        message_id = self._tickets.message_id(learner_id, form.get("ticket", ""))
        if message_id is None:
            return await self._render(learner_id, trouble=words["again"], text=text, status=403)
        self._porter.note_door(message_id, self._visitors.door_key(request))
        said = {"button": form["button"]} if "button" in form else {"text": text}
        try:
            await self._say(learner_id, {"id": message_id, **said})
        except DoorError as error:
            return await self._render(learner_id, trouble=error.message, text=text, status=error.status)
        return RedirectResponse(NEWEST, status_code=303)

    async def _say(self, learner_id: str, body: dict[str, str]) -> None:
        """Take a turn. When the assistant is away, the message is kept: the page shows it, with a way to look again."""
        try:
            await self._turns.take(learner_id, read_said(body), CHANNEL)
        except DoorError as error:
            if error.status not in KEPT_STATUSES:
                raise

    async def _render(
        self, learner_id: str | None, *, is_whole: bool = False, trouble: str = "", text: str = "", status: int = 200
    ) -> Response:
        messages = await run_in_threadpool(self._mailroom.history, learner_id) if learner_id else []
        shown = messages if is_whole else messages[-SHOWN_AT_FIRST:]
        state = {
            "is_known": learner_id is not None,
            "messages": [{**show(one), "sent": _when(one)} for one in shown],
            "newest": _begin_of_newest(shown),
            "has_earlier": len(shown) < len(messages),
            "is_awaited": bool(learner_id) and (not messages or messages[-1]["from"] == "you"),
            "offered": _offered(messages),
            "ticket": self._tickets.make(learner_id) if learner_id else "",
            "trouble": trouble,
            "text": text,
        }
        return HTMLResponse(await run_in_threadpool(self._template.render, self._fill | state), status_code=status)


def _read_form(body: bytes) -> Mapping[str, str]:
    """Read a form; of a field that comes twice the first counts. One that is not ours has nothing in it."""
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS_AT_MOST)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


def _when(message: dict[str, Any]) -> str:
    return datetime.fromisoformat(message["sent_at"].rstrip("Z")).strftime("%Y-%m-%d %H:%M")


def _begin_of_newest(messages: list[dict[str, Any]]) -> int:
    """Return where the newest reply begins: its first bubble is read first; or the person's own, if none came yet.

    Example:
        >>> _begin_of_newest([{"from": one} for one in ("tutor", "you", "tutor", "tutor")])
        2
    """
    own = [number for number, one in enumerate(messages) if one["from"] == "you"]
    return min(own[-1] + 1, len(messages) - 1) if own else 0


def _offered(messages: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return what can be pressed: the buttons of all bubbles of the newest reply."""
    if not messages or messages[-1]["from"] == "you":
        return []
    newest = messages[-1]["client_id"]
    return [button for one in messages if one["client_id"] == newest for button in one["buttons"]]
