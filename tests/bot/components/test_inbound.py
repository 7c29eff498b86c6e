"""The inbound channel answers a turn whole and once, and lets in only what is right."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.run import create_http_input_channels

from bot.components.inbound import TutorInput
from bot.components.tracker_store import BoundedTrackerStore
from tests.bot.components.scripted_tutor import (
    BUBBLE,
    DOMAIN,
    SECRET,
    FakeActionServer,
    make_agent,
    new_agent,
    post,
    stored_texts,
    tutor,
)

pytestmark = pytest.mark.asyncio


@pytest.fixture
def actions() -> FakeActionServer:
    """Give an action server in good health."""
    return FakeActionServer()


@pytest.fixture
def agent(tmp_path: Path, actions: FakeActionServer) -> Agent:
    """Give Rasa's agent on a fresh database."""
    return new_agent(tmp_path, actions)


async def test_health_tells_whether_model_is_loaded(agent: Agent) -> None:
    """Health answers always, and says whether turns can be taken."""
    async with tutor(agent) as ready, tutor(None) as unready:
        answers = [(await client.get("/")).json() for client in (ready, unready)]

    assert answers == [{"status": "ok", "is_ready": True}, {"status": "ok", "is_ready": False}]


async def test_turn_gives_each_bubble_whole(agent: Agent) -> None:
    """Text with blank lines, buttons, image and custom data stay one message."""
    async with tutor(agent) as client:
        answer = await post(client, "hello and answer")

    greeting = {"text": "Hello!", "utter_action": "utter_hello"}
    assert (answer.status_code, answer.json()) == (200, {"messages": [greeting, BUBBLE]})


async def test_turn_passes_message_id_and_metadata_to_actions(agent: Agent, actions: FakeActionServer) -> None:
    """Actions read the id from the latest message, whatever the sender put in its place."""
    async with tutor(agent) as client:
        await post(client, "why?", metadata={"channel": "web", "message_id": "forged"})

    latest = actions.calls[0]["tracker"]["latest_message"]
    assert latest["metadata"] == {"channel": "web", "message_id": "m1"}
    assert latest["message_id"] == "m1"
    assert actions.calls[0]["tracker"]["latest_input_channel"] == "tutor"


async def test_same_message_again_gives_same_reply_and_no_turn(
    agent: Agent, actions: FakeActionServer, tmp_path: Path
) -> None:
    """A repeat is answered from the store, also after the next message, to the letter."""
    async with tutor(agent) as client:
        first = await post(client, "hello and answer")
        await post(client, "next", "m2")
        again = await post(client, "hello and answer")

    assert again.json() == first.json()
    assert len(actions.calls) == 2
    assert stored_texts(tmp_path) == ["hello and answer", "next"]


async def test_same_message_after_restart_gives_same_reply(
    agent: Agent, actions: FakeActionServer, tmp_path: Path
) -> None:
    """A new process knows what the old one answered."""
    async with tutor(agent) as client:
        first = await post(client, "why?")
    restarted = make_agent(BoundedTrackerStore(DOMAIN, url=f"sqlite:///{tmp_path / 'tutor.db'}"), actions)
    async with tutor(restarted) as client:
        again = await post(client, "why?")

    assert again.json() == first.json()
    assert len(actions.calls) == 1


async def test_same_message_twice_at_once_runs_one_turn(agent: Agent, actions: FakeActionServer) -> None:
    """A repeat that comes while the turn is running waits for it and gets its reply."""
    actions.delay_seconds = 0.2
    async with tutor(agent) as client:
        first, again = await asyncio.gather(post(client, "why?"), post(client, "why?"))

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert len(actions.calls) == 1


async def test_two_messages_at_once_do_not_meet_rasas_lock(agent: Agent, actions: FakeActionServer) -> None:
    """The second message of a person starts when the first is done, not at the next full second."""
    actions.delay_seconds = 0.1
    loop = asyncio.get_running_loop()
    async with tutor(agent) as client:
        began = loop.time()
        await asyncio.gather(post(client, "one"), post(client, "two", "m2"))
        took_seconds = loop.time() - began

    assert len(actions.calls) == 2
    assert took_seconds < 0.9


