"""The way to the assistant on loopback: one call a turn, and failure is failure."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any, Protocol

import httpx

from channels.errors import AssistantUnavailable
from channels.words import say

log = logging.getLogger(__name__)
TURN_LIMIT_SECONDS = 25.0
READY_LIMIT_SECONDS = 2.0
ANSWER_LIMIT_BYTES = 1_000_000


class Assistant(Protocol):
    """Something that takes a turn."""

    async def turn(self, learner_id: str, message_id: str, text: str, channel: str) -> list[dict[str, Any]]:
        """Tell what was said and return the replies.

        Raises:
            AssistantUnavailable: There is no reply; the same turn may be tried again.
        """

    async def is_ready(self) -> bool:
        """Tell whether a turn would be answered now."""

    async def close(self) -> None:
        """Let go of what is held open."""


class RasaAssistant:
    """The assistant behind ``bot.components.inbound``.

    Args:
        url: Where Rasa listens, without a path.
        secret: The secret that it shares with this gateway.
        actions_url: Where its action server listens; without one, readiness does not ask for it.
        bot_name: Gives the bot's name in Telegram, for links there; empty where there is none.
    """

    def __init__(
        self, url: str, secret: str, actions_url: str | None = None, bot_name: Callable[[], str] = str
    ) -> None:
        self._actions_url = actions_url
        self._bot_name = bot_name
        self._client = httpx.AsyncClient(
            base_url=url, headers={"X-Tutor-Secret": secret}, timeout=TURN_LIMIT_SECONDS, trust_env=False
        )

    async def turn(self, learner_id: str, message_id: str, text: str, channel: str) -> list[dict[str, Any]]:
        """Take a turn; see ``Assistant``."""
        metadata = {"channel": channel} | ({"telegram_bot": name} if (name := self._bot_name()) else {})
        body = {"sender": learner_id, "message_id": message_id, "text": text, "metadata": metadata}
        try:
            status, content = await asyncio.wait_for(self._post(body), TURN_LIMIT_SECONDS)
        except (httpx.HTTPError, asyncio.TimeoutError) as error:
            log.error("no answer from the assistant for message %s: %r", message_id, error)
            raise AssistantUnavailable(say("unavailable")) from error
        if status != 200 or len(content) > ANSWER_LIMIT_BYTES:
            log.error("the assistant failed on message %s: status %s, %s bytes", message_id, status, len(content))
            raise AssistantUnavailable(say("unavailable"))
        return _read_replies(content, message_id)

    async def _post(self, body: dict[str, Any]) -> tuple[int, bytes]:
        """Return status and content, of one that is too long only its beginning."""
        content = b""
        async with self._client.stream("POST", "/webhooks/tutor/turn", json=body) as response:
            async for part in response.aiter_bytes():
                content += part
                if len(content) > ANSWER_LIMIT_BYTES:
                    break
        return response.status_code, content

    async def is_ready(self) -> bool:
        """Tell whether the assistant has its model, and its action server answers."""
        try:
            response = await self._client.get("/webhooks/tutor/", timeout=READY_LIMIT_SECONDS)
            is_loaded = response.status_code == 200 and bool(response.json().get("is_ready"))
            return is_loaded and (self._actions_url is None or await self._answers(f"{self._actions_url}/health"))
        except (httpx.HTTPError, ValueError, AttributeError):
            return False

    async def _answers(self, url: str) -> bool:
        response = await self._client.get(url, headers={"X-Tutor-Secret": ""}, timeout=READY_LIMIT_SECONDS)
        return response.status_code == 200

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()


def _read_replies(content: bytes, message_id: str) -> list[dict[str, Any]]:
    try:
        replies = json.loads(content)["messages"]
    except (ValueError, KeyError, TypeError, RecursionError):
        replies = None
    if not isinstance(replies, list) or not replies or not all(_is_reply(one) for one in replies):
        log.error("the assistant's answer to message %s holds no reply that can be shown", message_id)
        raise AssistantUnavailable(say("unavailable"))
    return replies


def _is_reply(one: Any) -> bool:
    """Tell whether something can be kept and shown as a reply: the door must not break on it later."""
    if not isinstance(one, dict) or not isinstance(one.get("text") or "", str):
        return False
    buttons, custom = one.get("buttons") or [], one.get("custom") or {}
    return isinstance(buttons, list) and all(_is_button(button) for button in buttons) and isinstance(custom, dict)


def _is_button(button: Any) -> bool:
    return isinstance(button, dict) and all(isinstance(button.get(name), str) for name in ("title", "payload"))
