"""One made-up person at the web door, who reads the tutor's last words before the next of their own."""

from __future__ import annotations

import uuid
from typing import Any

import httpx

REPLY_LIMIT_SECONDS = 60.0


class DemoError(Exception):
    """The tutor did not answer a made-up person; the text says what was said to whom."""


class Visitor:
    """Speaks over the public API, as a browser does.

    Args:
        client: Has the gateway's address as its base; shared by all people.
        zone: Time zone of the browser.
    """

    def __init__(self, client: httpx.Client, zone: str) -> None:
        self._client = client
        self.replies: list[dict[str, Any]] = []
        self.turns = 0
        self._token = str(self._ask("/api/session", {"time_zone": zone})["token"])
        self._send({"button": "start"})  # as the page does when it is opened for the first time

    def say(self, text: str) -> None:
        """Type a text."""
        self._send({"text": text})

    def press(self, title: str) -> bool:
        """Press the first button whose title begins so; False where there is none."""
        token = next((one["token"] for one in self.buttons() if one["title"].startswith(title)), None)
        if token:
            self._send({"button": token})
        return token is not None

    def buttons(self) -> list[dict[str, Any]]:
        """Return the buttons of the last replies, the newest last."""
        return [button for reply in self.replies for button in reply["buttons"]]

    def titles(self) -> list[str]:
        """Return their titles."""
        return [str(one["title"]) for one in self.buttons()]

    def heard(self) -> str:
        """Return the last replies as one text."""
        return "\n".join(str(reply["text"]) for reply in self.replies)

    def _send(self, said: dict[str, str]) -> None:
        body = self._ask("/api/messages", {"id": str(uuid.uuid4()), **said})
        self.replies = [one for one in body["messages"] if one["from"] != "you"]
        self.turns += 1

    def _ask(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}"} if path != "/api/session" else {}
        self._client.cookies.clear()  # all people share a client, and no browser
        answer = self._client.post(path, json=body, headers=headers)
        if answer.status_code not in (200, 202):
            raise DemoError(f"the tutor answered {answer.status_code} to {body}: {answer.text[:200]}")
        return dict(answer.json())
