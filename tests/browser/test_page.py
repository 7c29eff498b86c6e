"""The chat page: for keyboards and screen readers, light and dark, offline, and safe."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import OpenChat
from tests.running import RunningTutor

WIDE = {"viewport": {"width": 1440, "height": 900}, "has_touch": False, "is_mobile": False}
QUESTION = "Is a yearly survey co-creation?"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
ACCESSIBLE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def focused(chat: Chat) -> str:
    """Return the name or the words of what has the focus."""
    return str(
        chat.page.evaluate(
            "document.activeElement.getAttribute('aria-label') || document.activeElement.labels?.[0]?.textContent"
            " || document.activeElement.textContent"
        )
    ).strip()


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
          - group: What it is
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

    expect(chat.page.get_by_role("progressbar", name="step 4 of")).to_be_visible()
    expect(chat.log.get_by_role("heading", name="You:")).to_have_count(2)
    expect(chat.suggestions).to_have_text(["Hint", "Skip"])
    letters = [title[:3] for title in chat.options.all_inner_texts()]
    assert letters == ["A. ", "B. ", "C. ", "D. "][: len(letters)] != []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["phone", "wide"])
def test_page_meets_accessibility_rules(open_chat: OpenChat, scheme: str, width: str) -> None:
    """Contrast, names, roles and sizes hold in light and dark, with everything that a conversation can show."""
    chat = open_chat(color_scheme=scheme, **(WIDE if width == "wide" else {}))
    chat.say(QUESTION)
    chat.page.locator(".sources summary").last.click()
    chat.press("Start the lesson") if chat.button("Start the lesson").count() else chat.say("take a lesson")
    chat.say("quiz me")
    chat.page.get_by_text("What it is").click()

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


def test_panel_closes_with_escape(open_chat: OpenChat) -> None:
    """What the tutor is can be read and left by keyboard, and the focus stays where it was."""
    chat = open_chat(**WIDE)
    panel = chat.page.get_by_text("The tutor is a computer program.")

    tab_to(chat, "What it is")
    chat.page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    chat.page.keyboard.press("Escape")

    expect(panel).to_be_hidden()
    assert focused(chat) == "What it is"


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
    assert len(before) == len(set(before))
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
    """An answer's sources open under it, and each link leads to the web, beside the chat."""
    chat = open_chat()
    chat.say(QUESTION)

    chat.page.locator(".sources summary").last.click()

    links = chat.page.locator(".sources").last.get_by_role("link")
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
