"""The desk tells the course team how far the content is."""

from __future__ import annotations

import httpx
import pytest

from knowledge.loader import load_knowledge
from review.desk import content_state, create_app


@pytest.fixture
async def desk() -> httpx.AsyncClient:
    """A visitor of the desk."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=create_app()), base_url="http://desk")


async def test_desk_page_tells_every_lesson(desk: httpx.AsyncClient) -> None:
    """Each lesson of the course stands on the page, with its state."""
    response = await desk.get("/")

    assert response.status_code == 200
    for plan in load_knowledge().course.lessons:
        assert plan.title in response.text
    assert "script" not in response.headers["content-security-policy"]


async def test_desk_style_and_health_answer(desk: httpx.AsyncClient) -> None:
    """The style sheet that the page names is there, and so is the health address."""
    style, health = await desk.get("/static/desk.css"), await desk.get("/healthz")

    assert (style.status_code, health.status_code, health.text) == (200, 200, "ok\n")


def test_content_state_counts_written_answers() -> None:
    """The first lesson is ready with all its answers, and so is the last."""
    rows = {row["lesson"]: row for row in content_state(load_knowledge())}

    assert rows["What co-creation is"] == {
        "theme": "The System",
        "lesson": "What co-creation is",
        "state": "ready",
        "topics": 7,
        "written": 7,
    }
    assert rows["Rethinking risk"]["state"] == "ready"
