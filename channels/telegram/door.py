"""The door in Telegram as a whole, opened and closed with the gateway. Trouble here stops no other door."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from channels.bot_name import BotName
from channels.mailroom import Mailroom
from channels.telegram.bot_api import BotApi
from channels.telegram.chats import Chats, Claims
from channels.telegram.dead_letters import DeadLetters
from channels.telegram.delivery import CHANNEL, Delivery
from channels.telegram.gestures import Gestures
from channels.telegram.handing import Handing
from channels.telegram.joining import Joining, NoJoining
from channels.telegram.keyboards import Keyboards
from channels.telegram.menu import menu
from channels.telegram.pace import Pace
from channels.telegram.polling import Polling
from channels.telegram.presses import Presses
from channels.telegram.reception import Reception
from channels.telegram.sending import Files, Sender
from channels.telegram.troubles import Refused, Trouble
from channels.telegram.updates import UPDATES_WANTED, Bot
from channels.telegram.webhook import UPDATE_LIMIT_BYTES, Webhook
from channels.turns import Turns
from settings import Settings

log = logging.getLogger(__name__)
TIDY_SECONDS = 24 * 3600.0
INTRODUCTIONS = 30  # with their pauses about half an hour: without the name no link leads here
FAULT_PAUSE_SECONDS = 5.0
HOOK_PACE = Pace(first_seconds=1.0, longest_seconds=60.0)

Work = Callable[[], Awaitable[None]]


class TelegramDoor:
    """Takes updates and brings replies, by polling or by web hook.

    Args:
        settings: With a token, and nothing missing (``Settings.telegram_trouble``).
        joining: Joins doors to one learner.
        files: Fetches what was made for a person; see ``Sender``.
        bot_name: Learns the bot's name from Telegram, for links of the other doors.

    Attributes:
        handing: Sends somebody a document at once.
    """

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        mailroom: Mailroom,
        turns: Turns,
        joining: Joining | None = None,
        files: Files | None = None,
        bot_name: BotName | None = None,
    ) -> None:
        token, joining = settings.telegram_token, joining or NoJoining()
        self._settings = settings
        self._bot_name = bot_name or BotName()
        self._api = BotApi(token, settings.telegram_api_url)
        self._claims = Claims(engine, _name_of(token))
        chats, keyboards = Chats(engine), Keyboards(engine)
        self._gestures = Gestures(self._api, mailroom)
        sender = Sender(self._api, files, settings.content_dir / "images")
        self._delivery = Delivery(mailroom, chats, keyboards, DeadLetters(engine), sender, settings.public_url)
        self.handing = Handing(chats, sender)
        presses = Presses(keyboards, turns, self._gestures, joining)
        parts = (self._claims, chats, mailroom, turns, presses, self._gestures, joining)
        self._reception = Reception(*parts, self._delivery.tell, Bot(_number_of(token)))
        self._webhook = self._make_webhook()
        self._tasks: list[asyncio.Task[None]] = []
        turns.subscribe(CHANNEL, self._delivery.tell)
        self._bot_name.open()

    def _make_webhook(self) -> Webhook | None:
        url, secret = self._settings.telegram_webhook_url, self._settings.telegram_webhook_secret
        return Webhook(self._reception, url, secret) if url else None

    def routes(self) -> list[Route]:
        """Return the route of the web hook, if updates come that way."""
        return self._webhook.routes() if self._webhook else []

    def body_limits(self) -> dict[str, int]:
        """Return how many bytes that route takes."""
        return {self._webhook.path: UPDATE_LIMIT_BYTES} if self._webhook else {}

    def start(self) -> None:
        """Begin; nothing is waited for, as the Bot API may be away."""
        parts: dict[str, Work] = {
            "updates": self._take_updates,
            "delivery": self._delivery.run,
            "introduction": self._introduce,
            "tidying": self._tidy,
        }
        self._tasks = [asyncio.create_task(keep_going(name, work)) for name, work in parts.items()]

    async def _take_updates(self) -> None:
        if self._webhook:
            await self._set_webhook(self._webhook)
        else:
            await Polling(self._api, self._reception, self._delivery.try_now).run()

    async def close(self) -> None:
        """Stop; what is open stays kept."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._gestures.close()
        await self._api.close()

    async def _introduce(self) -> None:
        """Learn the bot's name, and set its menu. Both are good to have, and no more."""
        me = await self._try_for_a_while("getMe")
        if isinstance(me, dict) and isinstance(me.get("username"), str):
            self._reception.bot = Bot(self._reception.bot.id, me["username"])
            self._bot_name.learn(me["username"])
        await self._try_for_a_while("setMyCommands", commands=menu())

    async def _try_for_a_while(self, method: str, **fields: Any) -> Any:
        for failures in range(1, INTRODUCTIONS + 1):
            try:
                return await self._api.call(method, **fields)
            except Trouble as trouble:
                log.warning("Telegram: %s failed (%s); the tutor goes on without it", method, trouble)
                if isinstance(trouble, Refused):
                    break
            await asyncio.sleep(HOOK_PACE.pause_seconds(failures))
        return None

    async def _set_webhook(self, webhook: Webhook) -> None:
        """Tell Telegram where to post, until it is told: without that nothing comes."""
        failures = 0
        while True:
            try:
                await self._api.call(
                    "setWebhook",
                    url=webhook.url,
                    secret_token=self._settings.telegram_webhook_secret,
                    allowed_updates=list(UPDATES_WANTED),
                )
                return
            except Trouble as trouble:
                failures += 1
                pause = HOOK_PACE.pause_seconds(failures)
                log.warning("Telegram: setWebhook failed (%s); another try in %.0f s", trouble, pause)
                await asyncio.sleep(pause)

    async def _tidy(self) -> None:
        while True:
            try:
                await run_in_threadpool(self._claims.forget_old)
            except SQLAlchemyError:
                log.warning("old updates are not forgotten yet: the database is away")
            await asyncio.sleep(TIDY_SECONDS)


async def keep_going(name: str, work: Work, pause_seconds: float = FAULT_PAUSE_SECONDS) -> None:
    """Run a part of the door, again after a fault that nobody foresaw; it is logged by its kind and place alone."""
    while True:
        try:
            await work()
            return
        except Exception as error:
            place = "".join(traceback.format_tb(error.__traceback__))
            log.error("Telegram: %s had a fault: %s\n%s", name, type(error).__name__, place)
        await asyncio.sleep(pause_seconds)


def _number_of(token: str) -> int:
    """Return the bot's number, which stands before the colon of its token."""
    number = token.partition(":")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 16 else 0


def _name_of(token: str) -> str:
    """Name the bot in the database: another bot counts its updates anew. The token cannot be found out from it."""
    return hashlib.sha256(f"telegram bot {token}".encode()).hexdigest()[:16]
