"""The queue of conversations with the keyboard alone, from the login on; it is always seen where one is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from review.marks import Marks
from tests.browser.chat import WIDE
from tests.browser.desk_visit import NAME, PASSWORD
from tests.browser.filled_desk import LEARNERS, FilledDesk
from tests.browser.keyboard import Keyboard

OLDEST, MIDDLE, NEWEST = LEARNERS


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], filled_desk: FilledDesk) -> Page:
    """Give a window at the desk's login."""
    page = new_context(**WIDE).new_page()
    page.goto(f"{filled_desk.url}/login")
    return page


@pytest.fixture
def hands(page: Page) -> Keyboard:
    """Give somebody at its keyboard, who came in."""
    hands = Keyboard(page)
    hands.tab_to("Name")
    hands.type(NAME)
    hands.tab_to("Password")
    hands.type(PASSWORD)
    hands.go("Enter", "**/")
    return hands


def open_queue(hands: Keyboard) -> None:
    """Find what is to be read, and open the first conversation."""
    hands.tab_to("Conversations")
    hands.go("Enter", "**/conversations")
    hands.tab_to("Our work")
    hands.type("to read")
    hands.tab_to("Find")
    hands.go("Enter", "**state=open**")
    hands.tab_to("More to choose from")
    hands.tab_to("Without the filter")
    hands.press("Tab")
    hands.go("Enter", "**/conversations/*")


def test_queue_is_worked_through_by_keyboard(page: Page, hands: Keyboard, filled_desk: FilledDesk) -> None:
    """The first is looked at, the second tagged, noted and kept as read, the third marked as read by one key."""
    open_queue(hands)
    expect(page).to_have_url(f"{filled_desk.url}/conversations/{NEWEST}?state=open")
    hands.check_focus()

    hands.go("n", f"**/{MIDDLE}?state=open")
    hands.check_focus()
    hands.tab_to("Tags")
    hands.type("money")
    hands.tab_to("Note")
    hands.type("ask the council")
    hands.tab_to("Read to the end")
    hands.press("Space")
    hands.tab_to("Keep and go to the next")
    hands.go("Enter", f"**/{OLDEST}?state=open")
    hands.check_focus()
    hands.go("r", "**/conversations/*?state=open")
    hands.check_focus()
    hands.tab_to("Back to the list", "Shift+Tab")
    hands.go("Enter", "**/conversations?state=open")

    marks = Marks(filled_desk.engine)
    found = {name: marks.find(learner_id) for name, learner_id in zip(("third", "second"), LEARNERS, strict=False)}
    assert (found["second"]["tags"], found["second"]["note"]) == ("money", "ask the council")
    assert found["second"]["reviewed_to"] and found["third"]["reviewed_to"]
    assert not marks.find(NEWEST)
    links = page.locator("tbody a")
    expect(links.first).to_have_attribute("href", f"/conversations/{NEWEST}?state=open")
    assert not {f"/conversations/{one}?state=open" for one in (MIDDLE, OLDEST)} & set(
        links.evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    )


def test_keys_leave_alone_who_types(page: Page, hands: Keyboard, filled_desk: FilledDesk) -> None:
    """An n in a note is an n; f ticks and shows the box; and whose software sends letters can switch the keys off."""
    page.goto(f"{filled_desk.url}/conversations/{NEWEST}")
    here = page.url

    hands.tab_to("Note")
    hands.type("never")
    hands.tab_to("Flag it")
    hands.press("f")
    expect(page.get_by_label("Flag it")).to_be_checked()
    hands.check_focus()
    hands.tab_to("Use these keys", "Shift+Tab")
    hands.press("Enter")
    hands.press("f")

    expect(page.get_by_label("Flag it")).to_be_checked()
    expect(page.get_by_role("button", name="Use these keys")).to_have_attribute("aria-pressed", "false")
    assert page.get_by_label("Note").input_value() == "never"
    assert page.url == here


def test_end_of_queue_is_told(page: Page, hands: Keyboard, filled_desk: FilledDesk) -> None:
    """Behind the last conversation, n leads to the line that says so."""
    page.goto(f"{filled_desk.url}/conversations/{NEWEST}?words=xyzzy")

    hands.press("n")

    assert hands.focused == "This is the last one in your list."
    hands.check_focus()
