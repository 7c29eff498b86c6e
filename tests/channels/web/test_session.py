"""The web API knows people by what it gave them, and listens to its own page only."""

from __future__ import annotations

from dataclasses import replace
from http.cookies import SimpleCookie
from typing import Any

import httpx
import pytest

from channels.fake_assistant import FakeAssistant
from channels.gateway import create_app
from settings import Settings
from tests.channels.visitor import ADDRESS, error_of, visit


def cookie_of(answer: httpx.Response) -> Any:
    """Return the session cookie as the browser gets it."""
    return SimpleCookie(answer.headers["Set-Cookie"])["tutor"]


async def test_new_browser_gets_identity_in_safe_cookie(stranger: httpx.AsyncClient) -> None:
    """The cookie is out of reach of scripts and of other sites, and lasts longer than a course."""
    answer = await stranger.post("/api/session")

    cookie = cookie_of(answer)
    assert answer.json() == {"new": True, "token": cookie.value}
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "strict", "/", "")
    assert int(cookie["max-age"]) > 365 * 24 * 3600


async def test_cookie_over_https_stays_on_https(settings: Settings, assistant: FakeAssistant) -> None:
    """Where people reach the page over https, the cookie never goes over http."""
    address = "https://tutor.test"
    async with visit(create_app(replace(settings, public_url=address), assistant), address=address) as client:
        answer = await client.post("/api/session")

    assert cookie_of(answer)["secure"] is True


async def test_known_browser_keeps_its_identity(client: httpx.AsyncClient) -> None:
    """A second visit changes nothing, and tells no token."""
    answer = await client.post("/api/session")

    assert answer.json() == {"new": False}
    assert "Set-Cookie" not in answer.headers


async def test_token_in_header_speaks_for_its_owner(stranger: httpx.AsyncClient) -> None:
    """A program without cookies shows its token in the header."""
    token = (await stranger.post("/api/session")).json()["token"]
    stranger.cookies.clear()
    shown = {"Authorization": f"Bearer {token}"}
    await stranger.post("/api/messages", json={"id": "message-1", "text": "hello"}, headers=shown)

    answer = await stranger.get("/api/messages", headers=shown)

    assert [message["text"] for message in answer.json()["messages"]] == ["hello", "You said: hello"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cookie": "tutor=forged"},
        {"Cookie": "tutor="},
        {"Authorization": "Bearer forged"},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic dHV0b3I6dHV0b3I="},
        {"Authorization": b"Bearer \xff\xfe"},
        {"Authorization": "Bearer " + "x" * 10_000},
    ],
    ids=range(8),
)
async def test_unknown_token_is_refused(stranger: httpx.AsyncClient, headers: dict[str, str]) -> None:
    """Nobody reads or writes without an identity that was given out."""
    answers = [
        await stranger.get("/api/messages", headers=headers),
        await stranger.post("/api/messages", json={"id": "message-1", "text": "hello"}, headers=headers),
    ]

    assert [error_of(answer) for answer in answers] == [(401, "no_session")] * 2


async def test_forged_token_beside_good_cookie_is_refused(client: httpx.AsyncClient) -> None:
    """What is shown in the header counts, so that nobody acts for another by mistake."""
    answer = await client.get("/api/messages", headers={"Authorization": "Bearer forged"})

    assert error_of(answer) == (401, "no_session")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://", "http://[", ADDRESS + ".evil.example", ""]
)
async def test_other_origin_is_refused(client: httpx.AsyncClient, origin: str) -> None:
    """Another site's page cannot speak with the person's cookie."""
    headers = {"Origin": origin}
    answers = [
        await client.post("/api/session", headers=headers),
        await client.post("/api/messages", json={"id": "message-1", "text": "hello"}, headers=headers),
    ]

    assert [error_of(answer) for answer in answers] == [(403, "wrong_origin")] * 2


@pytest.mark.parametrize("address", [ADDRESS, "http://localhost:8000"])
async def test_own_origin_is_let_in(settings: Settings, assistant: FakeAssistant, address: str) -> None:
    """The page may post from the public address, and from the one it was reached at."""
    async with visit(create_app(settings, assistant), address=address) as client:
        answer = await client.post("/api/session", headers={"Origin": address})

    assert answer.status_code == 200
