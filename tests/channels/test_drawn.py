"""Pictures of a person's own are seen in their own browser, and nowhere else."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy.engine import Engine

from channels.drawn import read_address
from channels.headers import PICTURE_POLICY
from channels.identity import COOKIE, Identities
from learning.plan_import import ImportedPlan, PlanImport
from learning.store import LearningStore
from tests.channels.visitor import error_of

PLAN = "/pictures/plan/1.svg"


@pytest.fixture
def project(client: httpx.AsyncClient, engine: Engine) -> int:
    """Give the learner behind the browser a project with two answers."""
    learner_id = Identities(engine).learner(client.cookies[COOKIE])
    assert learner_id
    answers = {"roadmap.prepare.purpose": "x", "roadmap.prepare.host": "y"}
    made = PlanImport(LearningStore(engine)).take(learner_id, "m0", ImportedPlan("<Club>", answers))
    return int(made["project_id"])


async def test_picture_of_a_plan_is_seen_by_its_owner(client: httpx.AsyncClient, project: int) -> None:
    """It shows what is answered, is kept nowhere on the way, and runs nothing."""
    answer = await client.get(PLAN)

    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, "image/svg+xml")
    assert answer.text.count('class="full"') == 2 and "&lt;Club&gt;" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Security-Policy"] == PICTURE_POLICY


async def test_picture_is_sent_as_png_too(client: httpx.AsyncClient, project: int) -> None:
    """The plan and the way through the course."""
    for path in ("/pictures/plan/1.png", "/pictures/course.png"):
        answer = await client.get(path)

        assert answer.headers["Content-Type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")


async def test_picture_as_of_an_answer_shows_it_so(client: httpx.AsyncClient, project: int) -> None:
    """What came later is not in it."""
    assert (await client.get(f"{PLAN}?at=1")).text.count('class="full"') == 1


async def test_picture_of_another_is_not_there(client: httpx.AsyncClient, project: int) -> None:
    """Without the owner's cookie there is nothing to see, and nothing to learn."""
    client.cookies.clear()
    without = await client.get(PLAN)
    await client.post("/api/session")

    other, missing = await client.get(PLAN), await client.get("/pictures/plan/99.svg")

    assert error_of(without) == error_of(other) == error_of(missing) == (404, "http_404")


@pytest.mark.parametrize("path", ["plan/1.gif", "plan/x.svg", "plan/.svg", "..%2Fcourse.svg", "notes.svg", "", "%00"])
async def test_other_address_is_not_there(client: httpx.AsyncClient, project: int, path: str) -> None:
    """Only the pictures that there are."""
    assert (await client.get(f"/pictures/{path}")).status_code == 404


@pytest.mark.parametrize("at", ["", "x", "-1", "9" * 30])
async def test_odd_moment_is_passed_over(client: httpx.AsyncClient, project: int, at: str) -> None:
    """A moment that cannot be read means now."""
    assert (await client.get(f"{PLAN}?at={at}")).text.count('class="full"') == 2


def test_address_is_read_for_other_doors() -> None:
    """A door that sends pictures as files reads what to draw from the address."""
    assert read_address("/pictures/course.svg") == {"kind": "course", "subject": "", "at": None}
    assert read_address("/images/ladder.svg") is None
