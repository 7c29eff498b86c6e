"""The tutor in a course site of somebody else: by one line or in a frame, where it is allowed, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from settings import LOOPBACK
from tests.browser.course_site import CourseSite
from tests.browser.stage import Stage

DESKTOP = {"viewport": {"width": 1200, "height": 800}, "has_touch": False, "is_mobile": False}


@pytest.fixture(scope="module")
def site() -> Iterator[CourseSite]:
    """Give the course site."""
    site = CourseSite()
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory, site: CourseSite) -> Iterator[Stage]:
    """Give a tutor that the course site may show, under one of its two names."""
    origins = f"http://{LOOPBACK}:{site.port}, http://localhost:{site.port}"
    stage = Stage(tmp_path_factory.mktemp("embedded"), EMBED_ORIGINS=origins)
    stage.start()
    site.tutor = stage.url
    yield stage
    stage.stop()


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext], site: CourseSite, embedded: Stage) -> Callable[..., Page]:
    """Give a maker of visits to a page of the course site; at ``localhost`` it is a site apart from the tutor's."""

    def go(path: str, host: str = LOOPBACK, **options: object) -> Page:
        page = new_context(**(DESKTOP | options)).new_page()
        page.goto(f"http://{host}:{site.port}{path}")
        return page

    return go


def say(frame: FrameLocator, text: str) -> None:
    """Write a message in the embedded chat."""
    frame.get_by_role("textbox", name="Your message").fill(text)
    frame.get_by_role("button", name="Send", exact=True).click()


def test_one_line_puts_button_and_panel(visit: Callable[..., Page]) -> None:
    """Nothing is loaded before the button is pressed; then the chat is there, and the site's styles do not reach it."""
    page = visit("/script")
    button = page.get_by_role("button", name="Ask the course tutor")
    expect(button).to_be_visible()
    assert [frame.url for frame in page.frames[1:]] in ([], ["about:blank"])

    button.click()

    frame = page.frame_locator("iframe")
    expect(frame.locator("#log .turn.tutor")).to_contain_text("Hello! I'm the tutor")
    say(frame, "from the course site")
    expect(frame.locator("#log .turn.tutor").last).to_contain_text("You said: from the course site")
    expect(page.get_by_role("button", name="Close the course tutor")).to_have_attribute("aria-expanded", "true")


def test_panel_closes_with_escape_and_keeps_conversation(visit: Callable[..., Page]) -> None:
    """Escape inside the chat closes the panel, the focus goes to the button, and nothing is lost."""
    page = visit("/script")
    page.get_by_role("button", name="Ask the course tutor").click()
    frame = page.frame_locator("iframe")
    expect(frame.locator("#log .turn.tutor")).to_be_visible()

    frame.get_by_role("textbox", name="Your message").press("Escape")

    button = page.get_by_role("button", name="Ask the course tutor")
    expect(button).to_be_focused()
    expect(page.locator("iframe")).to_be_hidden()
    button.click()
    expect(frame.locator("#log .turn.tutor")).to_be_visible()


def test_chat_works_where_browser_keeps_no_cookie(visit: Callable[..., Page]) -> None:
    """On another site over http no cookie is kept: the page goes on with the token that it was given, from memory."""
    page = visit("/frame", host="localhost")
    frame = page.frame_locator("iframe")
    expect(frame.locator("#log .turn.tutor")).to_contain_text("Hello! I'm the tutor")

    say(frame, "without a cookie")
    expect(frame.locator("#log .turn.tutor").last).to_contain_text("You said: without a cookie")

    assert page.context.cookies() == []


def test_site_that_is_not_listed_sees_nothing(
    new_context: Callable[..., BrowserContext], site: CourseSite, stage: Stage, embedded: Stage
) -> None:
    """A tutor whose settings do not name the site refuses to stand in it."""
    page = new_context(**DESKTOP).new_page()
    refusals: list[str] = []
    page.on("console", lambda message: refusals.append(message.text))
    page.goto(f"http://{LOOPBACK}:{site.port}/script")

    page.evaluate(
        "url => { const f = document.createElement('iframe'); f.src = url; document.body.append(f) }", stage.url
    )
    page.wait_for_timeout(500)

    assert any("frame-ancestors" in text for text in refusals)
    expect(page.frame_locator("iframe").locator("#log")).to_have_count(0)


def test_narrow_frame_does_not_move_sideways(visit: Callable[..., Page]) -> None:
    """In a sidebar of a course site the chat is as narrow as it is given."""
    page = visit("/frame")
    expect(page.frame_locator("iframe").locator("#log .turn.tutor")).to_be_visible()

    assert page.frames[1].evaluate("document.getElementById('page').scrollWidth <= innerWidth")


def test_panel_meets_accessibility_rules(visit: Callable[..., Page]) -> None:
    """The button and the panel, with the chat in it."""
    page = visit("/left")
    page.get_by_role("button", name="Ask the course tutor").click()
    expect(page.frame_locator("iframe").locator("#log .turn.tutor")).to_be_visible()

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
