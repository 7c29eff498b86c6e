"""The desk's pages in Jinja: everything that comes from people is escaped, and shown with personal data hidden."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.responses import HTMLResponse

from review.masking import mask
from review.sessions import Session
from review.small_groups import tell_fives
from telling.web import to_plain

HERE = Path(__file__).resolve().parent
NAVIGATION = (
    ("/", "Today", "reader"),
    ("/questions", "Questions", "reader"),
    ("/conversations", "Conversations", "reader"),
    ("/lessons", "Lessons", "reader"),
    ("/content", "Content", "reader"),
    ("/training", "Training", "reader"),
    ("/certificates", "Certificates", "reader"),
    ("/exports", "Exports", "editor"),
    ("/people", "People", "owner"),
)
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=select_autoescape(), undefined=StrictUndefined
)


_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True})


def _told(text: str) -> Markup:
    """Show what the tutor said as it looked; whatever is in it, only harmless marks are left."""
    tags = {"p", "em", "strong", "ul", "ol", "li", "br", "blockquote"}
    return Markup(nh3.clean(_MARKDOWN.render(text), tags=tags, attributes={}))  # noqa: S704 - just cleaned


def _when(moment: datetime) -> str:
    return f"{moment:%d %b %Y}".replace(" ", "\N{NO-BREAK SPACE}") + f", {moment:%H:%M}"


_ENVIRONMENT.filters |= {
    "mask": mask,
    "when": _when,
    "told": _told,
    "fives": tell_fives,
    "plain": lru_cache(maxsize=4_096)(to_plain),  # texts of the course, the same each time
    "percent": lambda share: f"{share:.0%}",
}


def render(name: str, session: Session | None = None, status: int = 200, **values: Any) -> HTMLResponse:
    """Make a page from its template."""
    ways = [(path, title) for path, title, role in NAVIGATION if session and session.user.may(role)]
    page = _ENVIRONMENT.get_template(name).render(session=session, ways=ways, **values)
    return HTMLResponse(page, status_code=status)
