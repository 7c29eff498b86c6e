"""``/files/<token>``: a paper for its owner, once. Looking at a link does not use it up.

A browser that shows its owner's cookie gets the paper at once. A link that was sent through another door is open to
whoever has it, and chat apps fetch such links for a preview; so it leads to a page, and only the button on it counts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from channels.guessing import WINDOW_SECONDS, GuessLimit
from channels.identity import Identities, shown_token
from channels.library import PaperDesk
from channels.words import say
from learning.downloads import PATH, Link
from learning.papers.paper import Paper

TEMPLATES = Path(__file__).resolve().parent / "templates"
OWN_DOOR = "web"
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}
LOOKING = ("prefetch", "preview", "prerender")


class DownloadDoor:
    """Serves papers.

    Args:
        desk: Makes them.
        identities: Tells who a browser belongs to.
        limit: Slows down who tries addresses.
    """

    def __init__(self, desk: PaperDesk, identities: Identities, limit: GuessLimit | None = None) -> None:
        self._desk = desk
        self._identities = identities
        self._limit = limit or GuessLimit()
        pages = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape())
        self._page = pages.get_template("paper.html")

    def routes(self) -> list[Route]:
        """Return the route."""
        return [Route(PATH + "{token}", self.serve, methods=["GET", "POST"])]

    async def serve(self, request: Request) -> Response:
        """Send the paper, or a page that says why not and what to do."""
        if self._limit.is_over(request):
            return self._tell("slow", 429, **{"Retry-After": str(int(WINDOW_SECONDS))})
        token: str = request.path_params["token"]
        link = await self._desk.find(token)
        if link is None or not await self._is_for(link, request):
            self._limit.add_miss(request)
            return self._tell("unknown", 404)
        if link.used_at:
            return self._tell("used", 410)
        if not _is_asked_for(link, request):
            return self._tell("ready", 200, button=say("paper_button"))
        paper = await self._desk.take(token)
        return _send(paper) if paper else self._tell("used", 410)

    async def _is_for(self, link: Link, request: Request) -> bool:
        """Tell whether this browser may have it: a link of the page is for the browser that it was made in."""
        if link.channel != OWN_DOOR:
            return True
        learner_id = await run_in_threadpool(self._identities.learner, shown_token(request))
        return learner_id == link.learner_id

    def _tell(self, what: str, status: int, button: str = "", **headers: str) -> Response:
        said: dict[str, Any] = {"heading": say(f"paper_{what}_heading"), "text": say(f"paper_{what}")}
        html = self._page.render(**said, button=button, back=say("paper_back"))
        return HTMLResponse(html, status_code=status, headers={**HEADERS, **headers})


def _is_asked_for(link: Link, request: Request) -> bool:
    """Tell a person who wants the paper from a program that looks where a link leads."""
    if request.method == "POST":
        return True
    purpose = request.headers.get("sec-purpose", request.headers.get("purpose", "")).lower()
    return link.channel == OWN_DOOR and request.method == "GET" and not any(word in purpose for word in LOOKING)


def _send(paper: Paper) -> Response:
    plain = paper.name.encode("ascii", "ignore").decode().strip("-") or "paper"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(paper.name, safe='')}"
    return Response(paper.content, media_type=paper.media_type, headers={**HEADERS, "Content-Disposition": disposition})
