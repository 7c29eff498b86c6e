"""The inbound channel answers a turn whole, once, and reports failure as failure.

Rasa's own agent, processor and web server run here; only the model and the action server are fakes.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import shutil
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import aiohttp
import httpx
import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage, register
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.run import create_http_input_channels
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.core.utils import EndpointConfig
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.data import TrainingType
from sanic import Sanic

from bot.components.inbound import TutorInput
from bot.components.tracker_store import BoundedTrackerStore
from database import migrate

pytestmark = pytest.mark.asyncio
Sanic.test_mode = True  # lets several servers start in one process

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    session_config: {session_expiration_time: 60, carry_over_slots_to_new_session: true}
    intents: [ask]
    actions: [action_answer]
    slots:
      count: {type: any, mappings: [{type: custom}]}
    responses:
      utter_hello: [{text: "Hello!"}]
    """
)
SCRIPT = {
    "hello": ["utter_hello"],
    "hello and answer": ["utter_hello", "action_answer"],
    "nothing": [],
}
SECRET = {"X-Tutor-Secret": "secret"}
BUBBLE = {
    "text": "First part.\n\nSecond part.",
    "buttons": [{"title": "Go on", "payload": "b1"}],
    "image": "pilot.png",
    "custom": {"id": 7},
}


class ScriptedProcessor(MessageProcessor):
    """Rasa's processor, with a script for a model: what a message means and what follows."""

    @staticmethod
    def _load_model(model_path: Any) -> tuple[str, Any, None]:
        names = {"model_id": "model", "assistant_id": "tutor", "domain": DOMAIN}
        return "script", SimpleNamespace(training_type=TrainingType.BOTH, **names), None

    async def parse_message(self, message: UserMessage, *_: Any) -> dict[str, Any]:
        """Find one intent in everything."""
        if message.text.startswith("break"):
            raise ValueError(message.text)
        return {"text": message.text, "intent": {"name": "ask", "confidence": 1.0}, "entities": []}

    def _predict_next_with_tracker(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        events = list(tracker.events)
        last = max(index for index, event in enumerate(events) if isinstance(event, UserUttered))
        done = sum(isinstance(event, ActionExecuted) for event in events[last:])
        plan = SCRIPT.get(tracker.latest_message.text, ["action_answer"])
        return PolicyPrediction.for_action_name(DOMAIN, [*plan, "action_listen"][done])


class FakeActionServer(EndpointConfig):
    """An action server that answers with one bubble, counts, and has trouble when told to."""

    def __init__(self) -> None:
        super().__init__("http://actions.invalid")
        self.calls: list[dict[str, Any]] = []
        self.trouble: Exception | None = None
        self.delay_seconds = 0.0

    async def request(self, *_: Any, **options: Any) -> dict[str, Any]:
        """Answer a call as rasa-sdk does."""
        self.calls.append(json.loads(json.dumps(options["json"])))
        await asyncio.sleep(self.delay_seconds)
        if self.trouble:
            raise self.trouble
        count = {"event": "slot", "name": "count", "value": len(self.calls), "timestamp": None}
        empty = {"elements": [], "attachment": None, "template": None, "response": None}
        return {"events": [count], "responses": [{**BUBBLE, **empty}]}


@pytest.fixture
def actions() -> FakeActionServer:
    """Give an action server in good health."""
    return FakeActionServer()


@pytest.fixture
def agent(tmp_path: Path, actions: FakeActionServer) -> Agent:
    """Give Rasa's agent on a fresh database, as ``rasa run`` makes it: its store wrapped."""
    url = f"sqlite:///{tmp_path / 'tutor.db'}"
    migrate(url)
    return make_agent(BoundedTrackerStore(DOMAIN, url=url), actions)


def make_agent(store: Any, actions: FakeActionServer) -> Agent:
    """Make a ready agent with the scripted processor."""
    agent = Agent(DOMAIN, tracker_store=store, lock_store=InMemoryLockStore(), action_endpoint=actions)
    generator = TemplatedNaturalLanguageGenerator(DOMAIN.responses)
    agent.processor = ScriptedProcessor("script", agent.tracker_store, agent.lock_store, generator, actions)
    return agent


@asynccontextmanager
async def tutor(agent: Agent | None, **options: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Serve the channel as Rasa does, on a free loopback port."""
    app = Sanic(f"tutor-{uuid4().hex}", configure_logging=False)
    register([TutorInput("secret", **options)], app, route="/webhooks/")
    app.ctx.agent = agent
    listening = socket.create_server(("127.0.0.1", 0))
    server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
    await server.startup()
    await server.start_serving()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/webhooks/tutor"
    try:
        async with httpx.AsyncClient(base_url=address) as client:
            yield client
    finally:
        await server.close()


async def post(client: httpx.AsyncClient, text: str, message_id: str = "m1", **fields: Any) -> httpx.Response:
    """Send one message of Ann's."""
    body = {"sender": "ann", "message_id": message_id, "text": text, **fields}
    return await client.post("/turn", json=body, headers=SECRET)


def stored_texts(tmp_path: Path) -> list[str]:
    """Read what people wrote, as stored."""
    with sqlite3.connect(tmp_path / "tutor.db") as connection:
        rows = connection.execute("SELECT data FROM conversation_event WHERE type = 'user' ORDER BY id")
        return [json.loads(data)["text"] for (data,) in rows]


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


async def test_turn_passes_message_id_and_metadata_to_actions(
    agent: Agent, actions: FakeActionServer
) -> None:
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
async def test_turn_without_secret_is_refused(
    agent: Agent, actions: FakeActionServer, headers: dict[str, str]
) -> None:
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


async def test_agent_without_model_reports_not_ready(agent: Agent) -> None:
    """Before a model is loaded, and before there is an agent, a turn is put off."""
    agent.processor = None
    async with tutor(agent) as unloaded, tutor(None) as starting:
        answers = [await post(client, "why?") for client in (unloaded, starting)]

    assert [(a.status_code, a.json()) for a in answers] == [(503, {"error": "not_ready"})] * 2


async def test_other_tracker_store_is_refused(actions: FakeActionServer) -> None:
    """Rasa goes on in memory when it cannot load our store; we do not."""
    async with tutor(make_agent(InMemoryTrackerStore(DOMAIN), actions)) as client:
        answer = await post(client, "why?")

    assert (answer.status_code, answer.json()) == (503, {"error": "store"})
    assert not actions.calls


async def test_broken_database_fails_turn_and_keeps_nothing(
    agent: Agent, actions: FakeActionServer, tmp_path: Path
) -> None:
    """A turn on a broken database fails; when the database is back, it never happened."""
    database = tmp_path / "tutor.db"
    async with tutor(agent) as client:
        await post(client, "one")
        shutil.copy(database, tmp_path / "copy.db")
        database.write_bytes(b"broken" * 1_000)
        broken = await post(client, "two", "m2")
        shutil.copy(tmp_path / "copy.db", database)
        after = await post(client, "three", "m3")

    heard = [event["text"] for event in actions.calls[-1]["tracker"]["events"] if event["event"] == "user"]
    assert (broken.status_code, broken.json()) == (503, {"error": "store"})
    assert after.status_code == 200
    assert heard == ["one", "three"]


async def test_unwritable_database_fails_turn_and_repeat_runs_it(
    agent: Agent, actions: FakeActionServer, tmp_path: Path
) -> None:
    """A turn that cannot be stored fails, although its answer was made; the repeat stores it."""
    async with tutor(agent) as client:
        with sqlite3.connect(tmp_path / "tutor.db") as connection:
            connection.execute(
                "CREATE TRIGGER full BEFORE INSERT ON conversation_event"
                " BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
            )
        full = await post(client, "why?")
        with sqlite3.connect(tmp_path / "tutor.db") as connection:
            connection.execute("DROP TRIGGER full")
        again = await post(client, "why?")

    assert (full.status_code, full.json()) == (503, {"error": "store"})
    assert (again.status_code, again.json()) == (200, {"messages": [BUBBLE]})
    assert stored_texts(tmp_path) == ["why?"]
    assert len(actions.calls) == 2


@pytest.mark.parametrize("text", ["why?", "hello and answer"])
@pytest.mark.parametrize(
    "trouble", [aiohttp.ClientConnectionError("down"), asyncio.TimeoutError(), ValueError("odd")]
)
async def test_failed_action_fails_turn_and_repeat_runs_it(
    agent: Agent, actions: FakeActionServer, tmp_path: Path, trouble: Exception, text: str
) -> None:
    """Whether something was said before the failure or not, nothing of the turn is stored."""
    actions.trouble = trouble
    async with tutor(agent) as client:
        failed = await post(client, text)
        stored = stored_texts(tmp_path)
        actions.trouble = None
        again = await post(client, text)

    assert (failed.status_code, failed.json()) == (502, {"error": "silent"})
    assert stored == []
    assert again.status_code == 200
    assert again.json()["messages"][-1] == BUBBLE


async def test_silent_turn_is_reported_and_repeat_runs_it(agent: Agent, tmp_path: Path) -> None:
    """A turn that ends without a word is a failure, and no answer for a repeat."""
    async with tutor(agent) as client:
        answers = [await post(client, "nothing") for _ in range(2)]

    assert [(a.status_code, a.json()) for a in answers] == [(502, {"error": "silent"})] * 2
    assert stored_texts(tmp_path) == ["nothing", "nothing"]


async def test_slow_turn_is_given_up_and_repeat_runs_it(
    agent: Agent, actions: FakeActionServer, tmp_path: Path
) -> None:
    """A turn over its limit is cancelled and leaves nothing behind, no lock either."""
    actions.delay_seconds = 5
    async with tutor(agent, turn_limit_seconds=0.2) as client:
        slow = await post(client, "why?")
        stored = stored_texts(tmp_path)
        actions.delay_seconds = 0
        again = await post(client, "why?")

    assert (slow.status_code, slow.json()) == (504, {"error": "timeout"})
    assert stored == []
    assert (again.status_code, again.json()) == (200, {"messages": [BUBBLE]})


async def test_failures_are_logged_with_id_and_without_text(
    agent: Agent, actions: FakeActionServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log tells which message failed and why, and not what the person wrote."""
    caplog.set_level(logging.INFO)
    actions.trouble = aiohttp.ClientConnectionError("down")
    async with tutor(agent) as client:
        await post(client, "tell a secret", "m-action")
        unforeseen = await post(client, "break a secret", "m-unforeseen")
        (tmp_path / "tutor.db").write_bytes(b"broken" * 1_000)
        await post(client, "keep a secret", "m-store")

    assert (unforeseen.status_code, unforeseen.json()) == (500, {"error": "internal"})
    assert "Message m-action failed: silent: action_answer: RasaException" in caplog.text
    assert "Message m-unforeseen failed: ValueError" in caplog.text
    assert "Message m-store failed: store: " in caplog.text
    assert not re.search(r"(break|tell|keep) a secret", caplog.text)
