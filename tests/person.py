"""Somebody who talks with the running tutor over its web API."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx

PATIENCE_SECONDS = 40.0


class Person:
    """One person with a session of their own.

    Args:
        url: Where the tutor is.
        token: Shown in place of a session that the tutor gave out.
    """

    def __init__(self, url: str, token: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = httpx.Client(base_url=url, headers=headers, timeout=PATIENCE_SECONDS, trust_env=False)
        self.newest: list[dict[str, Any]] = []
        if not token:
            self._client.post("/api/session").raise_for_status()

    def post(self, body: Any = None, **request: Any) -> httpx.Response:
        """Post a message as it is; ``request`` in place of ``body`` for what is no JSON."""
        answer = self._client.post("/api/messages", **(request or {"json": body}))
        if answer.status_code == 200:
            self.newest = answer.json()["messages"]
        return answer

    def say(self, text: str, message_id: str | None = None) -> httpx.Response:
        """Send a text."""
        return self.post({"id": message_id or new_id(), "text": text})

    def press(self, title: str, message_id: str | None = None) -> httpx.Response:
        """Press a button of the newest reply, named by the beginning of its title."""
        return self.post({"id": message_id or new_id(), "button": self.token(title)})

    def token(self, title: str) -> str:
        """Return the token of a button of the newest reply."""
        buttons = [button for message in self.newest for button in message["buttons"]]
        return next(str(button["token"]) for button in buttons if button["title"].startswith(title))

    def titles(self) -> list[str]:
        """Return the titles of all buttons of the newest reply."""
        return [button["title"] for message in self.newest for button in message["buttons"]]

    def history(self, **query: Any) -> list[dict[str, Any]]:
        """Return what was said on both sides."""
        answer = self._client.get("/api/messages", params=query)
        answer.raise_for_status()
        return list(answer.json()["messages"])

    def begin(self) -> None:
        """Open the chat, as the page does for somebody new."""
        self.post({"id": new_id(), "button": "start"}).raise_for_status()


def new_id() -> str:
    """Make a message id."""
    return str(uuid4())
