"""The way into each page of the desk: who is there, may they, did this form come from us; then the page."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from review.sessions import Session, Sessions

COOKIE = "desk"
FORM_LIMIT_BYTES = 64 * 1024  # of most forms
Page = Callable[[Request, Session, FormData], Awaitable[Response]]


@dataclass(frozen=True)
class Way:
    """One page: its address, who may see it, whether it changes something (then it is posted), and how long a form."""

    path: str
    role: str
    page: Page
    method: str = "GET"
    limit: int = FORM_LIMIT_BYTES


class Doorkeeper:
    """Lets people through to pages."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def route(self, way: Way, find: Callable[[], Way] | None = None) -> Route:
        """Make the route of a page; ``find`` gives the page as it is now, where that changes with the content."""

        async def enter(request: Request) -> Response:
            session = await run_in_threadpool(self._sessions.find, request.cookies.get(COOKIE))
            if session is None:
                return RedirectResponse("/login", status_code=303)
            if not session.user.may(way.role):
                raise HTTPException(403, f"This needs the role of {way.role}; yours is {session.user.role}.")
            page = find().page if find else way.page
            return await page(request, session, await self._form(request, session, way.limit))

        return Route(way.path, enter, methods=[way.method], name=f"{way.method} {way.path}")

    async def _form(self, request: Request, session: Session, limit: int) -> FormData:
        """Read what was posted; a form that is not from this visit is refused."""
        if request.method != "POST":
            return FormData()
        form = await read_form(request, limit)
        if not secrets.compare_digest(str(form.get("csrf", "")).encode(), session.csrf.encode()):
            raise HTTPException(403, "This form is out of date. Please go back, load the page again and repeat.")
        return form


async def read_form(request: Request, limit: int = FORM_LIMIT_BYTES) -> FormData:
    """Read a posted form of ours.

    Raises:
        HTTPException: 403 when another site's page sent it, 413 when it is too large, 400 when it cannot be read.
    """
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "That form belongs to another site.")
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise HTTPException(400, "That form cannot be read.")
    body = b""
    async for piece in request.stream():  # counted as it comes: what a form says of its own length may be untrue
        body += piece
        if len(body) > limit:
            raise HTTPException(413, "That is too much for one form.")
    fields: list[tuple[str, Any]] = [*parse_qsl(body.decode("latin-1"), keep_blank_values=True)]
    return FormData(fields)


def text_of(form: Any, name: str, limit: int) -> str:
    """Return a field of a form or of an address, without the characters that no text has."""
    value = str(form.get(name) or "")[:limit]
    return "".join(char for char in value if char.isprintable() or char in "\n\t").strip()
