"""The page within other sites: only where the settings name them, with a cookie that is kept apart for each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from channels.fake_assistant import FakeAssistant
from channels.gateway import create_app
from channels.headers import HEADERS
from settings import Settings
from tests.channels.visitor import error_of, visit

ADDRESS = "https://tutor.test"
MOODLE = "https://moodle.example.org"


@pytest.fixture
async def embedded(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Give a browser at a tutor that one site may show."""
    open_settings = replace(settings, public_url=ADDRESS, embed_origins=(MOODLE,))
    async with visit(create_app(open_settings, FakeAssistant()), address=ADDRESS) as client:
        yield client


async def test_listed_site_may_show_page(embedded: httpx.AsyncClient) -> None:
    """The policy names the site; the older header, which can name none, is gone; the rest is as it was."""
    headers = (await embedded.get("/")).headers

    assert f"frame-ancestors 'self' {MOODLE}" in headers["Content-Security-Policy"].split("; ")
    assert "X-Frame-Options" not in headers
    same = set(HEADERS) - {"Content-Security-Policy", "X-Frame-Options"}
    assert {name: headers[name] for name in same} == {name: HEADERS[name] for name in same}


async def test_only_script_may_be_loaded_elsewhere(embedded: httpx.AsyncClient) -> None:
    """The one line of a course site loads this file, and no other."""
    script, other = await embedded.get("/embed.js"), await embedded.get("/app.js")

    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert other.headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_script_is_for_nobody_without_setting(stranger: httpx.AsyncClient) -> None:
    """Where no site is named, none can load it or show the page."""
    headers = (await stranger.get("/embed.js")).headers

    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


async def test_cookie_is_kept_apart_for_each_site(embedded: httpx.AsyncClient) -> None:
    """Over https the cookie is sent within other sites, and only within the one where it was given."""
    cookie = (await embedded.post("/api/session")).headers["Set-Cookie"].split("; ")

    assert {"HttpOnly", "Secure", "SameSite=none", "Partitioned"} <= set(cookie)


async def test_cookie_over_http_stays_strict(settings: Settings) -> None:
    """Browsers refuse such a cookie over http: there it stays at home."""
    app = create_app(replace(settings, embed_origins=(MOODLE,)), FakeAssistant())
    async with visit(app) as client:
        cookie = (await client.post("/api/session")).headers["Set-Cookie"]

    assert "SameSite=strict" in cookie
    assert "Partitioned" not in cookie


@pytest.mark.parametrize("path", ["/api/session", "/api/messages", "/lite/start"])
async def test_site_around_may_not_post(embedded: httpx.AsyncClient, path: str) -> None:
    """To be allowed to show the page is not to be allowed to speak for the person."""
    answer = await embedded.post(path, headers={"Origin": MOODLE}, json={})

    assert error_of(answer) == (403, "wrong_origin")
