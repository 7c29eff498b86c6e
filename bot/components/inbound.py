"""The one door into Rasa: the gateway posts a turn and gets its bubbles, or hears that it failed.

Named in ``credentials.yml``. Listens where Rasa does, on loopback, and asks for a shared secret.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.exceptions import AgentNotReady
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.components import action_failure, action_reply
from bot.components.action_failure import ActionFailed
from bot.components.model_swap import ModelSwap
from bot.components.tracker_store import BoundedTrackerStore, TrackerStoreError
from bot.components.turn_output import TurnOutput
from bot.components.turn_request import MalformedTurn, TurnRequest, parse_turn
from settings import load_settings

TURN_LIMIT_SECONDS = 20.0
SECRET_HEADER = "X-Tutor-Secret"
MODEL_PLACE = "models/tutor.tar.gz"  # in the folder TUTOR_VAR

logger = logging.getLogger(__name__)
action_reply.install()
action_failure.install()

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class SilentTurn(Exception):
    """The turn ended, and there is nothing to show for it."""


FAILURES: tuple[tuple[type[BaseException], int, str], ...] = (
    (AgentNotReady, 503, "not_ready"),
    (TrackerStoreError, 503, "store"),
    (ActionFailed, 502, "silent"),
    (SilentTurn, 502, "silent"),
    (asyncio.TimeoutError, 504, "timeout"),
    (Exception, 500, "internal"),
)


class TutorInput(InputChannel):
    """Inbound channel ``tutor``: ``POST /webhooks/tutor/turn``, and ``GET /webhooks/tutor/`` for health.

    ``POST /webhooks/tutor/model`` has the model be loaded anew from its place, as after a training.
    """

    def __init__(
        self, secret: str, *, turn_limit_seconds: float = TURN_LIMIT_SECONDS, model: Path | None = None
    ) -> None:
        """Take the secret that the gateway must send, the longest time a turn may take, and the model's file."""
        self._secret = secret.encode()
        self._swap = ModelSwap(model or load_settings().var / MODEL_PLACE)
        self._turn_limit_seconds = turn_limit_seconds
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    def name(cls) -> str:
        """Name the channel; also the part of the path after ``/webhooks/``."""
        return "tutor"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TutorInput:
        """Make the channel with the secret of ``credentials.yml``, or else that of the settings."""
        return cls((credentials or {}).get("secret") or load_settings().secret)

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Define the two routes; Rasa puts them under ``/webhooks/tutor``."""
        blueprint = Blueprint("tutor")

        @blueprint.get("/")
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok", "is_ready": _agent_of(request.app) is not None})

        @blueprint.post("/model")
        async def model(request: Request) -> HTTPResponse:
            return await self._load_model(request)

        @blueprint.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            return await self._answer(request, on_new_message)

        return blueprint

    def _is_known(self, request: Request) -> bool:
        given = request.headers.get(SECRET_HEADER, "")
        return hmac.compare_digest(given.encode(errors="replace"), self._secret)

    async def _load_model(self, request: Request) -> HTTPResponse:
        if not self._is_known(request):
            return json({"error": "secret"}, status=401)
        agent = _agent_of(request.app)
        if agent is None:
            return json({"error": "not_ready"}, status=503)
        use_bare_store(agent)  # before, so that the fresh model is never for a moment behind Rasa's safety net
        is_loaded = await self._swap.load(agent)
        return json({"is_loaded": is_loaded}, status=200 if is_loaded else 500)

    async def _answer(self, request: Request, on_new_message: OnNewMessage) -> HTTPResponse:
        if not self._is_known(request):
            return json({"error": "secret"}, status=401)
        try:
            turn = parse_turn(request.body)
        except MalformedTurn as error:
            return json({"error": "malformed", "detail": str(error)}, status=400)
        try:
            taking = self._take_turn(turn, request.app, on_new_message)
            return json({"messages": await asyncio.wait_for(taking, self._turn_limit_seconds)})
        except (Exception, ActionFailed) as error:
            return _report_failure(turn, error)

    async def _take_turn(self, turn: TurnRequest, app: Sanic, on_new_message: OnNewMessage) -> list[dict[str, Any]]:
        """Run the turn, or give the replies of the saved one if this message was answered before.

        One turn a person at a time: a repeat that comes while the first is still running waits for
        it here, and not in Rasa's lock, which looks once a second.
        """
        store = use_bare_store(_agent_of(app))
        async with self._locks.setdefault(turn.sender, asyncio.Lock()):
            if saved := await store.replies_for(turn.sender, turn.message_id):
                return saved
            output = TurnOutput()
            await on_new_message(_message_of(turn, output))
            if not output.messages:
                raise SilentTurn("no message")
            return output.messages


def use_bare_store(agent: Agent | None) -> BoundedTrackerStore:
    """Take Rasa's safety net away from our store, so that a database error fails the turn.

    Rasa wraps every tracker store in one that swallows errors and goes on in memory.

    Raises:
        AgentNotReady: No model is loaded yet.
        TrackerStoreError: Rasa runs on another store; it does so silently if ours cannot be loaded.
    """
    if agent is None:
        raise AgentNotReady("no model is loaded")
    store = agent.tracker_store
    while not isinstance(store, BoundedTrackerStore):
        store = getattr(store, "_tracker_store", None)
        if store is None:
            raise TrackerStoreError("endpoints.yml: tracker_store is not BoundedTrackerStore")
    agent.tracker_store = store
    agent.processor.tracker_store = store
    return store


def _agent_of(app: Sanic) -> Agent | None:
    agent = getattr(app.ctx, "agent", None)
    return agent if agent is not None and agent.is_ready() else None


def _message_of(turn: TurnRequest, output: TurnOutput) -> UserMessage:
    return UserMessage(
        turn.text,
        output,
        turn.sender,
        input_channel=TutorInput.name(),
        message_id=turn.message_id,
        metadata={**turn.metadata, "message_id": turn.message_id},
    )


def _report_failure(turn: TurnRequest, error: BaseException) -> HTTPResponse:
    """Log and answer a failure; of an unforeseen one only kind and place, as its text may quote."""
    status, word = next((status, word) for kind, status, word in FAILURES if isinstance(error, kind))
    if word == "internal":
        place = "".join(traceback.format_tb(error.__traceback__))
        logger.error("Message %s failed: %s\n%s", turn.message_id, type(error).__name__, place)
    else:
        logger.error("Message %s failed: %s: %s", turn.message_id, word, error)
    return json({"error": word}, status=status)
