"""The way to Rasa: what is answered is passed on, and every kind of failure is the same failure."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from channels.assistant import RasaAssistant
from channels.errors import AssistantUnavailable

BUBBLES = [{"text": "Hello!", "buttons": [{"title": "Next", "payload": "/next"}]}]


class FakeRasa:
    """Answers every request on a loopback port with the same status and body, and keeps what it was asked."""

    def __init__(self, status: int, body: bytes) -> None:
        self._answer = (
            b"HTTP/1.1 %d Status\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % (status, len(body)) + body
        )
        self.requests: list[str] = []

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next((int(line[15:]) for line in head.lower().splitlines() if line.startswith("content-length:")), 0)
        self.requests.append(head + (await reader.readexactly(length)).decode())
        writer.write(self._answer)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def assistant_before(rasa: FakeRasa) -> AsyncIterator[RasaAssistant]:
    """Serve the fake and open the way to it."""
    server = await asyncio.start_server(rasa.answer, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    assistant = RasaAssistant(f"http://{host}:{port}", "the secret")
    try:
        yield assistant
    finally:
        await assistant.close()
        server.close()
        await server.wait_closed()


async def test_turn_tells_who_said_what_and_where() -> None:
    """Rasa gets the turn with the shared secret, and its bubbles come back whole."""
    rasa = FakeRasa(200, json.dumps({"messages": BUBBLES}).encode())
    async with assistant_before(rasa) as assistant:
        replies = await assistant.turn("ann", "message-1", "why?", "web")

    head, _, body = rasa.requests[0].partition("\r\n\r\n")
    metadata = {"channel": "web"}
    assert replies == BUBBLES
    assert head.startswith("POST /webhooks/tutor/turn ")
    assert "x-tutor-secret: the secret" in head.lower()
    assert json.loads(body) == {"sender": "ann", "message_id": "message-1", "text": "why?", "metadata": metadata}


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b'{"error": "malformed"}'),
        (401, b'{"error": "secret"}'),
        (500, b'{"error": "internal"}'),
        (502, b'{"error": "silent"}'),
        (503, b'{"error": "not_ready"}'),
        (504, b"<html>"),
        (200, b""),
        (200, b"<html>a hotel's sign-in page</html>"),
        (200, b"[]"),
        (200, b"null"),
        (200, b'{"other": 1}'),
        (200, b'{"messages": null}'),
        (200, b'{"messages": []}'),
    ],
)
async def test_turn_without_reply_is_unavailable(status: int, body: bytes) -> None:
    """Whatever comes in place of replies, the person hears that the message is kept."""
    async with assistant_before(FakeRasa(status, body)) as assistant:
        with pytest.raises(AssistantUnavailable, match="Your message is kept"):
            await assistant.turn("ann", "message-1", "why?", "web")


async def test_turn_without_server_is_unavailable() -> None:
    """When nobody listens, it is told at once."""
    async with assistant_before(FakeRasa(200, b"")) as there:
        address = str(there._client.base_url)
    assistant = RasaAssistant(address, "the secret")

    with pytest.raises(AssistantUnavailable):
        await assistant.turn("ann", "message-1", "why?", "web")

    assert not await assistant.is_ready()
    await assistant.close()


@pytest.mark.parametrize(
    ("status", "body", "is_ready"),
    [
        (200, b'{"is_ready": true}', True),
        (200, b'{"is_ready": false}', False),
        (503, b'{"is_ready": true}', False),
        (200, b"<html>", False),
        (200, b"[]", False),
    ],
)
async def test_readiness_is_what_rasa_says(status: int, body: bytes, is_ready: bool) -> None:
    """The assistant is ready when it says so, and in no other case."""
    async with assistant_before(FakeRasa(status, body)) as assistant:
        assert await assistant.is_ready() is is_ready
