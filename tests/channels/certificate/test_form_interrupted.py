"""The page where a name is typed, left, tapped twice, come back to, and a restart between looking and typing."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from channels.certificate.checking import Checking
from channels.certificate.giving import Giving
from channels.guessing import GuessLimit
from database import now_utc, open_engine
from learning import tables
from learning.certificate_key import CertificateKey
from learning.certificates_store import Certificates
from tests.channels.certificate.conftest import find_learner
from tests.channels.certificate.holder import NAME, Holder, words_of
from tests.channels.visitor import ADDRESS, visit
from tests.learning.certificates import a_course


async def test_form_left_writes_nothing_and_waits(holder: Holder, certificates: Certificates) -> None:
    """Looked at, looked at again, and left for a question in the chat: the link is as it was."""
    link = holder.link()

    pages = [await holder.browser.get(link) for _ in range(3)]

    assert {page.status_code for page in pages} == {200}
    assert certificates.list() == []
    assert await holder.make(link=link)


async def test_name_sent_twice_at_once_makes_one_certificate(holder: Holder, certificates: Certificates) -> None:
    """A double tap on the button comes as two posts at the same moment: both lead to the same paper."""
    link = holder.link()

    posts = [holder.browser.post(link, data={"name": NAME}) for _ in range(2)]
    answers = await asyncio.gather(*posts)
    papers = [await holder.browser.get(f"{answer.headers['Location']}/certificate.pdf") for answer in answers]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert [paper.status_code for paper in papers] == [200, 200]
    assert [one.state for one in certificates.list()] == ["valid"]


async def test_certificate_asked_for_twice_has_one_that_holds(holder: Holder, certificates: Certificates) -> None:
    """The wish in the chat came twice, so there are two links; whichever is used last holds, and only that."""
    links = [holder.link(), holder.link()]

    codes = [await holder.make(link=link) for link in links]

    assert len(set(codes)) == 2
    assert sorted(one.state for one in certificates.list()) == ["replaced", "valid"]
    assert (await holder.browser.get(holder.address(codes[1]))).status_code == 200


async def test_name_mended_after_going_back_replaces_the_first(holder: Holder, certificates: Certificates) -> None:
    """Back in the browser, and the name without its slip: one code never stands for two names."""
    link = holder.link()
    first = await holder.make("Lucja Zolc", link)
    earlier = holder.ready

    mended = await holder.make(NAME, link)

    assert first != mended
    assert (await holder.browser.get(holder.address(first, "Lucja Zolc"))).status_code == 410
    assert (await holder.browser.get(f"{earlier}/certificate.pdf")).status_code == 404
    assert (await holder.browser.get(holder.address(mended))).status_code == 200
    assert sorted(one.state for one in certificates.list()) == ["replaced", "valid"]


async def test_form_of_yesterday_says_what_to_do(holder: Holder, engine: Engine, certificates: Certificates) -> None:
    """An old link in the chat, looked at or posted from a page left open: nothing is made, and a way on is told."""
    link = holder.link()
    with engine.begin() as connection:
        connection.execute(tables.download.update().values(expires_at=now_utc() - timedelta(hours=1)))

    answers = [await holder.browser.get(link), await holder.browser.post(link, data={"name": NAME})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert all("Nothing is lost" in words_of(answer) and "my certificate" in words_of(answer) for answer in answers)
    assert certificates.list() == []


@pytest.mark.parametrize("moment", ["before the name", "after the name"])
async def test_restart_at_the_form_loses_nothing(
    holder: Holder, key: CertificateKey, database_url: str, certificates: Certificates, moment: str
) -> None:
    """Everything starts anew while the page is open: the name typed before or after still leads to its paper."""
    link = holder.link()
    assert (await holder.browser.get(link)).status_code == 200
    if moment == "after the name":
        await holder.make(link=link)
    engine = open_engine(database_url)
    limit = GuessLimit()
    giving = Giving(engine, key, ADDRESS, a_course, find_learner, limit)
    app = Starlette(routes=[*giving.routes(), *Checking(engine, key, ADDRESS, limit).routes()])

    async with visit(app) as browser:
        answer = await browser.post(link, data={"name": NAME})
        paper = await browser.get(f"{answer.headers['Location']}/certificate.pdf")

    engine.dispose()
    assert (answer.status_code, paper.status_code) == (303, 200)
    assert paper.content.startswith(b"%PDF")
    assert [one.state for one in certificates.list()] == ["valid"]


@pytest.mark.parametrize("typed", ["stop", "skip", "asdf qwertz", "?!...", "what is co-creation?"])
async def test_what_is_no_name_is_shown_before_it_counts_for_others(holder: Holder, typed: str) -> None:
    """The page cannot know names; what was typed is shown large, and another one replaces it."""
    link = holder.link()
    first = await holder.make(typed, link)

    page: httpx.Response = await holder.browser.get(holder.ready)
    await holder.make(NAME, link)

    assert typed in words_of(page)
    assert (await holder.browser.get(f"/verify/{first}")).status_code == 410
