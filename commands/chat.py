"""A chat in the terminal with the tutor that is running, through its web door."""

from __future__ import annotations

import uuid
from typing import Any

import httpx

from settings import LOOPBACK, Settings


class NotRunning(Exception):
    """No tutor answers at the address."""


def chat(settings: Settings) -> None:
    """Talk until the person sends nothing or ends the input.

    Raises:
        NotRunning: ``tutor run`` is not going.
    """
    base = f"http://{LOOPBACK}:{settings.port}"
    with httpx.Client(base_url=base, timeout=40.0, trust_env=False) as client:
        try:
            client.post("/api/session", json={}).raise_for_status()
        except httpx.HTTPError as error:
            raise NotRunning(f"no tutor answers at {base}; start it with make run") from error
        buttons = _tell(_send(client, {"button": "start"}))
        while line := _read():
            pressed = buttons[int(line) - 1] if line.isdigit() and 1 <= int(line) <= len(buttons) else None
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
        return [{"text": body["error"]["message"], "buttons": [], "sources": []}]
    return list(body["messages"])


def _tell(messages: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Print a turn and return its buttons, which a number presses."""
    buttons: list[dict[str, str]] = []
    for message in messages:
        print("tutor  " + message["text"].replace("\n", "\n       "))
        if message["sources"]:
            print("       Sources: " + " · ".join(source["title"] for source in message["sources"]))
        for button in message["buttons"]:
            buttons.append(button)
            print(f"       [{len(buttons)}] {button['title']}")
    return buttons
