"""Somebody in Telegram: what they do goes into the stand-in, and what the bot did comes out of it."""

from __future__ import annotations

import itertools
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx

from settings import LOOPBACK, ROOT

PATIENCE_SECONDS = 20.0
LOOK_SECONDS = 0.03
SENDING = ("sendMessage", "sendPhoto", "sendDocument")
PERSON = 7_000_001


class StandIn:
    """The stand-in for the Bot API, started as a process of its own; on a free port, if none is named."""

    def __init__(self, port: int = 0) -> None:
        port = port or free_port()
        self.url = f"http://{LOOPBACK}:{port}"
        command = [sys.executable, "-W", "ignore", "-m", "tests.channels.telegram.stand_in", str(port)]
        self._process = subprocess.Popen(command, cwd=ROOT)
        self._client = httpx.Client(base_url=self.url, trust_env=False, timeout=10.0)
        self._updates = itertools.count(1)
        self.counting = threading.Lock()  # held from the number of an update until it is there: they come in order
        wait_until(self._is_up)

    def _is_up(self) -> bool:
        try:
            return self._client.get("/calls").status_code == 200
        except httpx.HTTPError:
            return False

    def close(self) -> None:
        """End the process."""
        self._client.close()
        self._process.kill()
        self._process.wait()

    def calls(self, *methods: str, after: int = 0) -> list[dict[str, Any]]:
        """Return what the bot called, of some methods or of all."""
        calls: list[dict[str, Any]] = self._client.get("/calls", params={"after": after}).json()
        return [call for call in calls if not methods or call["method"] in methods]

    def count(self) -> int:
        """Count all calls so far."""
        return len(self.calls())

    def fail(self, method: str, times: int = 1, status: int = 0, seconds: float = 0.0, **body: Any) -> None:
        """Have calls of a method fail, or take long; ``*`` for any method."""
        whole = {"ok": False, "error_code": status, "description": "fault", **body}
        fault = {"method": method, "times": times, "status": status, "seconds": seconds, "body": whole}
        self._client.post("/faults", json=fault)

    def heal(self) -> None:
        """End all faults."""
        self._client.delete("/faults")

    def update(self, update_id: int | None = None, **fields: Any) -> dict[str, Any]:
        """Make an update with a number of its own."""
        return {"update_id": next(self._updates) if update_id is None else update_id, **fields}

    def do(self, update: dict[str, Any]) -> None:
        """Have an update happen: with a web hook it is posted until it is taken, else it waits to be asked for."""
        hook = self._client.post("/do", json=update).json()
        if hook["webhook"]:
            secret = {"X-Telegram-Bot-Api-Secret-Token": hook["secret"]}
            wait_until(lambda: _post(hook["webhook"], update, secret) == 200)


def _post(url: str, update: dict[str, Any], headers: dict[str, str]) -> int:
    answer = httpx.post(url, json=update, headers=headers, trust_env=False, timeout=30.0)
    assert answer.status_code in (200, 503), answer.text
    return answer.status_code


class Chat:
    """One person's private chat with the bot."""

    def __init__(self, stand_in: StandIn, chat_id: int = PERSON) -> None:
        self.stand_in = stand_in
        self.chat_id = chat_id
        self.told: list[dict[str, Any]] = []
        self.begun = self._seen = stand_in.count()

    def message(self, **fields: Any) -> dict[str, Any]:
        """Make a message of this person."""
        person = {"id": self.chat_id, "is_bot": False, "first_name": "Ada"}
        chat = {"id": self.chat_id, "type": "private", "first_name": "Ada"}
        return {"message_id": 1, "date": 0, "from": person, "chat": chat, **fields}

    def send(self, **fields: Any) -> dict[str, Any]:
        """Send a message, and return its update."""
        update = self.stand_in.update(message=self.message(**fields))
        self.stand_in.do(update)
        return update

    def say(self, text: str, bubbles: int = 1, until: str = "") -> list[dict[str, Any]]:
        """Type something and wait for so many messages, or for a button."""
        self.send(text=text)
        return self.wait(bubbles, until)

    def wait(self, bubbles: int = 1, until: str = "") -> list[dict[str, Any]]:
        """Wait until the bot has sent so many messages since the last time; returns all that came.

        Args:
            bubbles: How many, at least.
            until: Beginning of a button's title that one of them must have.
        """
        wait_until(lambda: len(self._news()) >= bubbles and (not until or has_button(self._news(), until)))
        return self.look()

    def look(self) -> list[dict[str, Any]]:
        """Return what the bot has sent since the last time, without waiting."""
        self.told = self._news()
        self._seen = self.stand_in.count()
        return self.told

    def _news(self) -> list[dict[str, Any]]:
        sent = self.stand_in.calls(*SENDING, after=self._seen)
        return [call for call in sent if call.get("chat_id") == str(self.chat_id) and "message_id" in call]

    def sends(self) -> list[dict[str, Any]]:
        """Return all tries to send this person a text."""
        return [call for call in self.stand_in.calls("sendMessage") if call["chat_id"] == str(self.chat_id)]

    def answers(self) -> list[dict[str, Any]]:
        """Return the answers that came to what this person typed."""
        return [call for call in self.sends() if "message_id" in call and call["text"].startswith("You said")]

    def offered(self) -> list[dict[str, str]]:
        """Return the buttons of the newest messages."""
        rows = [row for call in self.told for row in (call.get("reply_markup") or {}).get("inline_keyboard", [])]
        return [key for row in rows for key in row]

    def query(self, title: str) -> dict[str, Any]:
        """Make the update of pressing a button of the newest messages, named by the beginning of its title."""
        for call in self.told:
            for row in (call.get("reply_markup") or {}).get("inline_keyboard", []):
                for key in row:
                    if key["text"].startswith(title):
                        return self.query_of(key["callback_data"], call["message_id"])
        raise LookupError(f"no button {title!r} among {self.offered()}")

    def query_of(self, data: str, message_id: int = 1) -> dict[str, Any]:
        """Make the update of pressing a button."""
        person = self.message()["from"]
        bot = {"id": 4242, "is_bot": True, "first_name": "Tutor"}
        hung_under = {**self.message(message_id=message_id), "from": bot}
        fields = {"id": f"q{time.monotonic_ns()}", "from": person, "message": hung_under, "data": data}
        return self.stand_in.update(callback_query={**fields, "chat_instance": "1"})

    def press(self, title: str, bubbles: int = 1, until: str = "") -> list[dict[str, Any]]:
        """Press a button and wait for so many messages, or for a button."""
        self.stand_in.do(self.query(title))
        return self.wait(bubbles, until)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.create_server((LOOPBACK, 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def has_button(calls: list[dict[str, Any]], title: str) -> bool:
    """Tell whether a message has a button with a title that begins so."""
    rows = [row for call in calls for row in (call.get("reply_markup") or {}).get("inline_keyboard", [])]
    return any(key["text"].startswith(title) for row in rows for key in row)


def wait_until(is_so: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: It was not, in ``seconds``.
    """
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError("it did not happen")
        time.sleep(LOOK_SECONDS)
