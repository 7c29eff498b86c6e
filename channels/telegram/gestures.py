"""Small signs in a chat that nothing depends on: typing, a press acknowledged, buttons marked, a group declined.

They happen in the background; one that fails is left alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from channels.mailroom import Mailroom
from channels.telegram.bot_api import BotApi
from channels.telegram.keyboard import Rows, markup
from channels.telegram.troubles import Moved, Trouble
from channels.words import say

log = logging.getLogger(__name__)
TYPING_AFTER_SECONDS = 0.4  # most answers are there before, and "typing" must not come after them
TYPING_EVERY_SECONDS = 4.5  # Telegram shows it for five
TYPING_AT_MOST = 7
TEXT_LIMIT_CHARS = 200


class Gestures:
    """Makes them."""

    def __init__(self, api: BotApi, mailroom: Mailroom) -> None:
        self._api = api
        self._mailroom = mailroom
        self._tasks: set[asyncio.Task[None]] = set()
        self._typing: set[str] = set()

    def acknowledge(self, query_id: str, text: str = "", *, is_alert: bool = False) -> None:
        """Acknowledge a pressed button, with a sentence that passes by, or one to be closed, if there is any."""
        fields = {"text": text[:TEXT_LIMIT_CHARS], "show_alert": is_alert} if text else {}
        self._begin(self._quietly("answerCallbackQuery", callback_query_id=query_id, **fields))

    def show_keys(self, chat_id: int, message_id: int, rows: Rows) -> None:
        """Change the buttons under a message."""
        if message_id:
            fields = {"chat_id": chat_id, "message_id": message_id, "reply_markup": markup(rows)}
            self._begin(self._quietly("editMessageReplyMarkup", **fields))

    def type(self, chat_id: int, learner_id: str) -> None:
        """Show that an answer is being made, as long as it is."""
        if learner_id not in self._typing:
            self._begin(self._show_typing(chat_id, learner_id))

    def decline_group(self, chat_id: int, bot_name: str) -> None:
        """Say in a group that the tutor talks with one person at a time, and leave it."""
        self._begin(self._decline(chat_id, bot_name))

    async def close(self) -> None:
        """Stop what is going on."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _quietly(self, method: str, **fields: Any) -> None:
        try:
            await self._api.call(method, **fields)
        except Trouble as trouble:
            log.info("%s is left alone: %s", method, trouble)

    async def _show_typing(self, chat_id: int, learner_id: str) -> None:
        self._typing.add(learner_id)
        try:
            await asyncio.sleep(TYPING_AFTER_SECONDS)
            for _ in range(TYPING_AT_MOST):
                if not await run_in_threadpool(self._mailroom.is_waiting, learner_id):
                    return
                await self._quietly("sendChatAction", chat_id=chat_id, action="typing")
                await asyncio.sleep(TYPING_EVERY_SECONDS)
        except SQLAlchemyError:
            log.warning("nobody can tell whether a message waits")
        finally:
            self._typing.discard(learner_id)

    async def _decline(self, chat_id: int, bot_name: str) -> None:
        text = say("telegram_group") + (f" https://t.me/{bot_name}" if bot_name else "")
        try:
            await self._api.call("sendMessage", chat_id=chat_id, text=text)
        except Moved as moved:
            chat_id = moved.new_chat_id
            with suppress(Trouble):
                await self._api.call("sendMessage", chat_id=chat_id, text=text)
        except Trouble as trouble:
            log.info("a group cannot be told: %s", trouble)
        await self._quietly("leaveChat", chat_id=chat_id)
