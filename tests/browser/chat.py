"""The chat page as somebody uses it: what is on it, and what one can do with it."""

from __future__ import annotations

import re

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

REPLY_LIMIT_MS = 30_000
WIDE = {"viewport": {"width": 1440, "height": 900}, "has_touch": False, "is_mobile": False}
expect.set_options(timeout=10_000)


class Chat:
    """One open page.

    Args:
        page: The tab.
        url: Where the tutor is.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.complaints: list[str] = []
        self.log = page.get_by_role("log", name="Conversation")
        self.field = page.get_by_role("textbox", name="Your message")
        self.send = page.get_by_role("button", name="Send", exact=True)
        self.retry = page.get_by_role("button", name="Try again")
        self.options = page.get_by_role("group", name="Answers to choose from").get_by_role("button")
        self.suggestions = page.get_by_role("group", name="Suggestions").get_by_role("button")
        self.replies = page.locator("#log .turn.tutor")
        self.newest_reply = page.locator("#log > .turn.tutor:last-child")
        self.own = page.locator("#log .turn.you .bubble .text")
        self.state = page.locator("#log .state")
        self.connection = page.locator("#connection")
        self.progress = page.locator("progress#lesson-bar")
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message: ConsoleMessage) -> None:
        """Keep what the browser complains about: errors, and with them what its content policy stopped."""
        if message.type == "error":
            self.complaints.append(message.text)

    def open(self) -> None:
        """Open the page, or load it anew, and wait for the history."""
        self.page.goto(self.url)
        expect(self.page.locator('#log[aria-live="polite"]')).to_be_attached()

    def await_reply(self) -> None:
        """Wait until nothing is on its way any more, and something was answered."""
        expect(self.page.locator("[data-state]")).to_have_count(0, timeout=REPLY_LIMIT_MS)
        expect(self.page.locator("#typing")).to_be_hidden(timeout=REPLY_LIMIT_MS)
        expect(self.newest_reply).to_be_visible(timeout=REPLY_LIMIT_MS)

    def write(self, text: str) -> None:
        """Type a message and send it, without waiting for the reply."""
        self.field.fill(text)
        self.send.click()

    def say(self, text: str) -> str:
        """Type a message; return the reply."""
        answered = self.replies.count()
        self.write(text)
        return self._reply_after(answered)

    def press(self, title: str) -> str:
        """Press a button under the newest reply, named by the beginning of its title; return the reply."""
        answered = self.replies.count()
        self.button(title).click()
        return self._reply_after(answered)

    def _reply_after(self, answered: int) -> str:
        expect(self.replies).to_have_count(answered + 1, timeout=REPLY_LIMIT_MS)
        self.await_reply()
        return self.newest()

    def button(self, title: str) -> Locator:
        """Find a button under the newest reply."""
        name = re.compile("^" + re.escape(title))
        return self.replies.last.locator(".replies").get_by_role("button", name=name).first

    def newest(self) -> str:
        """Return the newest reply."""
        return self.replies.last.inner_text()

    def conversation(self) -> list[str]:
        """Return what both sides said, as the page shows it, without buttons."""
        return self.log.locator(".bubble > .text").all_inner_texts()
