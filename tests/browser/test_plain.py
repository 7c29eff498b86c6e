"""The plain version: the whole tutor without a line of JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import OpenChat
from tests.browser.stage import Stage
from tests.browser.test_accessibility import ACCESSIBLE

OpenPlain = Callable[..., Page]


@pytest.fixture
def open_plain(new_context: Callable[..., BrowserContext], stage: Stage) -> OpenPlain:
    """Give a maker of plain pages, each of somebody new who was greeted."""

    def open_it(**options: object) -> Page:
        page = new_context(**({"java_script_enabled": False} | options)).new_page()
        page.goto(f"{stage.url}/lite")
        page.get_by_role("button", name="Start, or go on where I was").click()
        return page

    return open_it


def say(page: Page, text: str) -> None:
    """Write a message and send it."""
    page.get_by_role("textbox", name="Your message").fill(text)
    page.get_by_role("button", name="Send").click()


def test_page_without_scripts_leads_to_plain_version(new_context: Callable[..., BrowserContext], stage: Stage) -> None:
    """Who has switched JavaScript off is told, and led on."""
    page = new_context(java_script_enabled=False).new_page()
    page.goto(stage.url)

    page.get_by_role("link", name="Use the plain version").click()

    expect(page.get_by_role("heading", name="What it is")).to_be_visible()
    expect(page.get_by_text("Please do not write names of clients here")).to_be_visible()


def test_conversation_works_without_scripts(open_plain: OpenPlain) -> None:
    """Type, press an option, see what came: the newest is where the page opens."""
    page = open_plain()
    expect(page.get_by_role("article").last).to_contain_text("Hello! I'm the tutor")

    say(page, "quiz")
    expect(page.get_by_role("progressbar", name="What co-creation is: step 3 of 9")).to_be_visible()
    page.get_by_role("button", name="B. Deciding together").click()

    expect(page.get_by_role("article").nth(-2)).to_contain_text("B. Deciding together")
    expect(page.get_by_role("article").last).to_contain_text("You said: /b")
    assert page.url.endswith("/lite#newest")


def test_sources_pictures_and_files_are_there(open_plain: OpenPlain) -> None:
    """What an answer rests on opens under it; a picture has its words; a file is a link."""
    page = open_plain()

    say(page, "sources")
    page.get_by_text("Sources (2)").click()
    expect(page.get_by_role("link", name="A paper on people")).to_be_visible()
    say(page, "picture")
    expect(page.get_by_role("img", name="Steps.")).to_be_visible()
    say(page, "plan")

    expect(page.get_by_role("link", name="Download: Plan as PDF")).to_have_attribute("download", "plan.pdf")


def test_form_sent_twice_counts_once(open_plain: OpenPlain, stage: Stage) -> None:
    """Two presses on Send, or a reload that repeats the form, are one message."""
    page = open_plain()
    ticket = page.locator("input[name=ticket]").last.get_attribute("value") or ""
    form = {"ticket": ticket, "text": "only once"}

    for _ in range(2):
        page.request.post(f"{stage.url}/lite/messages", form=form, headers={"Origin": stage.url})
    page.goto(f"{stage.url}/lite")

    expect(page.get_by_role("article").filter(has_text="only once")).to_have_count(2)  # said, and answered


def test_person_is_same_on_both_pages(open_plain: OpenPlain, stage: Stage) -> None:
    """The plain version and the chat are one conversation."""
    page = open_plain(java_script_enabled=True)
    say(page, "said on the plain page")

    page.goto(stage.url)

    expect(page.locator("#log .turn.you")).to_contain_text("said on the plain page")


def test_plain_page_does_not_move_sideways(open_plain: OpenPlain) -> None:
    """At 320 pixels, with a long word and a wide picture, all can be read by scrolling down alone."""
    page = open_plain(viewport={"width": 320, "height": 568}, java_script_enabled=True)
    say(page, "x" * 300)
    say(page, "picture")
    expect(page.get_by_role("img", name="Steps.")).to_be_visible()
    page.wait_for_load_state()  # with its style sheet

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_plain_page_meets_accessibility_rules(open_plain: OpenPlain, stage: Stage, scheme: str) -> None:
    """Its first page, and a conversation with everything in it."""
    page = open_plain(color_scheme=scheme, java_script_enabled=True)
    for text in ("picture", "plan", "sources", "quiz"):
        say(page, text)
    whole = Axe().run(page, options=ACCESSIBLE)
    page.context.clear_cookies()
    page.goto(f"{stage.url}/lite")
    first = Axe().run(page, options=ACCESSIBLE)

    assert whole.violations_count == 0, whole.generate_report()
    assert first.violations_count == 0, first.generate_report()


def test_buttons_of_plain_page_are_large_enough(open_plain: OpenPlain) -> None:
    """Everything that can be pressed is at least 24 pixels high."""
    page = open_plain(java_script_enabled=True)
    for text in ("sources", "plan", "quiz"):
        say(page, text)

    heights = {one.inner_text(): one.bounding_box() for one in page.locator("button, summary, a:visible").all()}

    assert {name: box["height"] for name, box in heights.items() if box and box["height"] < 24} == {}


def test_menu_leads_to_plain_version(open_stage: OpenChat) -> None:
    """Who has JavaScript and wants little of it finds the way, too."""
    chat = open_stage()

    chat.page.get_by_role("button", name="Menu").click()
    chat.page.get_by_role("link", name="Plain version").click()

    expect(chat.page.get_by_role("article").last).to_contain_text("Hello! I'm the tutor")
