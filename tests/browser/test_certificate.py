"""The pages about certificates in a browser: without a script, for thumbs, screen readers and eyes, light and dark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from database import open_engine
from knowledge.model import Lesson
from learning import tables, walk
from learning.downloads import Downloads
from learning.store import LearningStore, Payload, Records
from tests.browser.course import KNOWLEDGE
from tests.browser.test_accessibility import ACCESSIBLE
from tests.running import RunningTutor

NUMBERS = count()
NAME = "ليلى Żółć"


@pytest.fixture
def link(tutor: RunningTutor) -> Iterator[str]:
    """Give the link of somebody who has done the whole course, and asked for it in Telegram."""
    engine, learner_id = open_engine(tutor.settings.database_url), f"holder-{next(NUMBERS)}"
    LearningStore(engine).once(learner_id, "finish", lambda records: _finish(records, *KNOWLEDGE.lessons.values()))
    named = {"kind": "certificate", "format": "page", "channel": "telegram"}
    yield f"{tutor.url}/certificate/{Downloads(engine).make(learner_id, 'm', **named)}"
    engine.dispose()


def _finish(records: Records, *lessons: Lesson) -> Payload:
    for lesson in lessons:
        records.keep_place(replace(walk.start(lesson), number=len(lesson.steps), is_done=True))
        for item in lesson.items:
            told = {"lesson_id": lesson.id, "item_id": item.id, "version": "v", "chosen": "[]", "outcome": "right"}
            made = {"number": 1, "message_id": item.id, "answered_at": records.now, "learner_id": records.learner_id}
            records.connection.execute(tables.attempt.insert().values(**told, **made))
    return {"kind": "finished"}


def make(page: Page, link: str) -> str:
    """Type a name, and return what the QR code leads to."""
    page.goto(link)
    page.get_by_role("textbox", name="Your name").fill(NAME)
    page.get_by_role("button", name="Make my certificate").click()
    return str(page.get_by_role("link", name="the page about this certificate").get_attribute("href"))


def check(page: Page) -> None:
    """Hold a page against the rules of accessibility, the width of a phone, and the size of a thumb."""
    found = Axe().run(page, options=ACCESSIBLE)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    boxes = [one.bounding_box() for one in page.locator("button:visible, .button:visible, input:visible").all()]
    assert all(box and box["height"] >= 44 for box in boxes)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_certificate_pages_meet_accessibility_rules(
    new_context: Callable[..., BrowserContext], link: str, scheme: str
) -> None:
    """The form, the form with a mistake, what is ready, and every kind of verify page."""
    page = new_context(color_scheme=scheme).new_page()
    page.goto(link)
    check(page)
    page.get_by_role("textbox", name="Your name").fill("王芳")
    page.get_by_role("button", name="Make my certificate").click()
    expect(page.get_by_role("textbox", name="Your name")).to_be_focused()
    check(page)
    address = make(page, link)
    check(page)

    code_page = address.partition("?")[0]
    for url, title in (
        (address, "A valid certificate"),
        (code_page, "This code is known"),
        (f"{address}x", "The name cannot be confirmed"),
        (code_page[:-1], "That is no code"),
        (f"{code_page[:-4]}0000", "No such certificate"),
        (f"{link[:-4]}0000", "This link does not work any more"),
    ):
        page.goto(url)
        expect(page).to_have_title(re.compile(title))
        check(page)


def test_certificate_is_made_and_checked_without_script(new_context: Callable[..., BrowserContext], link: str) -> None:
    """With JavaScript switched off the PDF and the badge come down, and the name is checked from the paper."""
    page = new_context(java_script_enabled=False).new_page()
    address = make(page, link)
    letters = page.locator("dd.code").last.inner_text()
    names = []
    for button in ("Get the certificate (PDF)", "Get the digital badge"):
        with page.expect_download() as download:
            page.get_by_role("link", name=button).click()
        names.append(download.value.suggested_filename)

    page.goto(address.partition("?")[0])
    page.get_by_role("textbox", name="Name on the paper").fill(NAME)
    page.get_by_role("textbox", name="Check letters").fill(letters.lower())
    page.get_by_role("button", name="Check the name").click()

    assert names == ["certificate.pdf", "badge.jwt"]
    expect(page.get_by_role("heading", name="This certificate is valid")).to_be_visible()
    expect(page.get_by_text(NAME)).to_be_visible()
