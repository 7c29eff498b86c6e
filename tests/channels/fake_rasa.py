"""A Rasa that says what it is told to, for trying the way to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from channels.assistant import RasaAssistant


class FakeRasa:
    """Answers every request on a loopback port with the same status and body, and keeps what it was asked."""

    def __init__(self, status: int, body: bytes) -> None:
        self.requests: list[str] = []
        self.answers_with(status, body)

    def answers_with(self, status: int, body: bytes) -> None:
        """Answer like this from now on."""
        head = b"HTTP/1.1 %d Status\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % (status, len(body))
        self._answer = head + body

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next((int(line[15:]) for line in head.lower().splitlines() if line.startswith("content-length:")), 0)
        self.requests.append(head + (await reader.readexactly(length)).decode())
        with suppress(ConnectionError):  # whoever asked may not want all of it
            writer.write(self._answer)
            await writer.drain()
            writer.close()


@asynccontextmanager
async def assistant_before(rasa: FakeRasa, bot_name: Callable[[], str] = str) -> AsyncIterator[RasaAssistant]:
    """Serve the fake and open the way to it."""
    server = await asyncio.start_server(rasa.answer, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    assistant = RasaAssistant(f"http://{host}:{port}", "the secret", bot_name=bot_name)
    try:
        yield assistant
    finally:
        await assistant.close()
        server.close()
        await server.wait_closed()
