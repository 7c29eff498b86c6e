"""The web hook: only with the secret, and nothing is kept without it; what is kept is answered afterwards."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from channels.fake_assistant import FakeAssistant
from channels.gateway import create_app
from channels.mailroom import Mailroom
from channels.telegram.webhook import SECRET_HEADER
from database import now_utc
from settings import Settings
from tests.channels.telegram.updates import typed
from tests.channels.visitor import error_of, visit
from tests.replacing import replace_file

SECRET = "s3cret"
HOOK = "/telegram"
RIGHT = {SECRET_HEADER: SECRET}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Give settings with a web hook, and a Bot API that nobody is at."""
    own = {"telegram_webhook_url": "https://tutor.test", "telegram_webhook_secret": SECRET}
    return replace(settings, telegram_token="4242:x", telegram_api_url="http://127.0.0.1:9", **own)


@pytest.fixture
async def telegram(settings: Settings, assistant: FakeAssistant) -> AsyncIterator[httpx.AsyncClient]:
    """Give somebody who posts to the gateway."""
    async with visit(create_app(settings, assistant)) as client:
        yield client


def kept(mailroom: Mailroom) -> list[str]:
    """Return everybody who has a message that waits."""
    return mailroom.waiting_people(now_utc())


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: "S3CRET"},
        {SECRET_HEADER: SECRET + " x"},
        {SECRET_HEADER: SECRET[:-1]},
        {SECRET_HEADER: "é"},
        {"X-Telegram-Secret": SECRET},
        {"Authorization": f"Bearer {SECRET}"},
    ],
)
async def test_hook_without_the_secret_is_refused(
    telegram: httpx.AsyncClient, mailroom: Mailroom, headers: dict[str, str]
) -> None:
    """A wrong or missing secret is 401, and nothing is stored."""
    encoded = {name: value.encode("utf-8") for name, value in headers.items()}

    answer = await telegram.post(HOOK, json=typed(1, "hello"), headers=encoded)

    assert error_of(answer) == (401, "no_session")
    assert kept(mailroom) == []


async def test_hook_with_the_secret_keeps_and_answers_at_once(
    telegram: httpx.AsyncClient, mailroom: Mailroom, assistant: FakeAssistant
) -> None:
    """The update is kept before it is answered, and the assistant is not waited for."""
    assistant.delay_seconds = 60.0

    answer = await telegram.post(HOOK, json=typed(1, "hello"), headers=RIGHT)

    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert len(kept(mailroom)) == 1


@pytest.mark.parametrize("body", ["", "null", "[]", "5", '{"message": {}}', '{"update_id": "x"}', "{", "[" * 50_000])
async def test_what_is_no_update_is_refused(telegram: httpx.AsyncClient, body: str) -> None:
    """Something else than an update is told so, whatever it is."""
    answer = await telegram.post(HOOK, content=body, headers=RIGHT)

    assert error_of(answer) == (400, "bad_request")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_hook_takes_posts_only(telegram: httpx.AsyncClient, method: str) -> None:
    """Another kind of request is not taken."""
    assert error_of(await telegram.request(method, HOOK, headers=RIGHT)) == (405, "http_405")


async def test_large_update_is_taken(telegram: httpx.AsyncClient, mailroom: Mailroom) -> None:
    """A long text that answers another long text is more than a message of the web may be."""
    update = typed(1, "é" * 4000)
    update["message"]["reply_to_message"] = typed(0, "😀" * 2048)["message"]
    body = json.dumps(update)

    answer = await telegram.post(HOOK, content=body + " " * 70_000, headers=RIGHT)

    assert answer.status_code == 200
    assert len(kept(mailroom)) == 1


async def test_huge_update_is_refused(telegram: httpx.AsyncClient) -> None:
    """More than any update can be is not read."""
    answer = await telegram.post(HOOK, content=" " * 1_000_001, headers=RIGHT)

    assert error_of(answer) == (413, "too_large")


async def test_update_on_broken_database_comes_again(telegram: httpx.AsyncClient, settings: Settings) -> None:
    """What cannot be kept is not taken, so that Telegram sends it again."""
    path = settings.var / "tutor.db"
    whole = path.read_bytes()
    replace_file(path, b"broken" * 1_000)
    broken = await telegram.post(HOOK, json=typed(1, "hello"), headers=RIGHT)
    replace_file(path, whole)

    again = await telegram.post(HOOK, json=typed(1, "hello"), headers=RIGHT)

    assert error_of(broken) == (503, "unavailable")
    assert again.status_code == 200


async def test_same_update_at_the_same_moment_is_kept_once(
    telegram: httpx.AsyncClient, mailroom: Mailroom, assistant: FakeAssistant
) -> None:
    """Two deliveries of one update are both answered, and lead to one message."""
    assistant.delay_seconds = 60.0

    answers = await asyncio.gather(*(telegram.post(HOOK, json=typed(1, "hello"), headers=RIGHT) for _ in range(4)))

    (learner_id,) = kept(mailroom)
    assert {answer.status_code for answer in answers} == {200}
    assert [message["text"] for message in mailroom.history(learner_id) if message["from"] == "you"] == ["hello"]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://tutor.test", "/telegram"),
        ("https://tutor.test/", "/telegram"),
        ("https://tutor.test/a/b/", "/a/b"),
    ],
)
async def test_hook_stands_where_the_setting_says(
    settings: Settings, assistant: FakeAssistant, url: str, path: str
) -> None:
    """The path of the address is ours to choose."""
    async with visit(create_app(replace(settings, telegram_webhook_url=url), assistant)) as client:
        answer = await client.post(path, json=typed(1, "hello"), headers=RIGHT)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("own", "name"),
    [
        ({"telegram_webhook_secret": ""}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"telegram_webhook_secret": "with blank"}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"telegram_webhook_url": "tutor.test"}, "TELEGRAM_WEBHOOK_URL"),
        ({"telegram_api_url": "nowhere"}, "TELEGRAM_API_URL"),
        ({"telegram_token": "a token"}, "TELEGRAM_TOKEN"),
    ],
)
async def test_wrong_setting_stops_this_door_alone(
    settings: Settings, assistant: FakeAssistant, own: dict[str, Any], name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The web works, the hook is not there, and the log names the setting, without its secret."""
    async with visit(create_app(replace(settings, **own), assistant)) as client:
        page, hook = await client.get("/"), await client.post(HOOK, json=typed(1, "x"), headers=RIGHT)

    assert (page.status_code, hook.status_code) == (200, 405)
    assert f"Telegram is off: {name}" in caplog.text
    assert "with blank" not in caplog.text
    assert "a token" not in caplog.text
