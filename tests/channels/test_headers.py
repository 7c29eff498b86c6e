"""Every answer carries the safety headers, and no body over the limit is read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from channels.headers import CONTENT_POLICY, HEADERS, PICTURE_POLICY, BodyLimit, SafeHeaders
from channels.said import BODY_LIMIT_BYTES
from tests.channels.visitor import error_of, visit


async def measure(request: Request) -> Response:
    """Answer with the size of the body."""
    return JSONResponse({"bytes": len(await request.body())})


async def keep(request: Request) -> Response:
    """Answer with a wish about caching."""
    return PlainTextResponse("kept", headers={"Cache-Control": "max-age=60", "X-Frame-Options": "ALLOWALL"})


APP = Starlette(routes=[Route("/api/size", measure, methods=["POST"]), Route("/kept", keep)])


async def headers_of(path: str, *, is_https: bool = False) -> httpx.Headers:
    """Return the headers of an answer."""
    async with visit(SafeHeaders(APP, is_https=is_https)) as client:
        return (await client.get(path)).headers


async def send(chunks: list[bytes] | bytes) -> httpx.Response:
    """Post a body, whole or in chunks without a stated length."""

    async def flow() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield bytes(chunk)

    async with visit(BodyLimit(APP)) as client:
        return await client.post("/api/size", content=chunks if isinstance(chunks, bytes) else flow())


async def test_answer_carries_every_safety_header() -> None:
    """The headers are there, and an inner wish does not weaken them."""
    headers = await headers_of("/kept")

    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert headers["Cache-Control"] == "max-age=60"


@pytest.mark.parametrize(("path", "caching"), [("/api/size", "no-store"), ("/nothing", "no-cache")])
async def test_caching_is_off_where_people_talk(path: str, caching: str) -> None:
    """What belongs to one person is never stored on the way; files are asked for anew."""
    assert (await headers_of(path))["Cache-Control"] == caching


async def test_https_only_is_asked_for_over_https() -> None:
    """Browsers are kept on https where there is https, and not on a machine without it."""
    over_https, over_http = await headers_of("/kept", is_https=True), await headers_of("/kept")

    assert over_https["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in over_http


def test_content_policy_allows_no_foreign_or_inline_code() -> None:
    """Scripts and styles come from here, from files."""
    directives = dict(part.split(" ", 1) for part in CONTENT_POLICY.split("; "))

    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == directives["connect-src"] == "'self'"
    assert "unsafe" not in CONTENT_POLICY


async def test_picture_has_a_policy_of_its_own() -> None:
    """A drawing opened alone may have its own colours, and neither scripts nor anything from elsewhere."""
    headers = await headers_of("/images/ladder.svg")
    directives = dict(f"{part} ".split(" ", 1) for part in PICTURE_POLICY.split("; "))

    assert headers["Content-Security-Policy"] == PICTURE_POLICY
    assert directives["default-src"].strip() == "'none'"
    assert directives["style-src"].strip() == "'unsafe-inline'"
    assert "sandbox" in directives and "script-src" not in directives
    assert {name: headers[name] for name in HEADERS if name != "Content-Security-Policy"} == {
        name: value for name, value in HEADERS.items() if name != "Content-Security-Policy"
    }


@pytest.mark.parametrize(
    "chunks",
    [b"", b"x" * BODY_LIMIT_BYTES, [b"x" * 1024] * (BODY_LIMIT_BYTES // 1024), [b"", b"x", b""]],
    ids=["empty", "whole", "chunked", "with empty chunks"],
)
async def test_body_up_to_limit_arrives_whole(chunks: Any) -> None:
    """Nothing is lost of what may come."""
    answer = await send(chunks)

    assert answer.json() == {"bytes": len(b"".join([chunks] if isinstance(chunks, bytes) else chunks))}


@pytest.mark.parametrize(
    "chunks",
    [b"x" * (BODY_LIMIT_BYTES + 1), [b"x" * 1024] * (BODY_LIMIT_BYTES // 1024) + [b"x"]],
    ids=["whole", "chunked"],
)
async def test_body_over_limit_is_refused(chunks: Any) -> None:
    """A body that is too large is refused with a reason, also one that does not say how large it is."""
    answer = await send(chunks)

    assert error_of(answer) == (413, "too_large")
    assert "64 kB" in answer.json()["error"]["message"]


async def test_endless_body_is_not_read_to_its_end() -> None:
    """Reading stops at the limit."""
    sent = 0

    async def receive() -> dict[str, Any]:
        nonlocal sent
        sent += 1
        return {"type": "http.request", "body": b"x" * 1024, "more_body": True}

    answers: list[Any] = []

    async def keep_answer(message: Any) -> None:
        answers.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/size", "headers": []}
    await BodyLimit(APP)(scope, receive, keep_answer)

    assert answers[0]["status"] == 413
    assert sent == BODY_LIMIT_BYTES // 1024 + 1
