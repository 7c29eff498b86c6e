"""Rasa's own agent, processor and web server, with a script for a model and a fake action server."""

from __future__ import annotations

import asyncio
import json
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import httpx
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage, register
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.utils import EndpointConfig
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.data import TrainingType
from sanic import Sanic

from bot.components.inbound import TutorInput
from bot.components.tracker_store import BoundedTrackerStore
from database import migrate

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
SCRIPT = {"hello": ["utter_hello"], "hello and answer": ["utter_hello", "action_answer"], "nothing": []}
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


def new_agent(folder: Path, actions: FakeActionServer) -> Agent:
    """Make the agent on a fresh database, as ``rasa run`` makes it: its store wrapped."""
    url = f"sqlite:///{folder / 'tutor.db'}"
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
