"""The page behind a link: looking uses nothing up, the button joins, and guessing is slowed down."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from channels.bot_name import BotName
from channels.fake_assistant import FakeAssistant
from channels.gateway import create_app
from channels.guessing import MISSES_ALLOWED
from channels.identity import Identities
from channels.link_page import LinkPage
from channels.web.visitors import Visitors
from learning.link_codes import LinkCodes
from settings import Settings
from tests.channels.visitor import ADDRESS, error_of, visit
from tests.learning.histories import NOON

WRONG = "BBBB-BBBB"


@pytest.fixture
def codes(engine: Engine, settings: Settings) -> LinkCodes:
    """Give the codes of the gateway."""
    return LinkCodes(engine, settings.secret)


async def press(client: httpx.AsyncClient, code: str, **fields: str) -> httpx.Response:
    """Press the button of the page."""
    return await client.post("/link", data={"code": code, **fields})


async def test_looking_at_a_link_uses_nothing_up(stranger: httpx.AsyncClient, codes: LinkCodes) -> None:
    """A preview that opens the page, even often, leaves the code as it was; the page is kept nowhere."""
    code = codes.make("ann")

    pages = [await stranger.get(f"/link/{code}") for _ in range(3)]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert code in pages[0].text
    assert pages[0].headers["cache-control"] == "no-store"
    assert codes.join(code, "bob").kind == "joined"


async def test_button_leads_a_new_browser_to_the_course(stranger: httpx.AsyncClient, codes: LinkCodes) -> None:
    """A browser without a session gets one that leads to the learner, and is shown the chat."""
    done = await press(stranger, codes.make("ann"))

    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert (await stranger.post("/api/session")).json() == {"new": False}


async def test_button_tapped_twice_leads_to_the_course(stranger: httpx.AsyncClient, codes: LinkCodes) -> None:
    """The second post leaves before the cookie of the first is there: it gets one, too, and no "was used"."""
    code = codes.make("ann")

    first = await press(stranger, code)
    stranger.cookies.clear()
    second = await press(stranger, code)
    known = await press(stranger, code)

    assert [done.status_code for done in (first, second, known)] == [303, 303, 303]
    assert (await stranger.post("/api/session")).json() == {"new": False}


async def test_page_left_open_over_a_restart_joins(
    stranger: httpx.AsyncClient, codes: LinkCodes, settings: Settings
) -> None:
    """Everything starts anew between the look at the page and the press: the code still works, once."""
    code = codes.make("ann")
    await stranger.get(f"/link/{code}")

    async with visit(create_app(settings, FakeAssistant())) as restarted:
        done = await press(restarted, code)

    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert codes.join(code, "bob").kind == "unknown"


async def test_button_asks_before_two_histories_are_joined(
    client: httpx.AsyncClient, codes: LinkCodes, engine: Engine
) -> None:
    """Who has begun in this browser, too, is asked on the page; a second press joins."""
    code = codes.make("ann")
    with engine.begin() as connection:
        learner_id = connection.exec_driver_sql("SELECT learner_id FROM web_session").scalar_one()
        row = ("one", "own", "A note.", "m1", str(NOON), learner_id)
        names = "lesson_id, keep_as, text, message_id, written_at, learner_id"
        connection.exec_driver_sql(f"INSERT INTO note ({names}) VALUES (?, ?, ?, ?, ?, ?)", row)

    asked = await press(client, code)
    joined = await press(client, code, confirmed="yes")

    assert asked.status_code == 200
    assert "put both together" in asked.text
    assert joined.status_code == 303
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT learner_id FROM note").scalar_one() == "ann"
        assert connection.exec_driver_sql("SELECT learner_id FROM web_session").scalar_one() == "ann"


@pytest.mark.parametrize("code", [WRONG, "", "x", "<script>"])
async def test_wrong_code_is_told_on_a_page(stranger: httpx.AsyncClient, code: str) -> None:
    """What does not work says so, gives no session, and repeats nothing of what was sent."""
    page = await press(stranger, code)

    assert page.status_code == 404
    assert "does not work" in page.text
    assert "set-cookie" not in page.headers
    assert "<script>" not in page.text


async def test_address_that_is_no_code_is_told_on_a_page(stranger: httpx.AsyncClient) -> None:
    """A link that lost a letter on the way leads to an explanation."""
    assert (await stranger.get("/link/BCDF-23")).status_code == 404


async def test_guessing_from_one_place_is_stopped(stranger: httpx.AsyncClient, codes: LinkCodes) -> None:
    """After some misses not even the right code is looked at."""
    code = codes.make("ann")
    for _ in range(MISSES_ALLOWED):
        await press(stranger, WRONG)

    assert (await press(stranger, code)).status_code == 429
    assert codes.join(code, "bob").kind == "joined"


async def test_button_of_another_site_is_refused(stranger: httpx.AsyncClient, codes: LinkCodes) -> None:
    """No other site's page joins a browser to somebody's course."""
    code = codes.make("ann")

    answer = await stranger.post("/link", data={"code": code}, headers={"Origin": "https://other.example"})
    own = await stranger.post("/link", data={"code": code}, headers={"Origin": ADDRESS})

    assert error_of(answer) == (403, "wrong_origin")
    assert own.status_code == 303


async def test_page_without_telegram_leads_to_no_chat(stranger: httpx.AsyncClient, codes: LinkCodes) -> None:
    """While the door in Telegram is shut, the page names no bot, even if the settings do."""
    page = await stranger.get(f"/link/{codes.make('ann')}")

    assert "t.me" not in page.text
    assert "Telegram" not in page.text


async def test_page_with_telegram_leads_there_too(engine: Engine, settings: Settings, codes: LinkCodes) -> None:
    """Whoever scanned the picture with the camera may rather go on in Telegram; the code goes along."""
    bot_name = BotName("a_tutor_bot")
    bot_name.open()
    visitors = Visitors(Identities(engine), settings.public_url)
    app = Starlette(routes=LinkPage(visitors, codes, bot_name).routes())
    code = codes.make("ann")

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ADDRESS) as client:
        page = await client.get(f"/link/{code}")

    assert f'href="https://t.me/a_tutor_bot?start={code}"' in page.text
