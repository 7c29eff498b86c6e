"""A paper is for its owner, once; looking at a link does not use it up; what does not work is told kindly."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from channels.fake_assistant import FakeAssistant
from channels.gateway import create_app
from channels.guessing import MISSES_ALLOWED
from channels.identity import COOKIE, Identities
from learning import tables as learning_tables
from learning.downloads import Downloads, address
from learning.plan_import import ImportedPlan, PlanImport
from learning.store import LearningStore
from settings import Settings
from tests.channels.visitor import visit
from tests.learning.papers.samples import the_course

PREVIEW = {"User-Agent": "TelegramBot (like TwitterBot)"}


@pytest.fixture
def owner(client: httpx.AsyncClient, engine: Engine) -> str:
    """Give the id of the learner behind the browser, who has a project."""
    learner_id = Identities(engine).learner(client.cookies[COOKIE])
    assert learner_id
    plan = ImportedPlan("Klub Żółw", {"roadmap.prepare.purpose": "x"})
    PlanImport(LearningStore(engine)).take(learner_id, "m0", plan)
    return learner_id


@pytest.fixture
async def elsewhere(settings: Settings, assistant: FakeAssistant) -> AsyncIterator[httpx.AsyncClient]:
    """Give a browser of somebody else, with a session of its own."""
    async with visit(create_app(settings, assistant, course=the_course)) as client:
        await client.post("/api/session")
        yield client


def make(engine: Engine, owner: str, channel: str = "web", format: str = "md") -> str:
    """Make a link to the plan, and return its address."""
    made = Downloads(engine).make(owner, "m1", kind="plan", subject="1", format=format, channel=channel)
    return address(made)


@pytest.mark.parametrize(("format", "begins"), [("md", b"<!--"), ("pdf", b"%PDF"), ("docx", b"PK")])
async def test_owner_gets_the_paper_at_once(
    client: httpx.AsyncClient, engine: Engine, owner: str, format: str, begins: bytes
) -> None:
    """In the browser that it was made in, a press on the link is enough; nothing of it is kept on the way."""
    answer = await client.get(make(engine, owner, format=format))

    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="Klub-') and quote("Klub-Żółw") in disposition


async def test_second_time_is_told_kindly(client: httpx.AsyncClient, engine: Engine, owner: str) -> None:
    """The page says that the link was used and how to get a new one."""
    link = make(engine, owner)
    await client.get(link)

    answer = await client.get(link)

    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (410, "text/html")
    assert "used already" in answer.text and "export my plan" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


async def test_link_of_the_page_is_for_its_own_browser(
    client: httpx.AsyncClient, elsewhere: httpx.AsyncClient, engine: Engine, owner: str
) -> None:
    """Another browser is told what an unknown link is told, and the owner's link still works."""
    link = make(engine, owner)

    refused = await elsewhere.get(link)
    pressed = await elsewhere.post(link)
    unknown = await elsewhere.get(address("x" * 32))

    assert {answer.status_code for answer in (refused, pressed, unknown)} == {404}
    assert refused.text == pressed.text == unknown.text
    assert (await client.get(link)).status_code == 200


async def test_link_of_another_door_needs_a_press(elsewhere: httpx.AsyncClient, engine: Engine, owner: str) -> None:
    """A preview, a look and a head leave it as it is; the button on the page gives the paper, without any cookie."""
    link = make(engine, owner, channel="telegram")
    looks = [
        await elsewhere.get(link, headers=PREVIEW),
        await elsewhere.head(link),
        await elsewhere.get(link),
    ]

    answer = await elsewhere.post(link)

    assert {look.status_code for look in looks} == {200}
    assert '<form method="post">' in looks[2].text and "Download" in looks[2].text
    assert answer.content.startswith(b"<!-- co-creation plan")
    assert (await elsewhere.post(link)).status_code == 410


@pytest.mark.parametrize(("method", "headers"), [("HEAD", {}), ("GET", {"Sec-Purpose": "prefetch;prerender"})])
async def test_look_of_the_owners_browser_uses_nothing_up(
    client: httpx.AsyncClient, engine: Engine, owner: str, method: str, headers: dict[str, str]
) -> None:
    """What a browser does by itself is not the person's press."""
    link = make(engine, owner)

    looked = await client.request(method, link, headers=headers)

    assert (looked.status_code, "Content-Disposition" in looked.headers) == (200, False)
    assert (await client.get(link)).status_code == 200


async def test_expired_link_is_told_like_an_unknown_one(client: httpx.AsyncClient, engine: Engine, owner: str) -> None:
    """Nobody learns whether there ever was such a link."""
    link = make(engine, owner)
    with engine.begin() as connection:
        past = sa.text("datetime('now', '-1 second')")
        connection.execute(learning_tables.download.update().values(expires_at=past))

    expired, unknown = await client.get(link), await client.get(address("y" * 32))

    assert expired.status_code == unknown.status_code == 404
    assert expired.text == unknown.text


async def test_guessing_is_slowed_down(client: httpx.AsyncClient, engine: Engine, owner: str) -> None:
    """After many misses from one place nothing is looked at for a while, not even what would work."""
    for number in range(MISSES_ALLOWED):
        await client.get(address(f"guess-{number}"))

    answer = await client.get(make(engine, owner))

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "wait" in answer.text.lower()


@pytest.mark.parametrize("token", ["", "..%2F..%2Fetc", "%00", "x" * 5_000, "a/b", "%F0%9F%9A%80"])
async def test_odd_address_is_not_there(client: httpx.AsyncClient, token: str) -> None:
    """Whatever is asked for, the answer is that there is nothing."""
    assert (await client.get(address(token))).status_code == 404


async def test_page_of_a_link_runs_nothing(elsewhere: httpx.AsyncClient, engine: Engine, owner: str) -> None:
    """It has the page's strict policy, no script, and a style of the same house that is there."""
    answer = await elsewhere.get(make(engine, owner, channel="telegram"))

    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "<script" not in answer.text and "style=" not in answer.text
    assert (await elsewhere.get("/paper.css")).status_code == 200
