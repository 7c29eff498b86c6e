"""A picture in the conversation: its room is kept, it speaks for itself, and opens large."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from tests.browser.chat import WIDE, Chat
from tests.browser.conftest import OpenChat
from tests.browser.course import KNOWLEDGE, find_picture, go_to
from tests.browser.test_accessibility import ACCESSIBLE

LESSON, CARD = find_picture()
PICTURE = KNOWLEDGE.pictures[CARD.body.image or ""]


def words(text: str) -> str:
    """Return a text with single blanks, as a browser tells it."""
    return " ".join(text.split())


def image_of(chat: Chat) -> Locator:
    """Find the picture of the newest reply."""
    return chat.replies.last.locator(".picture img")


def open_at_picture(open_chat: OpenChat, **options: object) -> Chat:
    """Give somebody at a card with a picture."""
    chat = open_chat(**options)
    go_to(chat, LESSON, CARD)
    return chat


def test_picture_is_shown_with_its_description(open_chat: OpenChat) -> None:
    """The drawing loads from here, as wide as the bubble lets it, and has its description."""
    chat = open_at_picture(open_chat)
    image = image_of(chat)

    expect(image).to_have_js_property("complete", True)
    assert image.get_attribute("src") == f"/images/{PICTURE.name}.svg"
    assert words(image.get_attribute("alt") or "") == words(PICTURE.alt)
    assert image.evaluate("one => one.naturalWidth") > 0
    assert image.evaluate("one => one.clientWidth / one.closest('.bubble').clientWidth") > 0.85
    assert chat.complaints == []


def test_picture_keeps_its_room_while_it_loads(open_chat: OpenChat) -> None:
    """Before the drawing is there its room is, so that nothing moves when it comes."""
    chat = open_chat()
    chat.page.route("**/images/*.svg", lambda route: None)
    go_to(chat, LESSON, CARD)
    image = image_of(chat)

    box = image.bounding_box()

    width, height = PICTURE.size
    assert not image.evaluate("one => one.complete")
    assert box is not None
    assert box["height"] == pytest.approx(box["width"] * height / width, abs=1.0)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_picture_opens_large_by_keyboard_and_closes(open_chat: OpenChat, key: str) -> None:
    """Enter opens it, Escape closes it, and the focus is where it was."""
    chat = open_at_picture(open_chat, **WIDE)
    button = chat.page.get_by_role("button", name=f"Show the picture large: {PICTURE.title}")
    dialog = chat.page.get_by_role("dialog", name=PICTURE.title)

    button.focus()
    chat.page.keyboard.press(key)
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text(re.compile(r"\s+".join(re.escape(word) for word in PICTURE.alt.split())))
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    chat.page.keyboard.press("Escape")

    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_picture_pressed_is_larger_than_before(open_chat: OpenChat) -> None:
    """On a phone a press makes it larger than the screen, to be moved; the close button puts it away."""
    chat = open_at_picture(open_chat)
    small = image_of(chat).bounding_box()

    chat.page.locator(".picture button").last.tap()
    large = chat.page.locator("dialog .view img").bounding_box()
    fits = chat.page.evaluate("document.querySelector('dialog[open]').scrollWidth <= innerWidth")
    chat.page.get_by_role("button", name="Close").tap()

    assert small and large and large["width"] > 2 * small["width"]
    assert fits
    expect(chat.page.locator("dialog[open]")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_large_picture_meets_accessibility_rules(open_chat: OpenChat, scheme: str) -> None:
    """Small in its bubble and large in its dialog, in light and dark."""
    chat = open_at_picture(open_chat, color_scheme=scheme)

    small = Axe().run(chat.page, options=ACCESSIBLE)
    chat.page.locator(".picture button").last.tap()
    large = Axe().run(chat.page, options=ACCESSIBLE)

    assert small.violations_count == 0, small.generate_report()
    assert large.violations_count == 0, large.generate_report()


def test_drawing_opened_alone_runs_nothing(open_chat: OpenChat) -> None:
    """At its own address the drawing has a policy that lets no script run."""
    chat = open_chat()

    answer = chat.page.goto(f"{chat.url}/images/{PICTURE.name}.svg")

    assert answer is not None and "sandbox" in (answer.headers["content-security-policy"])
    expect(chat.page.locator("svg").first).to_be_visible()
