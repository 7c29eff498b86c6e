"""The page behind a link to go on with one's course on another device.

Looking at it uses nothing up, so a preview does no harm: only the button does. It works without JavaScript.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from channels.bot_name import BotName
from channels.guessing import GuessLimit
from channels.receipts import REFUSED
from channels.web.visitors import Visitors
from channels.words import say
from learning.link_codes import LIFE_MINUTES, LinkCodes, read_code

PATH = "/link"
PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).resolve().parent / "templates"), autoescape=select_autoescape()
)


class LinkPage:
    """Shows the page and joins.

    Args:
        visitors: Knows who is there.
        codes: Knows the codes.
        bot_name: Tells whether the code can be taken to Telegram instead.
    """

    def __init__(self, visitors: Visitors, codes: LinkCodes, bot_name: BotName) -> None:
        self._visitors = visitors
        self._codes = codes
        self._bot_name = bot_name
        self._limit = GuessLimit()

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(f"{PATH}/{{code}}", self.show, methods=["GET"]),
            Route(PATH, self.join, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Ask whether to go on here; the code is not looked at yet."""
        code = read_code(request.path_params["code"])
        if code is None:
            return _page("code_unknown", status=404)
        return _page("link_text", code, telegram=self._bot_name.link(code))

    async def join(self, request: Request) -> Response:
        """Join this browser, and lead to the chat."""
        self._visitors.check_origin(request)
        if self._limit.is_over(request):
            return _page("link_busy", status=429)
        fields = parse_qs((await request.body()).decode("utf-8", "replace"))
        code = read_code(fields.get("code", [""])[0]) or ""
        learner_id = await self._visitors.find(request) or ""
        is_confirmed = fields.get("confirmed") == ["yes"]
        joining = await run_in_threadpool(self._codes.join, code, learner_id, is_confirmed=is_confirmed)
        if joining.kind == "ask":
            return _page("join_ask", code, confirmed="yes")
        if joining.kind in ("unknown", "too_many"):
            self._limit.add_miss(request)
            return _page(REFUSED[joining.kind], status=404 if joining.kind == "unknown" else 429)
        response = RedirectResponse("/", status_code=303)
        if not learner_id:
            self._visitors.keep_token(response, await self._visitors.give_token(joining.learner_id))
        return response


def _page(
    name: str, code: str | None = None, *, status: int = 200, confirmed: str = "", telegram: str = ""
) -> Response:
    yes = "join_yes" if confirmed else "link_yes"
    html = PAGES.get_template("link.html").render(
        title=say("link_title"),
        paragraphs=say(name, minutes=LIFE_MINUTES).split("\n\n"),
        warning=say("link_warning") if code and not confirmed else "",
        code=code,
        code_line=say("link_code", code=code),
        confirmed=confirmed,
        yes=say(yes),
        no=say("link_no"),
        telegram=telegram,
        telegram_title=say("link_telegram"),
    )
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})
