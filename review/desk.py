"""The course team's desk. Today: what is written and what is planned; reading conversations is coming.

Started with ``uvicorn --factory review.desk:create_app``; listens on loopback.
"""

from __future__ import annotations

from html import escape

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from knowledge.loader import load_knowledge
from knowledge.model import Knowledge

POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def create_app() -> Starlette:
    """Make the desk."""
    page = render(load_knowledge())

    async def index(request: Request) -> Response:
        return HTMLResponse(page, headers={"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"})

    async def health(request: Request) -> Response:
        return PlainTextResponse("ok\n")

    return Starlette(routes=[Route("/", index), Route("/healthz", health)])


def render(knowledge: Knowledge) -> str:
    """Render the state of the content."""
    course = knowledge.course
    rows = []
    for theme in course.themes:
        for plan in theme.lessons:
            topics = [topic for topic in course.topics.values() if topic.lesson == plan.id]
            written = sum(topic.id in knowledge.entries for topic in topics)
            state = "ready" if plan.id in knowledge.lessons else "planned"
            cells = (theme.title, plan.title, state, f"{written} of {len(topics)}")
            rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'><meta name='color-scheme' content='light dark'>"
        "<title>Desk: Co-creation in public services</title></head><body><main>"
        "<h1>The desk</h1><p>Reading conversations and unanswered questions here is coming. Until then, this page shows"
        " how far the content is.</p>"
        "<table><caption>Lessons and answers</caption><thead><tr><th scope='col'>Theme</th><th scope='col'>Lesson</th>"
        "<th scope='col'>State</th><th scope='col'>Answers written</th></tr></thead><tbody>"
        + "".join(rows)
        + "</tbody></table></main></body></html>"
    )
