"""The chat page keeps what was said, also offline and in two tabs, and runs nothing that it should not."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat import WIDE, Chat
from tests.browser.conftest import OpenChat
from tests.running import RunningTutor

QUESTION = "Is a yearly survey co-creation?"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def test_script_typed_by_person_is_shown_as_text(open_chat: OpenChat) -> None:
    """What looks like code runs neither now nor after a reload, and is shown as it was typed."""
    chat = open_chat()
    alerts: list[str] = []
    chat.page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))

    chat.say(SCRIPT)
    expect(chat.own.last).to_have_text(SCRIPT)
    chat.open()

    expect(chat.own.last).to_have_text(SCRIPT)
    expect(chat.log.locator("script, img")).to_have_count(0)
    assert (alerts, chat.complaints) == ([], [])


def test_history_after_reload_is_the_same(open_chat: OpenChat) -> None:
    """A reload greets nobody again, and shows what was said, in order, once."""
    chat = open_chat()
    chat.say(QUESTION)
    chat.press("Tell me more")
    before = chat.conversation()

    chat.open()

    assert chat.conversation() == before
    assert chat.own.all_inner_texts() == [QUESTION, "Tell me more"]
    expect(chat.suggestions.first).to_be_visible()


def test_second_tab_gets_what_was_said_in_first(open_chat: OpenChat, tutor: RunningTutor) -> None:
    """Two tabs are one conversation: the one that comes back into view catches up."""
    chat = open_chat()
    other = Chat(chat.page.context.new_page(), tutor.url)
    other.open()

    other.say(QUESTION)
    chat.page.bring_to_front()
    chat.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(chat.replies).to_have_count(2)
    assert chat.conversation() == other.conversation()


def test_message_written_offline_is_sent_later(open_chat: OpenChat) -> None:
    """Without a connection the page says so and keeps what is written, in order; with it, all is answered."""
    chat = open_chat()
    chat.page.context.set_offline(True)

    expect(chat.connection).to_have_text("You are offline. I will send it when you are back.")
    chat.write(QUESTION)
    chat.write("Who took part in CoSIE?")
    expect(chat.state).to_have_text(["Waiting to be sent"] * 2)
    chat.page.context.set_offline(False)

    expect(chat.connection).to_be_hidden()
    expect(chat.replies).to_have_count(3)
    chat.await_reply()
    expect(chat.state).to_have_count(0)
    assert chat.own.all_inner_texts() == [QUESTION, "Who took part in CoSIE?"]


def test_too_long_message_is_stopped_with_count(open_chat: OpenChat) -> None:
    """The page counts before the limit, and does not let go of a text that is over it."""
    chat = open_chat()

    chat.field.fill("x" * 3_900)
    expect(chat.page.locator("#count")).to_have_text("100 characters left")
    chat.field.fill("x" * 4_001)
    chat.send.click()

    expect(chat.page.locator("#count")).to_have_text("1 character too many")
    expect(chat.field).to_have_value("x" * 4_001)
    expect(chat.own).to_have_count(0)


def test_sources_lead_out_in_new_tab(open_chat: OpenChat) -> None:
    """An answer's sources open over it, and each link leads to the web, beside the chat."""
    chat = open_chat()
    chat.say(QUESTION)

    chat.page.get_by_role("button", name="Sources").last.click()

    links = chat.page.get_by_role("dialog", name="Sources").get_by_role("link")
    expect(links.first).to_be_visible()
    for link in links.all():
        assert (link.get_attribute("href") or "").startswith("https://")
        assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener")


@pytest.mark.parametrize("width", ["phone", "wide"])
def test_conversation_leaves_console_quiet(open_chat: OpenChat, width: str) -> None:
    """No error and no violation of the content policy in a conversation with everything in it."""
    chat = open_chat(**(WIDE if width == "wide" else {}))

    for text in (QUESTION, "example", "take a lesson", "quiz me", "a", "how far am I", "what do you store?"):
        chat.say(text)

    assert chat.complaints == []


def test_foreign_script_is_stopped_by_policy(open_chat: OpenChat) -> None:
    """Should a script ever get into the page, the content policy does not let it run; and we would hear of it."""
    chat = open_chat()

    chat.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.isRun = true';"
        " document.body.append(s); }"
    )

    assert chat.page.evaluate("window.isRun === undefined")
    assert "Content Security Policy" in chat.complaints[0]


def test_two_people_have_two_conversations(open_chat: OpenChat) -> None:
    """Another browser is another person."""
    one, other = open_chat(), open_chat()

    one.say(QUESTION)
    other.open()

    expect(one.own).to_have_count(1)
    expect(other.own).to_have_count(0)
