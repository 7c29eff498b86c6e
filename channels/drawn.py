"""``/pictures``: drawings of a person's own plan and way through the course, for the browser that is theirs."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from channels.identity import Identities, shown_token
from channels.library import PaperDesk
from learning.gallery import COURSE, PATH, PLAN

HEADERS = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}
_ADDRESS = re.compile(rf"{PATH}(?:{PLAN}/(?P<project>[0-9]{{1,12}})|{COURSE})\.(?:svg|png)")
_NUMBER = re.compile(r"[0-9]{1,12}")


class DrawnPictures:
    """Serves drawings of a person's own; nobody else learns whether there are any.

    Args:
        desk: Draws them.
        identities: Tells who a browser belongs to.
    """

    def __init__(self, desk: PaperDesk, identities: Identities) -> None:
        self._desk = desk
        self._identities = identities

    def routes(self) -> list[Route]:
        """Return the routes."""
        wanted = (f"{PLAN}/{{project}}", COURSE)
        return [Route(f"{PATH}{name}.{kind}", self.show) for name in wanted for kind in ("svg", "png")]

    async def show(self, request: Request) -> Response:
        """Send one drawing."""
        learner_id = await run_in_threadpool(self._identities.learner, shown_token(request))
        wanted = read_address(f"{request.url.path}?{request.url.query}")
        if learner_id is None or wanted is None:
            raise HTTPException(404)
        if request.url.path.endswith(".png"):
            png = await self._desk.draw_png(learner_id, **wanted)
            drawn: bytes | str | None = png
        else:
            drawn = await self._desk.draw(learner_id, **wanted)
        if drawn is None:
            raise HTTPException(404)
        media_type = "image/png" if isinstance(drawn, bytes) else "image/svg+xml"
        return Response(drawn, media_type=media_type, headers=HEADERS)


def read_address(url: str) -> dict[str, Any] | None:
    """Read what a picture's address asks for, as ``PaperDesk.draw`` takes it; None for another address.

    Example:
        >>> read_address("/pictures/plan/7.svg?at=12")
        {'kind': 'plan', 'subject': '7', 'at': 12}
    """
    parts = urlsplit(url)
    match = _ADDRESS.fullmatch(parts.path)
    if match is None:
        return None
    at = parse_qs(parts.query).get("at", [""])[0]
    project = match.group("project")
    named = {"kind": PLAN, "subject": project} if project else {"kind": COURSE, "subject": ""}
    return {**named, "at": int(at) if _NUMBER.fullmatch(at) else None}
