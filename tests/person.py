"""Somebody who talks with the running tutor over its web API."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

import httpx

PATIENCE_SECONDS = 40.0
POLL_SECONDS = 0.25


class Person:
    """One person with a session of their own.

    Args:
        url: Where the tutor is.
        token: Shown in place of a session that the tutor gave out.
    """

    def __init__(self, url: str, token: str | None = None) -> None:
        self._url = url
        self._token = token or ""
        self.newest: list[dict[str, Any]] = []
        if not token:
            self._token = self._send("POST", "/api/session").json()["token"]

    def _send(self, method: str, path: str, headers: dict[str, str] | None = None, **request: Any) -> httpx.Response:
        """Send over a connection of its own, so that several can be sent at once."""
        shown = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        with httpx.Client(base_url=self._url, timeout=PATIENCE_SECONDS, trust_env=False, verify=False) as client:
            return client.request(method, path, headers={**shown, **(headers or {})}, **request)

    def post(self, body: Any = None, **request: Any) -> httpx.Response:
        """Post a message as it is; ``request`` in place of ``body`` for what is no JSON."""
        answer = self._send("POST", "/api/messages", **(request or {"json": body}))
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
        answer = self._send("GET", "/api/messages", params=query)
        answer.raise_for_status()
        return list(answer.json()["messages"])

    def fetch(self, path: str) -> httpx.Response:
        """Fetch something that the tutor offered."""
        return self._send("GET", path)

    def wait(self, limit_seconds: float = 120.0) -> None:
        """Ask again and again, as the page does, until nothing of this person's waits for an answer.

        Raises:
            TimeoutError: Something still does.
        """
        limit = time.monotonic() + limit_seconds
        while self._send("GET", "/api/messages").raise_for_status().json()["waiting"]:
            if time.monotonic() > limit:
                raise TimeoutError("a message still waits")
            time.sleep(POLL_SECONDS)

    def begin(self) -> None:
        """Open the chat, as the page does for somebody new."""
        self.post({"id": new_id(), "button": "start"}).raise_for_status()


def new_id() -> str:
    """Make a message id."""
    return str(uuid4())
