"""The way to Rasa: what is answered is passed on, and every kind of failure is the same failure."""

from __future__ import annotations

import json

import pytest

from channels.assistant import RasaAssistant
from channels.errors import AssistantUnavailable
from tests.channels.fake_rasa import FakeRasa, assistant_before

BUBBLES = [{"text": "Hello!", "buttons": [{"title": "Next", "payload": "/next"}]}]


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


async def test_turn_tells_name_of_bot_once_it_is_known() -> None:
    """For links to Telegram the assistant hears what the bot is called, from the moment that it is known."""
    rasa, names = FakeRasa(200, json.dumps({"messages": BUBBLES}).encode()), iter(["", "a_tutor_bot"])
    async with assistant_before(rasa, lambda: next(names)) as assistant:
        for number in range(2):
            await assistant.turn("ann", f"message-{number}", "why?", "web")

    told = [json.loads(request.partition("\r\n\r\n")[2])["metadata"] for request in rasa.requests]
    assert told == [{"channel": "web"}, {"channel": "web", "telegram_bot": "a_tutor_bot"}]


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
        (200, b'{"messages": ["hello"]}'),
        (200, b'{"messages": [{"text": 7}]}'),
        (200, b'{"messages": [{"text": "a", "buttons": 7}]}'),
        (200, b'{"messages": [{"text": "a", "buttons": [{"title": "b"}]}]}'),
        (200, b'{"messages": [{"text": "a", "custom": []  }, {"custom": "c"}]}'),
        (200, b'{"messages": [{"text": "' + b"x" * 10_000_000 + b'"}]}'),
        (200, b"[" * 100_000),
    ],
    ids=lambda value: value[:60].decode() if isinstance(value, bytes) else str(value),
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
