"""The server goes away in the middle of a quiz and comes back: nothing is lost, nothing doubled."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import OpenChat
from tests.running import RunningTutor

RESTART_LIMIT_MS = 60_000
TOLD_LIMIT_MS = 15_000
GIVEN_UP_AFTER_SECONDS = 15
REQUEST_MS = 100


@pytest.fixture
def chat(open_chat: OpenChat) -> Chat:
    """Give somebody before the first item of the first lesson."""
    chat = open_chat()
    chat.press("Take a lesson")
    chat.say("quiz me")
    return chat


def said(chat: Chat, text: str) -> int:
    """Count how often the person's side shows a text."""
    return chat.own.all_inner_texts().count(text)


def test_answer_typed_while_server_is_down_arrives_once(chat: Chat, tutor: RunningTutor) -> None:
    """All processes are killed; what is typed waits in sight, and is answered when they are back."""
    before, step = chat.conversation(), chat.page.locator("#lesson-text").inner_text()
    tutor.kill()

    chat.write("a and b")
    expect(chat.own.last).to_have_text("a and b")
    expect(chat.state).to_have_text("No answer yet. Trying again")
    expect(chat.options).to_have_count(0)
    tutor.start()
    expect(chat.retry.or_(chat.newest_reply)).to_be_visible(timeout=RESTART_LIMIT_MS)
    if chat.retry.is_visible():  # the page gives up after a quarter of a minute, and leaves it to the person
        chat.retry.click()
    chat.await_reply()

    graded = chat.conversation()
    assert graded[: len(before) + 1] == [*before, "a and b"]
    assert said(chat, "a and b") == 1
    chat.open()
    assert chat.conversation() == graded
    expect(chat.page.locator("#lesson-text")).to_have_text(step)


def test_given_up_message_is_sent_at_a_press(open_chat: OpenChat, tutor: RunningTutor) -> None:
    """After some attempts the page says what became of the message, and a press sends the same one, once."""
    chat = open_chat(clock=True)
    tutor.kill("gateway")

    chat.write("what is co-creation?")
    for _ in range(GIVEN_UP_AFTER_SECONDS * 2):
        if chat.retry.is_visible():
            break
        chat.page.clock.run_for(1_000)
        chat.page.wait_for_timeout(REQUEST_MS)
    expect(chat.state).to_contain_text("Not sent.")
    tutor.start()
    chat.retry.click()
    chat.await_reply()

    expect(chat.state).to_have_count(0)
    assert said(chat, "what is co-creation?") == 1


def test_message_kept_while_assistant_is_away_is_answered_by_itself(open_chat: OpenChat, tutor: RunningTutor) -> None:
    """The person is told that the message is kept, and has nothing to do: the answer comes when it can, once."""
    chat = open_chat()
    tutor.kill("actions")

    chat.write("what is co-creation?")
    expect(chat.state).to_contain_text("Your message is kept", timeout=TOLD_LIMIT_MS)
    tutor.start()
    expect(chat.newest_reply).to_be_visible(timeout=RESTART_LIMIT_MS)
    chat.await_reply()

    expect(chat.state).to_have_count(0)
    assert said(chat, "what is co-creation?") == 1


def test_answer_typed_before_page_closes_is_sent_later(chat: Chat, tutor: RunningTutor) -> None:
    """The phone goes into the pocket while the server is down; the next visit sends what was typed."""
    tutor.kill("gateway")
    chat.write("a and b")
    chat.write("and what is a survey?")
    expect(chat.page.locator('[data-state="waiting"]')).to_have_count(1)
    later = Chat(chat.page.context.new_page(), tutor.url)
    chat.page.close()
    tutor.start()

    later.open()
    later.await_reply()

    assert (said(later, "a and b"), said(later, "and what is a survey?")) == (1, 1)
    texts = later.conversation()
    assert texts.index("a and b") < texts.index("and what is a survey?") - 1


def test_page_opened_while_tutor_fails_greets_later(new_chat: OpenChat, tutor: RunningTutor) -> None:
    """Who comes while the action server is down is told that an answer will come, and is greeted when it is back."""
    chat = new_chat()
    tutor.kill("actions")

    chat.open()

    expect(chat.state).to_contain_text("kept", timeout=TOLD_LIMIT_MS)
    tutor.start()
    expect(chat.newest_reply).to_be_visible(timeout=RESTART_LIMIT_MS)
    chat.await_reply()
    assert "Hello" in chat.newest()
