"""Sheets and files: what an answer rests on, and what can be taken away, without ever losing the place."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from tests.browser.chat import WIDE, Chat
from tests.browser.conftest import OpenChat
from tests.browser.test_accessibility import ACCESSIBLE


def open_sheet(chat: Chat) -> tuple[Locator, Locator]:
    """Open the sources of the newest reply; return the sheet and its button."""
    chat.say("sources")
    button = chat.page.get_by_role("button", name="Sources (2)")
    button.click()
    return chat.page.get_by_role("dialog", name="Sources"), button


def swipe_down(chat: Chat, sheet: Locator, distance_px: int) -> None:
    """Drag the head of a sheet down with a finger."""
    box = sheet.bounding_box()
    assert box is not None
    session = chat.page.context.new_cdp_session(chat.page)
    x, y = box["x"] + 40, box["y"] + 30
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 5):
        point = {"x": x, "y": y + distance_px * step / 4}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_sources_rise_from_foot_of_phone(open_stage: OpenChat) -> None:
    """The sheet stands at the bottom, as wide as the phone, with titles, authors and years."""
    chat = open_stage(viewport={"width": 375, "height": 700})

    sheet, _ = open_sheet(chat)

    expect(sheet.get_by_role("listitem")).to_have_text(
        ["A paper on people (opens in a new tab) Somebody, 2020", "A page without address"]
    )
    box = sheet.bounding_box()
    assert box is not None
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 375, 700)


@pytest.mark.parametrize("way", ["Escape", "close", "beside"])
def test_sheet_closed_gives_focus_back(open_stage: OpenChat, way: str) -> None:
    """By keyboard, by its button or by a press beside it: the focus is where it was."""
    chat = open_stage(**WIDE)
    sheet, button = open_sheet(chat)
    expect(sheet.get_by_role("button", name="Close")).to_be_focused()

    if way == "Escape":
        chat.page.keyboard.press("Escape")
    elif way == "close":
        sheet.get_by_role("button", name="Close").click()
    else:
        chat.page.mouse.click(5, 5)

    expect(sheet).to_have_count(0)
    expect(button).to_be_focused()


@pytest.mark.parametrize(("distance_px", "is_closed"), [(200, True), (20, False)])
def test_sheet_is_swiped_away(open_stage: OpenChat, distance_px: int, is_closed: bool) -> None:
    """A long swipe down closes it, a short one does not."""
    chat = open_stage()
    sheet, _ = open_sheet(chat)

    swipe_down(chat, sheet, distance_px)

    expect(sheet).to_have_count(0 if is_closed else 1)


def test_focus_stays_in_open_sheet(open_stage: OpenChat) -> None:
    """Tab goes round in the sheet and the browser's own bars, never to the page behind it."""
    chat = open_stage(**WIDE)
    sheet, _ = open_sheet(chat)

    for _ in range(6):
        chat.page.keyboard.press("Tab")
        inside = sheet.evaluate(
            "one => one.contains(document.activeElement) || document.activeElement === document.body"
        )
        assert inside


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("line", ["sources", "lesson", "quiz", "plan", "picture", "rate", "menu"])
def test_every_kind_of_reply_meets_accessibility_rules(open_stage: OpenChat, scheme: str, line: str) -> None:
    """Greeting, lesson, quiz, plan, picture, ratings, the open sheet and the open menu, in light and dark."""
    chat = open_stage(color_scheme=scheme)
    chat.page.wait_for_timeout(300)  # the greeting has come to rest
    if line == "sources":
        open_sheet(chat)
    elif line == "menu":
        chat.page.get_by_role("button", name="Menu").click()
    else:
        chat.say(line)
    chat.page.wait_for_timeout(300)

    found = Axe().run(chat.page, options=ACCESSIBLE)

    assert found.violations_count == 0, found.generate_report()


def test_file_is_taken_by_a_button(open_stage: OpenChat) -> None:
    """The button takes the file under its name, and says that this works once."""
    chat = open_stage()
    answer = {"body": "a plan", "headers": {"Content-Disposition": "attachment; filename=plan.pdf"}}
    chat.page.context.route("**/files/once", lambda route: route.fulfill(**answer))
    chat.say("plan")

    with chat.page.expect_download() as taken:
        chat.page.get_by_role("group", name="Files to keep").get_by_role("link", name="Download: Plan as PDF").click()

    assert taken.value.suggested_filename == "plan.pdf"
    expect(chat.log.get_by_text("Plan as PDF: taken.")).to_be_visible()
    expect(chat.page.locator("#status")).to_be_empty()  # the log has told it already


def test_file_pressed_again_is_told_again(open_stage: OpenChat) -> None:
    """The note stands there once, and a screen reader hears of the second try, too."""
    chat = open_stage()
    answer = {"body": "a plan", "headers": {"Content-Disposition": "attachment; filename=plan.pdf"}}
    chat.page.context.route("**/files/once", lambda route: route.fulfill(**answer))
    chat.say("plan")

    for _ in range(2):
        with chat.page.expect_download():
            chat.page.get_by_role("link", name="Download: Plan as PDF").click()

    expect(chat.log.get_by_text("Plan as PDF: taken.")).to_have_count(1)
    expect(chat.page.locator("#status")).to_contain_text("It can be taken once")


@pytest.mark.parametrize("width", [320, 390])
def test_file_fits_into_its_bubble_with_the_largest_text(open_stage: OpenChat, width: int) -> None:
    """The button wraps its words, and does not run over the edge of the bubble or of the screen."""
    chat = open_stage(viewport={"width": width, "height": 568})
    chat.page.evaluate("document.documentElement.dataset.size = 'largest'")
    chat.say("plan")

    file, bubble = (chat.page.locator(one).last.bounding_box() for one in (".file", ".bubble:has(.file)"))

    assert file and bubble
    assert file["x"] + file["width"] <= bubble["x"] + bubble["width"] <= width


def test_wide_picture_never_moves_page_sideways(open_stage: OpenChat) -> None:
    """However wide a drawing is, the page is as wide as the phone; large, only its own frame moves."""
    chat = open_stage(viewport={"width": 320, "height": 568})
    chat.say("picture")

    small = chat.page.evaluate("[document.getElementById('page').scrollWidth, document.documentElement.scrollWidth]")
    chat.page.locator(".picture button").last.tap()
    larger = chat.page.get_by_role("button", name="Larger")
    for _ in range(3):
        larger.tap()
    sideways = chat.page.evaluate("document.querySelector('dialog[open]').scrollWidth")

    assert small == [320, 320]
    assert sideways <= 320
    expect(larger).to_be_focused()
    expect(larger).to_have_attribute("aria-disabled", "true")
    assert chat.page.locator("dialog .view").evaluate("one => one.scrollWidth") > 2000
