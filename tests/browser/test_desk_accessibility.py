"""Every page of the desk for keyboards, screen readers and eyes: light and dark, wide, on a tablet, on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chat import WIDE
from tests.browser.desk_visit import LIMIT_MS
from tests.browser.filled_desk import ADDRESSES, GROUP, FilledDesk, routes
from tests.browser.test_accessibility import ACCESSIBLE

COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # all that another scheme changes
SCHEMES: dict[Literal["light", "dark"], dict[str, list[str]]] = {"light": ACCESSIBLE, "dark": COLOURS}
TABLET, PHONE = {"width": 820, "height": 1180}, {"width": 390, "height": 844}


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], filled_desk: FilledDesk) -> Page:
    """Give a window at the desk, of an owner."""
    return filled_desk.open(new_context(**WIDE, color_scheme="light").new_page())


def open_whole(page: Page, url: str) -> None:
    """Open a page, with what its script puts there later and all that is folded up."""
    page.goto(url)
    assert page.url == url  # nobody was led elsewhere
    if GROUP in url:
        expect(page.locator("#effects section")).to_be_visible(timeout=LIMIT_MS)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def test_no_page_is_forgotten(filled_desk: FilledDesk) -> None:
    """Whatever the desk's own table of routes can open has addresses here."""
    assert set(ADDRESSES) | {GROUP} == routes(filled_desk.tutor.settings)


def test_pages_break_no_rule_in_light_and_dark(filled_desk: FilledDesk, page: Page) -> None:
    """Contrast, names, roles, order and sizes hold on every page."""
    broken: dict[str, str] = {}

    for address in filled_desk.addresses(page):
        open_whole(page, f"{filled_desk.url}{address}")
        for scheme, rules in SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options=rules)
            if found.violations_count:
                broken[f"{address}, {scheme}"] = found.generate_report()

    assert not broken, "\n".join(f"{where}\n{told}" for where, told in broken.items())


def test_pages_need_no_sideways_scrolling(filled_desk: FilledDesk, page: Page) -> None:
    """On a tablet and on a phone everything stands within the width, and nothing within a page is pushed out of it."""
    too_wide: list[str] = []

    for address in filled_desk.addresses(page):
        for size in (TABLET, PHONE):
            page.set_viewport_size(size)
            open_whole(page, f"{filled_desk.url}{address}")
            if page.evaluate(
                "['html', 'main'].some((name) => { const one = document.querySelector(name);"
                " return one.scrollWidth > one.clientWidth; })"
            ):
                too_wide.append(f"{address} at {size['width']}")

    assert not too_wide
