"""The course team's desk. Today: what is written and what is planned; reading conversations is coming.

Started with ``uvicorn --factory review.desk:create_app``; listens on loopback.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from knowledge.loader import load_knowledge
from knowledge.model import Knowledge

HERE = Path(__file__).resolve().parent
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def create_app(knowledge: Knowledge | None = None) -> Starlette:
    """Make the desk for some content; without any, for the course's own."""
    page = render(knowledge or load_knowledge())

    async def index(request: Request) -> Response:
        return HTMLResponse(page, headers=HEADERS)

    async def health(request: Request) -> Response:
        return PlainTextResponse("ok\n")

    static = Mount("/static", StaticFiles(directory=HERE / "static"))
    return Starlette(routes=[Route("/", index), Route("/healthz", health), static])


def render(knowledge: Knowledge) -> str:
    """Render the state of the content as a page."""
    rows = content_state(knowledge)
    pages = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=select_autoescape())
    return pages.get_template("desk.html").render(
        course=knowledge.course,
        rows=rows,
        lessons_ready=len(knowledge.lessons),
        answers_written=len(knowledge.entries),
        answers_all=len(knowledge.course.topics),
    )


def content_state(knowledge: Knowledge) -> list[dict[str, Any]]:
    """Say of each lesson whether it is ready, and how many answers to its topics are written."""
    rows = []
    for theme in knowledge.course.themes:
        for plan in theme.lessons:
            topics = [topic for topic in knowledge.course.topics.values() if topic.lesson == plan.id]
            rows.append(
                {
                    "theme": theme.title,
                    "lesson": plan.title,
                    "state": "ready" if plan.id in knowledge.lessons else "planned",
                    "topics": len(topics),
                    "written": sum(topic.id in knowledge.entries for topic in topics),
                }
            )
    return rows
