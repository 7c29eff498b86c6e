"""An editor changes an answer at the desk, and people hear it in the chat without a restart; she takes it back."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from database import open_engine
from knowledge.loader import CONTENT
from review.users import Users
from settings import LOOPBACK
from tests.browser.chat import WIDE, Chat
from tests.running import RunningTutor

QUESTION, ENTRY = "what does value mean here", "answers/system/value.md"
OLD, NEW = "You cannot deliver value like a parcel.", "You cannot hand over value like a parcel."
PASSWORD = "twelve characters"
PAGE_LIMIT_MS = 60_000
TAKEN_UP_LIMIT_SECONDS = 90


@pytest.fixture(scope="module")
def editing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningTutor]:
    """Give a tutor with its desk, over a copy of the content."""
    folder = tmp_path_factory.mktemp("editing")
    shutil.copytree(CONTENT, folder / "course")
    tutor = RunningTutor(folder, TUTOR_CONTENT=str(folder / "course"))
    engine = open_engine(tutor.settings.database_url)
    Users(engine).add("anna", PASSWORD, "editor")
    engine.dispose()
    tutor.start("assistant", "actions", "gateway", "desk")
    yield tutor
    tutor.stop()


@pytest.fixture
def desk(editing: RunningTutor, new_context: Callable[..., BrowserContext]) -> Page:
    """Give the editor's page of the answer, on a tablet."""
    page = new_context(**{**WIDE, "viewport": {"width": 820, "height": 1180}}).new_page()
    page.set_default_timeout(PAGE_LIMIT_MS)
    address = f"http://{LOOPBACK}:{editing.settings.review_port}"
    page.goto(f"{address}/login")
    page.get_by_label("Name").fill("anna")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Come in").click()
    page.goto(f"{address}/content/file/{ENTRY}")
    return page


@pytest.fixture
def chat(editing: RunningTutor, new_context: Callable[..., BrowserContext]) -> Chat:
    """Give somebody who was greeted."""
    chat = Chat(new_context().new_page(), editing.url)
    chat.open()
    chat.await_reply()
    return chat


def ask_until(chat: Chat, wanted: str) -> str:
    """Ask until the answer holds a text, or for too long; return the last answer."""
    limit = time.monotonic() + TAKEN_UP_LIMIT_SECONDS
    while wanted not in (answer := chat.say(QUESTION)) and time.monotonic() < limit:
        time.sleep(1)
    return answer


def test_answer_is_changed_checked_published_and_taken_back(desk: Page, chat: Chat, editing: RunningTutor) -> None:
    """The whole way of an editor, with the same question in the chat before, between and after."""
    assert OLD in chat.say(QUESTION)
    field, verdict = desk.get_by_label("The text of the file"), desk.locator("#verdict")
    sound = field.input_value()

    field.fill(sound.replace(OLD, NEW).replace("sources: [S9,", "sources: [S9999,"))
    expect(verdict).to_have_text("The check: 1 to mend.", timeout=PAGE_LIMIT_MS)
    expect(desk.locator(".problems")).to_contain_text("source S9999 is not in sources.yml")
    desk.get_by_label(re.compile("^What the change is for")).fill("plainer words")
    desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_role("alert")).to_contain_text("It cannot be published yet")
    assert OLD in chat.say(QUESTION)

    field.fill(sound.replace(OLD, NEW))
    expect(verdict).to_have_text("The check: all well.", timeout=PAGE_LIMIT_MS)
    desk.get_by_role("button", name="In Telegram").click()
    expect(desk.locator(".telegram", has_text=NEW)).to_be_visible()
    desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("plainer words")
    assert NEW in ask_until(chat, NEW)

    desk.get_by_role("button", name="Take this back").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Undo 1: plainer words")
    assert OLD in ask_until(chat, OLD)
    assert (editing.settings.content_dir / ENTRY).read_text("utf-8") == (Path(CONTENT) / ENTRY).read_text("utf-8")
    assert chat.complaints == []


def test_line_of_a_problem_leads_into_the_text(desk: Page) -> None:
    """With the keyboard alone: the line is marked in the text, where writing goes on."""
    field = desk.get_by_label("The text of the file")
    field.fill(field.input_value().replace("## simpler", "## plainer"))
    line = desk.locator(".problems button").last
    expect(line).to_be_visible()
    line.focus()
    desk.keyboard.press("Enter")

    expect(field).to_be_focused()
    number = int(line.inner_text().removeprefix("Line "))
    start, end = field.evaluate("one => [one.selectionStart, one.selectionEnd]")
    assert field.input_value()[start:end] == field.input_value().split("\n")[number - 1]
