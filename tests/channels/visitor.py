"""A browser at the gateway's door, in the same process and without a network."""

from __future__ import annotations

from typing import Any

import httpx
from starlette.types import ASGIApp

ADDRESS = "http://tutor.test"
HERE = ("127.0.0.1", 50000)
ELSEWHERE = ("203.0.113.5", 50000)


def visit(app: ASGIApp, *, origin: tuple[str, int] = HERE, address: str = ADDRESS) -> httpx.AsyncClient:
    """Open a client; a fault of the gateway is seen as its answer, as over a network."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=origin)
    return httpx.AsyncClient(transport=transport, base_url=address)


async def post(client: httpx.AsyncClient, text: str = "hello", message_id: str = "message-1", **fields: Any) -> Any:
    """Send one message; a field that is None is left out."""
    body = {"id": message_id, "text": text, **fields}
    return await client.post("/api/messages", json={name: value for name, value in body.items() if value is not None})


def error_of(answer: httpx.Response) -> tuple[int, str]:
    """Return status and code of an error, after making sure that it has a sentence for the person."""
    error = answer.json()["error"]
    assert set(error) == {"code", "message"}
    assert error["message"].endswith((".", ")"))
    return answer.status_code, error["code"]
