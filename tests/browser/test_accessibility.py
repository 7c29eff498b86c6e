"""The chat page for keyboards, screen readers, thumbs and eyes, on small and large screens, light and dark."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.chat import WIDE, Chat
from tests.browser.conftest import OpenChat

QUESTION = "Is a yearly survey co-creation?"
ACCESSIBLE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def focused(chat: Chat) -> str:
    """Return the name or the words of what has the focus; nothing for the page as a whole."""
    has_focus = chat.page.locator(":focus:not(body)")
    if not has_focus.count():
        return ""
    return has_focus.evaluate("one => one.ariaLabel || one.labels?.[0]?.textContent || one.textContent").strip()


def tab_to(chat: Chat, name: str, key: str = "Tab") -> None:
    """Press Tab, or Shift and Tab, until something with this name has the focus."""
    for _ in range(40):
        if focused(chat).startswith(name):
            return
        chat.page.keyboard.press(key)
    pytest.fail(f"Tab does not lead to {name}")


def test_page_has_roles_and_names(open_chat: OpenChat) -> None:
    """A screen reader finds the conversation, who speaks, the suggestions, and where to write."""
    chat = open_chat()

    expect(chat.page.locator("body")).to_match_aria_snapshot(
        """
        - link "Go to the message box"
        - banner:
          - heading "Co-creation in public services" [level=1]
          - button "Menu"
        - main:
          - log "Conversation":
            - heading "Tutor:" [level=2]
            - paragraph
            - group "Suggestions":
              - button "Take a lesson"
              - button "Ask a question"
              - button "Plan my own project"
        - region "Write to the tutor":
          - text: Your message
          - textbox "Your message"
          - button "Send"
          - status
        """
    )
    expect(chat.page).to_have_title("Co-creation in public services: course tutor")


def test_lesson_has_roles_and_names(open_chat: OpenChat) -> None:
    """In a quiz the options are a group of their own, and the bar has a name and a value."""
    chat = open_chat()

    chat.press("Take a lesson")
    chat.say("quiz me")

    expect(chat.page.get_by_role("progressbar", name=re.compile(r"step \d+ of \d+"))).to_be_visible()
    expect(chat.log.get_by_role("heading", name="You:")).to_have_count(2)
    expect(chat.suggestions).to_have_text(["Hint", "Skip"])
    expect(chat.options).not_to_have_count(0)
    letters = [title[:3] for title in chat.options.all_inner_texts()]
    assert letters == [f"{letter}. " for letter in "ABCDEF"[: len(letters)]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["phone", "wide"])
def test_page_meets_accessibility_rules(open_chat: OpenChat, scheme: str, width: str) -> None:
    """Contrast, names, roles and sizes hold in light and dark, with everything that a conversation can show."""
    chat = open_chat(color_scheme=scheme, **(WIDE if width == "wide" else {}))
    chat.say(QUESTION)
    chat.press("Start the lesson") if chat.button("Start the lesson").count() else chat.say("take a lesson")
    chat.say("quiz me")

    found = Axe().run(chat.page, options=ACCESSIBLE)

    assert found.violations_count == 0, found.generate_report()


def test_keyboard_alone_is_enough(open_chat: OpenChat) -> None:
    """With Tab and Enter one can skip to the field, write two lines, and choose a reply."""
    chat = open_chat(**WIDE)
    keyboard = chat.page.keyboard

    tab_to(chat, "Go to the message box")
    keyboard.press("Enter")
    expect(chat.field).to_be_focused()
    keyboard.type("Is a survey co-creation?")
    keyboard.press("Shift+Enter")
    keyboard.type("We do one each year.")
    keyboard.press("Enter")
    chat.await_reply()
    expect(chat.field).to_be_focused()
    tab_to(chat, "Tell me more", key="Shift+Tab")
    keyboard.press("Enter")

    expect(chat.replies).to_have_count(3)
    assert chat.own.all_inner_texts() == ["Is a survey co-creation?\nWe do one each year.", "Tell me more"]


def test_focus_follows_pressed_button_to_answer(open_chat: OpenChat) -> None:
    """Who presses a button by keyboard reads on at the answer, and is not thrown to the top of the page."""
    chat = open_chat(**WIDE)

    chat.button("Take a lesson").focus()
    chat.page.keyboard.press("Enter")
    chat.await_reply()

    expect(chat.replies.last.locator("h2")).to_be_focused()
    chat.page.keyboard.press("Tab")
    assert focused(chat).startswith("Sources")


def test_menu_closes_with_escape(open_chat: OpenChat) -> None:
    """What the tutor is can be read and left by keyboard, and the focus stays where it was."""
    chat = open_chat(**WIDE)
    panel = chat.page.get_by_text("The tutor is a computer program.")

    tab_to(chat, "Menu")
    chat.page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    chat.page.keyboard.press("Escape")

    expect(panel).to_be_hidden()
    assert focused(chat) == "Menu"


def test_page_fits_narrow_screen_with_long_word(open_chat: OpenChat) -> None:
    """At 320 pixels, as on a small phone or at 400 % zoom, nothing has to be scrolled sideways."""
    chat = open_chat(viewport={"width": 320, "height": 480})

    chat.say("x" * 300)
    chat.say("https://example.org/" + "y" * 300)

    assert chat.page.evaluate("document.getElementById('page').scrollWidth <= innerWidth")
    expect(chat.field).to_be_in_viewport()


def test_buttons_are_large_enough_for_thumbs(open_chat: OpenChat) -> None:
    """Everything that can be pressed on a phone is at least 44 pixels high."""
    chat = open_chat()
    chat.say(QUESTION)

    targets = chat.page.locator("button:visible, summary:visible").all()

    heights = {target.inner_text() or target.get_attribute("id"): target.bounding_box() for target in targets}
    assert {name: box["height"] for name, box in heights.items() if box and box["height"] < 44} == {}
