"""A chat in the terminal with the tutor that is running, through its web door."""

from __future__ import annotations

import time
import uuid
from typing import Any

import httpx

from settings import LOOPBACK, Settings

REPLY_LIMIT_SECONDS = 40.0
POLL_SECONDS = 2.0


class NotRunning(Exception):
    """No tutor answers, or not any more; the text says where."""


def chat(settings: Settings) -> None:
    """Talk until the person sends nothing or ends the input.

    Raises:
        NotRunning: ``tutor run`` is not going, or has stopped.
    """
    base = f"http://{LOOPBACK}:{settings.port}"
    with httpx.Client(base_url=base, timeout=REPLY_LIMIT_SECONDS, trust_env=False) as client:
        try:
            client.post("/api/session", json={}).raise_for_status()
            _talk(client)
        except (httpx.HTTPError, ValueError) as error:  # no answer, or one that is not the tutor's
            raise NotRunning(f"no tutor answers at {base}; start it with make run") from error


def _talk(client: httpx.Client) -> None:
    buttons = _tell(_send(client, {"button": "start"}))
    while line := _read():
        pressed = {str(n): button for n, button in enumerate(buttons, 1)}.get(line)
        buttons = _tell(_send(client, {"button": pressed["token"]} if pressed else {"text": line}))


def _read() -> str:
    try:
        return input("you    ").strip()
    except (EOFError, KeyboardInterrupt):
        return ""


def _send(client: httpx.Client, said: dict[str, str]) -> list[dict[str, Any]]:
    response = client.post("/api/messages", json={"id": str(uuid.uuid4()), **said})
    body = response.json()
    if "error" in body:
        return [_plain(body["error"]["message"])]
    return _wait(client, body["note"]) if body.get("waiting") else list(body["messages"])


def _wait(client: httpx.Client, note: str) -> list[dict[str, Any]]:
    """Tell that the message waits, and return what came in the end."""
    _tell([_plain(note)])
    history: dict[str, Any] = {"waiting": True}
    while history["waiting"]:
        time.sleep(POLL_SECONDS)
        history = client.get("/api/messages").raise_for_status().json()
    newest = history["messages"][-1]["client_id"]
    return [one for one in history["messages"] if one["client_id"] == newest and one["from"] == "tutor"]


def _plain(text: str) -> dict[str, Any]:
    return {"text": text, "buttons": [], "sources": []}


def _tell(messages: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Print a turn and return its buttons, which a number presses."""
    buttons: list[dict[str, str]] = []
    for message in messages:
        print("tutor  " + message["text"].replace("\n", "\n       "))
        if picture := message.get("image"):
            print(f"       Picture: {picture.get('title') or picture['url']}. {picture['alt']}")
        if message["sources"]:
            print("       Sources: " + " · ".join(source["title"] for source in message["sources"]))
        for button in message["buttons"]:
            buttons.append(button)
            print(f"       [{len(buttons)}] {button['title']}")
    return buttons
