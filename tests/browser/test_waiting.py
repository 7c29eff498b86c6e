"""The tutor is away, or speaks by itself: the page says so, looks again, and shows what comes, once."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

from playwright.sync_api import Route, expect

from tests.browser.chat import Chat
from tests.browser.conftest import OpenChat

AWAY = "The tutor is away for a moment. Your message is kept, and the answer will appear here."


class Post:
    """Stands between the page and the gateway: an assistant that is away, and what is in the outbox."""

    def __init__(self, chat: Chat) -> None:
        self.said: list[dict[str, Any]] = []
        self.outbox: list[dict[str, Any]] = []
        self.looks = 0
        self.is_waiting: bool | None = None
        self.note = ""
        self.answer: dict[str, Any] | None = None
        chat.page.route("**/api/messages**", self._handle)

    def _handle(self, route: Route) -> None:
        if route.request.method == "POST":
            self.said.append(json.loads(route.request.post_data or ""))
            if self.answer:
                route.fulfill(json={"messages": [self.answer | {"client_id": self.said[-1]["id"]}]})
                return
            route.fulfill(status=202, json={"messages": [], "waiting": True, "note": self.note})
        else:
            self.looks += 1
            known = {} if self.is_waiting is None else {"waiting": self.is_waiting}
            route.fulfill(json={"messages": self.outbox, **known})

    def put(self, text: str, client_id: str, *, author: str = "tutor") -> None:
        """Put a message into the outbox."""
        fields: dict[str, Any] = {"buttons": [], "sources": [], "files": [], "image": None, "progress": None}
        number, sent_at = str(90_000 + len(self.outbox)), f"{datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%SZ}"
        said = {"id": number, "from": author, "client_id": client_id, "text": text, "sent_at": sent_at}
        self.outbox.append(fields | said)


def looks_within(chat: Chat, post: Post, seconds: int) -> int:
    """Let time pass for the page, with room for its requests; return how often it looked."""
    before = post.looks
    for _ in range(seconds):
        chat.page.clock.run_for(1_000)
        chat.page.wait_for_timeout(50)
    return post.looks - before


def test_answer_that_comes_later_appears(open_stage: OpenChat) -> None:
    """The page tells that the message is kept, sends it no second time, and shows the answer when it is there."""
    chat = open_stage(clock=True)
    post = Post(chat)

    chat.write("is anybody there?")
    expect(chat.state).to_have_text(AWAY)
    chat.page.clock.run_for(3_000)
    expect(chat.state).to_have_text(AWAY)
    post.put("is anybody there?", post.said[0]["id"], author="you")
    post.put("Now I am.", post.said[0]["id"])
    chat.page.clock.run_for(30_000)

    expect(chat.newest_reply).to_contain_text("Now I am.")
    expect(chat.state).to_have_count(0)
    expect(chat.own).to_have_text(["is anybody there?"])
    assert len(post.said) == 1


def test_answers_stand_behind_what_they_answer(open_stage: OpenChat) -> None:
    """When a later message is answered at once, and the earlier one from the outbox, the order is as it was said."""
    chat = open_stage(clock=True)
    post = Post(chat)
    chat.write("first?")
    expect(chat.state).to_have_text(AWAY)
    post.put("first?", post.said[0]["id"], author="you")
    post.put("Answer to first.", post.said[0]["id"])
    ways = [{"title": "Go on", "token": "t", "kind": "action"}]
    post.put("Answer to second.", "")
    post.answer = post.outbox.pop() | {"buttons": ways}

    chat.write("second?")
    expect(chat.log).to_contain_text("Answer to second.")
    early = chat.conversation()[-3:]
    chat.page.clock.run_for(30_000)
    expect(chat.log).to_contain_text("Answer to first.")

    assert early == ["first?", "second?", "Answer to second."]
    assert chat.conversation()[-4:] == ["first?", "Answer to first.", "second?", "Answer to second."]
    expect(chat.suggestions).to_have_text(["Go on"])


def test_looking_for_answer_becomes_rarer(open_stage: OpenChat) -> None:
    """A tutor that stays away is asked less and less often."""
    chat = open_stage(clock=True)
    post = Post(chat)
    chat.write("hello?")
    expect(chat.state).to_have_text(AWAY)

    early = looks_within(chat, post, 20)
    late = looks_within(chat, post, 40)

    assert 0 < late < early


def test_message_left_without_answer_still_waits_after_reload(open_stage: OpenChat) -> None:
    """Who comes back while the tutor is away is told that the answer is still to come."""
    chat = open_stage()
    post = Post(chat)
    post.put("Hello!", "start-1")
    post.put("are you there?", "message-7", author="you")

    chat.open()

    expect(chat.own).to_have_text(["are you there?"])
    expect(chat.state).to_have_text(AWAY)


def test_reminder_appears_by_itself(open_stage: OpenChat) -> None:
    """What the tutor says without being asked is there within a minute, and is read out as anything new."""
    chat = open_stage(clock=True)
    post = Post(chat)
    post.put("Two questions are due today.", "reminder-1")

    chat.page.clock.run_for(61_000)

    expect(chat.newest_reply).to_contain_text("Two questions are due today.")
    expect(chat.log).to_have_attribute("aria-live", "polite")
    assert post.looks == 1


def test_note_of_server_is_shown_while_answer_is_due(open_stage: OpenChat) -> None:
    """What the door says about the delay stands under the message, until nothing is due any more."""
    chat = open_stage(clock=True)
    post = Post(chat)
    post.note = "I will answer it here."

    chat.write("hello?")
    expect(chat.state).to_have_text("I will answer it here.")
    post.is_waiting = False
    chat.page.clock.run_for(3_000)

    expect(chat.state).to_have_count(0)
    expect(chat.own).to_have_text(["hello?"])


def test_greeting_that_is_due_is_not_asked_for_again(open_stage: OpenChat) -> None:
    """Somebody new who loads the page again while the tutor is away is told so, and greeted once."""
    chat = open_stage(clock=True)
    post = Post(chat)
    post.is_waiting = True

    chat.open()
    expect(chat.state).to_have_text(AWAY)
    post.put("Hello!", "start-1")
    post.is_waiting = False
    chat.page.clock.run_for(3_000)

    expect(chat.newest_reply).to_contain_text("Hello!")
    expect(chat.state).to_have_count(0)
    assert post.said == []
