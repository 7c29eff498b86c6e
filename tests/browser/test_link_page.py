"""The page on which a course goes on: without a script, for eyes, thumbs and screen readers, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from database import now_utc, open_engine
from learning import tables
from learning.link_codes import LinkCodes
from tests.browser.stage import Stage
from tests.browser.test_accessibility import ACCESSIBLE
from tests.channels.telegram.stand_in import TOKEN

SMALL = {"viewport": {"width": 320, "height": 568}}
NOWHERE = "http://127.0.0.1:9"  # the door in Telegram is open, and nobody is behind it


@pytest.fixture(scope="module")
def both_doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Give the page with a door in Telegram beside it."""
    telegram = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": NOWHERE, "TELEGRAM_BOT": "a_tutor_bot"}
    stage = Stage(tmp_path_factory.mktemp("doors"), **telegram)
    stage.start()
    yield stage
    stage.stop()


@pytest.fixture
def code(both_doors: Stage) -> Iterator[str]:
    """Give a code of somebody who goes on elsewhere."""
    engine = open_engine(both_doors.settings.database_url)
    yield LinkCodes(engine, both_doors.settings.secret).make("ann")
    engine.dispose()


def begin(stage: Stage) -> None:
    """Let everybody who has a session here have written a note, so that two histories meet."""
    engine = open_engine(stage.settings.database_url)
    with engine.begin() as connection:
        people = connection.exec_driver_sql("SELECT DISTINCT learner_id FROM web_session").scalars().all()
        for learner_id in people:
            row = {"lesson_id": "one", "keep_as": "own", "text": "A note.", "message_id": str(uuid4())}
            connection.execute(tables.note.insert().values(**row, learner_id=learner_id, written_at=now_utc()))
    engine.dispose()


def check(page: Page) -> None:
    """Hold a page against the rules of accessibility and the width of a small phone."""
    found = Axe().run(page, options=ACCESSIBLE)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_link_page_meets_accessibility_rules(
    new_context: Callable[..., BrowserContext], both_doors: Stage, code: str, scheme: str
) -> None:
    """The page behind the link, the question whether to join, and a code that does not work."""
    page = new_context(color_scheme=scheme, **SMALL).new_page()
    page.goto(both_doors.url)
    expect(page.locator("#log .turn.tutor")).to_be_visible()
    begin(both_doors)
    page.goto(f"{both_doors.url}/link/{code}")
    expect(page.get_by_role("link", name="Go on in Telegram instead")).to_have_attribute(
        "href", f"https://t.me/a_tutor_bot?start={code}"
    )
    check(page)
    page.get_by_role("button", name="Go on here").click()
    expect(page.get_by_role("button", name="Put both together")).to_be_visible()
    check(page)
    page.goto(f"{both_doors.url}/link/no-code")
    check(page)


def test_link_works_without_a_script(new_context: Callable[..., BrowserContext], both_doors: Stage, code: str) -> None:
    """One press on a phone that is new here, and the course is there."""
    page = new_context(java_script_enabled=False, **SMALL).new_page()
    page.goto(f"{both_doors.url}/link/{code}")

    page.get_by_role("button", name="Go on here").click()

    expect(page).to_have_url(f"{both_doors.url}/")
    assert len(page.context.cookies()) == 1