async def test_same_id_of_other_sender_is_another_message(agent: Agent, actions: FakeActionServer) -> None:
    """Ids count within one conversation."""
    async with tutor(agent) as client:
        await post(client, "why?")
        await post(client, "why?", sender="bob")

    assert [call["sender_id"] for call in actions.calls] == ["ann", "bob"]


@pytest.mark.parametrize("headers", [{}, {"X-Tutor-Secret": "wrong"}, {"X-Tutor-Secret": "sécret"}])
async def test_turn_without_secret_is_refused(agent: Agent, actions: FakeActionServer, headers: dict[str, str]) -> None:
    """Who does not know the secret cannot speak for anybody."""
    body = {"sender": "ann", "message_id": "m1", "text": "why?"}
    sent = {name: value.encode() for name, value in headers.items()}
    async with tutor(agent) as client:
        answer = await client.post("/turn", json=body, headers=sent)

    assert (answer.status_code, answer.json()) == (401, {"error": "secret"})
    assert not actions.calls


async def test_channel_named_in_credentials_is_made_by_rasa(tmp_path: Path) -> None:
    """Rasa makes the channel from its class name; a broken import would call it misspelled."""
    credentials = tmp_path / "credentials.yml"
    credentials.write_text("bot.components.inbound.TutorInput: {secret: given}")

    (channel,) = create_http_input_channels(None, str(credentials))

    assert isinstance(channel, TutorInput)
    assert channel.url_prefix() == "tutor"


async def test_secret_comes_from_credentials_or_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty entry in ``credentials.yml`` means the secret of the settings."""
    monkeypatch.setenv("TUTOR_SECRET", "from settings")

    made = [TutorInput.from_credentials(given) for given in (None, {}, {"secret": "given"})]

    assert [channel._secret for channel in made] == [b"from settings", b"from settings", b"given"]


GOOD = {"sender": "ann", "message_id": "m1", "text": "why?"}


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"{", "the body must be JSON"),
        (b"", "the body must be JSON"),
        (b"\xff\xfe", "the body must be JSON"),
        (b"[" * 60_000, "the body must be JSON"),
        (b'"text"', "the body must be a JSON object"),
        (b" " * 65_537, "the body must be at most 65536 bytes"),
        ({**GOOD, "sender": None}, "sender must be 1 to 64 visible ASCII characters"),
        ({**GOOD, "sender": "a" * 65}, "sender must be 1 to 64 visible ASCII characters"),
        ({**GOOD, "sender": "a b"}, "sender must be 1 to 64 visible ASCII characters"),
        ({**GOOD, "message_id": 7}, "message_id must be 1 to 80 visible ASCII characters"),
        ({**GOOD, "message_id": ""}, "message_id must be 1 to 80 visible ASCII characters"),
        ({**GOOD, "message_id": "m\n1"}, "message_id must be 1 to 80 visible ASCII characters"),
        ({**GOOD, "text": ["why?"]}, "text must be 1 to 4096 characters, not only blanks"),
        ({**GOOD, "text": "  \n"}, "text must be 1 to 4096 characters, not only blanks"),
        ({**GOOD, "text": "x" * 4_097}, "text must be 1 to 4096 characters, not only blanks"),
        ({**GOOD, "text": "\ud83d"}, "text must be valid Unicode"),
        ({**GOOD, "metadata": None}, "metadata must be a JSON object"),
    ],
    ids=lambda value: None if isinstance(value, str) else "",
)
async def test_malformed_body_is_refused_with_reason(agent: Agent, body: Any, detail: str) -> None:
    """Each refusal says what would be right."""
    content = body if isinstance(body, bytes) else json.dumps(body)
    async with tutor(agent) as client:
        answer = await client.post("/turn", content=content, headers=SECRET)

    assert (answer.status_code, answer.json()) == (400, {"error": "malformed", "detail": detail})


@pytest.mark.parametrize("text", ["Mitä se on? 🇫🇮", "x" * 4_096, "🙂" * 4_096, 'a "quoted" \\ <b>'], ids=len)
async def test_text_of_any_kind_is_taken_whole(agent: Agent, tmp_path: Path, text: str) -> None:
    """Unicode and the longest allowed text reach the store unchanged."""
    async with tutor(agent) as client:
        answer = await post(client, text)

    assert answer.status_code == 200
    assert stored_texts(tmp_path) == [text]
