"""The gateway as a whole: its page, its errors, its health, its figures, and what it says when it breaks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from channels.fake_assistant import FakeAssistant
from channels.gateway import STATIC, create_app
from channels.headers import HEADERS
from settings import Settings
from tests.channels.visitor import ELSEWHERE, error_of, post, visit
from tests.replacing import replace_file

QUOTE = "no rule for 'something private'"


class FaultyAssistant(FakeAssistant):
    """An assistant with a fault that nobody foresaw; its text quotes the person."""

    async def is_ready(self) -> bool:
        """Fail."""
        raise RuntimeError(QUOTE)


@pytest.fixture
async def faulty(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Give a browser at a gateway whose assistant has a fault."""
    async with visit(create_app(settings, FaultyAssistant())) as client:
        await client.post("/api/session")
        yield client


def break_database(settings: Settings) -> None:
    """Put something else where the database was."""
    replace_file(settings.var / "tutor.db", b"broken" * 1_000)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        ("/page.js", "text/javascript"),
        ("/page.css", "text/css"),
        ("/icon.svg", "image/svg+xml"),
    ],
)
async def test_page_and_its_files_are_served(stranger: httpx.AsyncClient, path: str, kind: str) -> None:
    """The page comes from here, with the right kind, without an identity."""
    answer = await stranger.get(path)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(kind)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/api/nothing",
        "/../gateway.py",
        "/%2e%2e/%2e%2e/gateway.py",
        "/%00",
        "/" + "x" * 300,
        "/docs",
        "/.env",
    ],
)
async def test_unknown_address_is_told_as_json(stranger: httpx.AsyncClient, path: str) -> None:
    """What is not there, or outside of the page's folder, is not found."""
    assert error_of(await stranger.get(path)) == (404, "http_404")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/api/messages"),
        ("DELETE", "/api/messages"),
        ("POST", "/"),
        ("POST", "/healthz"),
        ("BREW", "/api/session"),
    ],
)
async def test_unknown_method_is_told_as_json(stranger: httpx.AsyncClient, method: str, path: str) -> None:
    """An address that does not take a kind of request says so."""
    assert error_of(await stranger.request(method, path)) == (405, "http_405")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/page.js", 200),
        ("POST", "/api/session", 200),
        ("GET", "/healthz", 200),
        ("GET", "/metrics", 200),
        ("GET", "/api/messages", 401),
        ("GET", "/nothing", 404),
        ("PUT", "/api/session", 405),
    ],
)
async def test_every_answer_carries_safety_headers(
    stranger: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    """Page, API, files and errors are all under the same protection."""
    answer = await stranger.request(method, path)

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


async def test_file_asked_again_is_not_sent_again(stranger: httpx.AsyncClient) -> None:
    """A browser that has the file is told so, also under the safety headers."""
    first = await stranger.get("/page.js")

    again = await stranger.get("/page.js", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_page_needs_nothing_from_elsewhere() -> None:
    """No file of the page names another site to load from, and no code stands in the page."""
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    texts = [path.read_text(encoding="utf-8") for path in STATIC.iterdir() if path.suffix in (".css", ".js", ".html")]

    assert "<style" not in page
    assert " style=" not in page
    assert page.count("<script") == page.count('<script type="module" src=')
    assert not [text for text in texts if "https://" in text or "@import" in text]


async def test_gateway_in_health_says_so(stranger: httpx.AsyncClient) -> None:
    """Health is the process; readiness is all that a message needs."""
    health, readiness = await stranger.get("/healthz"), await stranger.get("/readyz")

    assert (health.status_code, health.text) == (200, "ok\n")
    assert (readiness.status_code, readiness.json()) == (200, {"database": True, "assistant": True})


async def test_readiness_names_what_is_missing(
    stranger: httpx.AsyncClient, assistant: FakeAssistant, settings: Settings
) -> None:
    """Without assistant or database nothing is ready, and the answer says which."""
    assistant.is_down = True
    without_assistant = await stranger.get("/readyz")
    break_database(settings)
    without_both = await stranger.get("/readyz")

    assert (without_assistant.status_code, without_both.status_code) == (503, 503)
    assert without_assistant.json() == {"database": True, "assistant": False}
    assert without_both.json() == {"database": False, "assistant": False}


async def test_figures_count_without_naming_anybody(stranger: httpx.AsyncClient) -> None:
    """Requests are counted by route and status; no text, token or odd word of a request is in the figures."""
    token = (await stranger.post("/api/session")).json()["token"]
    await post(stranger, "something private")
    await stranger.request("BREW", "/secret-path")

    figures = (await stranger.get("/metrics")).text

    assert 'tutor_requests_total{method="POST",path="/api/messages",status="200"} 1.0' in figures
    assert 'tutor_requests_total{method="other",path="other",status="405"} 1.0' in figures
    assert "tutor_turn_seconds_count 1.0" in figures
    assert not [word for word in (token, "private", "BREW", "secret-path", "message-1") if word in figures]


async def test_figures_are_for_this_machine_only(
    stranger: httpx.AsyncClient, settings: Settings, assistant: FakeAssistant
) -> None:
    """From elsewhere, or through a proxy, there is nothing at the address."""
    async with visit(create_app(settings, assistant), origin=ELSEWHERE) as far:
        from_elsewhere = await far.get("/metrics")
    through_proxy = await stranger.get("/metrics", headers={"X-Forwarded-For": "203.0.113.5"})

    assert error_of(from_elsewhere) == error_of(through_proxy) == (404, "http_404")


@pytest.mark.parametrize(("method", "path"), [("POST", "/api/session"), ("GET", "/api/messages")])
async def test_broken_database_is_told_without_details(
    client: httpx.AsyncClient, settings: Settings, method: str, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The person hears that it is our trouble and can try again; the details are in the log, under the same number."""
    break_database(settings)

    answer = await client.request(method, path)

    assert error_of(answer) == (503, "unavailable")
    assert answer.headers["Retry-After"] == "2"
    assert not [word for word in ("sqlite", "database", "SELECT", str(settings.var)) if word in answer.text]
    fault = answer.json()["error"]["message"].rpartition("(fault ")[2].rstrip(")")
    assert fault in caplog.text


async def test_message_on_broken_database_reaches_no_assistant(
    client: httpx.AsyncClient, settings: Settings, assistant: FakeAssistant
) -> None:
    """What cannot be kept is not begun."""
    break_database(settings)

    answer = await post(client)

    assert error_of(answer) == (503, "unavailable")
    assert assistant.turns == []


async def test_gateway_goes_on_when_database_is_back(client: httpx.AsyncClient, settings: Settings) -> None:
    """No restart is needed after trouble with the database."""
    path: Path = settings.var / "tutor.db"
    whole = path.read_bytes()
    break_database(settings)
    broken = await post(client)
    replace_file(path, whole)

    answer = await post(client)

    assert (broken.status_code, answer.status_code) == (503, 200)


async def test_unforeseen_fault_is_told_without_details(faulty: httpx.AsyncClient) -> None:
    """A fault of ours is a kind sentence with a number, counted, and under the same protection."""
    answer = await faulty.get("/readyz")

    assert error_of(answer) == (503, "unavailable")
    assert "private" not in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert 'path="/readyz",status="503"} 1.0' in (await faulty.get("/metrics")).text


async def test_fault_log_quotes_nobody(faulty: httpx.AsyncClient, caplog: pytest.LogCaptureFixture) -> None:
    """The log tells where it happened, and no word of the person."""
    await faulty.get("/readyz")

    assert "fault" in caplog.text
    assert "private" not in caplog.text
