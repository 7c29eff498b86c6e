"""How the page looks is the person's own choice, kept on the device; and it stands every size."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chat import WIDE, Chat
from tests.browser.conftest import OpenChat

LIGHT_GROUND, DARK_GROUND = "rgb(238, 243, 241)", "rgb(15, 22, 21)"
GROUND = "getComputedStyle(document.body).backgroundColor"


def choose(chat: Chat, *names: str) -> None:
    """Open the menu, choose, and close it."""
    chat.page.get_by_role("button", name="Menu").click()
    for name in names:
        chat.page.get_by_label(name, exact=True).check()
    chat.page.keyboard.press("Escape")


@pytest.mark.parametrize(("choice", "ground"), [("Light", LIGHT_GROUND), ("Dark", DARK_GROUND)])
def test_colours_chosen_win_over_device_and_are_kept(open_stage: OpenChat, choice: str, ground: str) -> None:
    """Light on a dark device and dark on a light one, at once and after a reload."""
    chat = open_stage(color_scheme="dark" if choice == "Light" else "light")

    choose(chat, choice)
    at_once = chat.page.evaluate(GROUND)
    chat.open()

    assert (at_once, chat.page.evaluate(GROUND)) == (ground, ground)


def test_text_grows_and_page_still_fits(open_stage: OpenChat) -> None:
    """With the largest text on the smallest phone nothing has to be scrolled sideways."""
    chat = open_stage(viewport={"width": 320, "height": 568})
    before = chat.page.locator("#log p").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")

    choose(chat, "Largest")
    for line in ("picture", "quiz", "plan", "sources"):
        chat.say(line)
    chat.open()

    after = chat.page.locator("#log p").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert after == pytest.approx(before * 1.625)
    assert chat.page.evaluate("document.getElementById('page').scrollWidth") == 320
    expect(chat.field).to_be_in_viewport()


def test_times_are_shown_on_demand(open_stage: OpenChat) -> None:
    """Each message has its time, unseen until it is asked for."""
    chat = open_stage()
    chat.say("hello")
    times = chat.log.locator("time")
    expect(times).to_have_count(3)
    expect(times.first).to_be_hidden()

    choose(chat, "Show when each message was sent")

    expect(times.first).to_be_visible()
    assert re.fullmatch(r"\d\d:\d\d [AP]M", times.first.inner_text().replace("\u202f", " "))


def test_menu_tells_how_far_course_is(open_stage: OpenChat) -> None:
    """Somebody new has every lesson before them."""
    chat = open_stage()

    chat.page.get_by_role("button", name="Menu").click()

    told = chat.page.locator("#course-text")
    expect(told).to_have_text(re.compile(r"^0 of \d+ lessons done$"))


def test_menu_closed_gives_focus_back(open_stage: OpenChat) -> None:
    """By keyboard in and out, and the focus is where it was."""
    chat = open_stage(**WIDE)
    button = chat.page.get_by_role("button", name="Menu")

    button.focus()
    chat.page.keyboard.press("Enter")
    expect(chat.page.get_by_role("dialog", name="Menu").get_by_role("button", name="Close")).to_be_focused()
    chat.page.keyboard.press("Escape")

    expect(button).to_be_focused()


def test_paper_shows_whole_conversation(open_stage: OpenChat) -> None:
    """Printed, the conversation is there from its start, without buttons, black on white also from a dark screen."""
    chat = open_stage(color_scheme="dark")
    for number in range(6):
        chat.say(f"message {number} " + "word " * 60)

    chat.page.emulate_media(media="print")

    expect(chat.page.locator("#dock")).to_be_hidden()
    expect(chat.suggestions.first).to_be_hidden()
    assert chat.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert chat.page.locator("#page").evaluate("one => one.clientHeight >= document.getElementById('log').scrollHeight")


def test_nothing_moves_for_who_wants_calm(open_stage: OpenChat) -> None:
    """With reduced motion no animation runs, in the log or in a sheet."""
    chat = open_stage()
    chat.say("sources")
    chat.page.get_by_role("button", name="Sources (2)").click()

    assert chat.page.evaluate("document.getAnimations().length") == 0


def test_nothing_shifts_while_page_loads(open_stage: OpenChat) -> None:
    """From the empty page to the greeting no element moves by itself."""
    chat = open_stage()
    chat.page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const one of list.getEntries())"
        " if (!one.hadRecentInput) window.shift += one.value }).observe({ type: 'layout-shift', buffered: true })"
    )
    chat.page.context.clear_cookies()

    chat.open()
    chat.await_reply()
    chat.page.wait_for_timeout(300)

    assert chat.page.evaluate("window.shift") == 0


def test_only_own_server_is_asked(open_stage: OpenChat) -> None:
    """No request goes anywhere else, with everything that a conversation can show."""
    chat = open_stage()
    asked: list[str] = []
    chat.page.context.on("request", lambda request: asked.append(request.url))

    chat.open()
    for line in ("picture", "quiz", "plan", "sources"):
        chat.say(line)

    assert len(asked) > 6
    assert [url for url in asked if not url.startswith(chat.url)] == []
