"""The chat in the terminal: words, numbers for buttons, and a sentence when nobody answers."""

from __future__ import annotations

import io
import json
import socket
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from commands.chat import NotRunning, chat
from settings import LOOPBACK, Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Give settings with a port that is free."""
    with socket.create_server((LOOPBACK, 0)) as probe:
        port = str(probe.getsockname()[1])
    return load_settings({"TUTOR_VAR": str(tmp_path), "TUTOR_SECRET": "secret", "PORT": port})


class HalfTutor(BaseHTTPRequestHandler):
    """A tutor that answers once, and then with something that is no answer."""

    said: list[dict[str, str]]

    def do_POST(self) -> None:
        """Give out a session; answer the first message only."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
        self.said += [body] if "id" in body else []
        buttons = [{"title": "Take a lesson", "token": "t1"}]
        image = {"url": "/images/ladder.svg", "title": "The ladder", "alt": "Eight rungs."}
        message = {"text": "Hello!\nWelcome.", "sources": [{"title": "A source"}], "buttons": buttons, "image": image}
        is_over = len(self.said) > 2
        answer = b"<html>not now" if is_over else json.dumps({"messages": [message]}).encode()
        self.send_response(502 if is_over else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Write no log."""


class LateTutor(HalfTutor):
    """A tutor that keeps every message, and has the answer when it is asked for it again."""

    asked = 0

    def do_POST(self) -> None:
        """Give out a session; keep a message."""
        self._send({"messages": [], "waiting": True, "note": "It is kept."})

    def do_GET(self) -> None:
        """Tell that the message waits, and at the second time the answer."""
        LateTutor.asked += 1
        bubble = {"client_id": "1", "sources": [], "buttons": []}
        messages = [{**bubble, "from": "you", "text": "hi"}, {**bubble, "from": "tutor", "text": "Hello at last!"}]
        self._send({"messages": messages, "waiting": LateTutor.asked < 2})

    def _send(self, body: dict[str, object]) -> None:
        answer = json.dumps(body).encode()
        self.send_response(202)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


def test_chat_tells_of_waiting_and_then_the_answer(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A message that waits is told so, and its answer is shown when it is there."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    with HTTPServer((LOOPBACK, settings.port), LateTutor) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        chat(settings)
        server.shutdown()
        thread.join()

    assert capsys.readouterr().out.splitlines() == ["tutor  It is kept.", "tutor  Hello at last!", "you    "]


@pytest.fixture
def half_tutor(settings: Settings) -> Iterator[list[dict[str, str]]]:
    """Let it listen; give what it was told."""
    HalfTutor.said = []
    server = HTTPServer((LOOPBACK, settings.port), HalfTutor)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield HalfTutor.said
    server.shutdown()
    thread.join()
    server.server_close()


def test_chat_sends_words_and_presses_numbers(
    settings: Settings,
    half_tutor: list[dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is typed is sent, a button's number presses it, and an empty line ends the chat."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n\n"))

    chat(settings)

    told = capsys.readouterr().out
    assert [{key: said[key] for key in said if key != "id"} for said in half_tutor] == [
        {"button": "start"},
        {"button": "t1"},
    ]
    lines = ("tutor  Hello!", "Welcome.", "Picture: The ladder. Eight rungs.", "Sources: A source", "[1] Take a lesson")
    assert "\n       ".join(lines) in told


def test_chat_with_tutor_that_stops_says_so(
    settings: Settings, half_tutor: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tutor that stops answering in the middle ends the chat with a sentence; odd numbers are words."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("²\n7\nnever sent\n"))

    with pytest.raises(
        NotRunning, match=f"^no tutor answers at http://{LOOPBACK}:{settings.port}; start it with make run$"
    ):
        chat(settings)

    assert [said.get("text") for said in half_tutor] == [None, "²", "7"]


def test_chat_without_tutor_says_how_to_start(settings: Settings) -> None:
    """Where nobody listens, the sentence says how to start one."""
    with pytest.raises(NotRunning, match="start it with make run"):
        chat(settings)
