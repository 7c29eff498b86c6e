"""Taking what comes: kept before anything is done with it, once each, with a sensible reaction to every kind."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from channels.errors import BadMessage, TooLarge, TooMany
from channels.mailroom import Mailroom
from channels.said import Said, clean_text
from channels.telegram.chats import BLOCKED, Chats, Claims
from channels.telegram.delivery import CHANNEL
from channels.telegram.gestures import Gestures
from channels.telegram.joining import Joining
from channels.telegram.menu import words_of
from channels.telegram.presses import Presses
from channels.telegram.updates import Bot, Incoming, read_update
from channels.turns import Turns
from channels.words import say
from database import now_utc

log = logging.getLogger(__name__)
NOTES = {
    **dict.fromkeys(("photo", "video", "animation", "story"), "telegram_picture_sent"),
    **dict.fromkeys(("voice", "audio", "video_note"), "telegram_voice_sent"),
    **dict.fromkeys(("sticker", "dice", "game"), "telegram_sticker_sent"),
    **dict.fromkeys(("location", "venue"), "telegram_place_sent"),
    "contact": "telegram_contact_sent",
    "document": "telegram_document_sent",
    "poll": "telegram_poll_sent",
}


class Reception:
    """Takes updates.

    Args:
        joining: Knows what a code is that joins doors, and which door a message came through.
        tell: Called after a note was put into the outbox.
        bot: Who the bot is, as far as it is known yet.
    """

    def __init__(
        self,
        claims: Claims,
        chats: Chats,
        mailroom: Mailroom,
        turns: Turns,
        presses: Presses,
        gestures: Gestures,
        joining: Joining,
        tell: Callable[[], None],
        bot: Bot,
    ) -> None:
        self._claims = claims
        self._chats = chats
        self._mailroom = mailroom
        self._turns = turns
        self._presses = presses
        self._gestures = gestures
        self._joining = joining
        self._tell = tell
        self.bot = bot
        self._takers: dict[str, Callable[[Incoming, str], Awaitable[None]]] = {
            "text": self._take_text,
            "command": self._take_command,
            "media": self._take_media,
            "edited": self._take_edit,
            "button": self._take_press,
        }

    async def take(self, raw: Any) -> bool:
        """Take an update from its JSON; what it leads to happens afterwards.

        A fault of ours in one update must not stop those that follow, or have it come again and again.

        Returns:
            Whether it is new.

        Raises:
            SQLAlchemyError: It could not be kept, and has to come again.
        """
        incoming = read_update(raw, self.bot)
        if incoming is None or await run_in_threadpool(self._claims.is_taken, incoming.update_id):
            return False
        try:
            await self._react(incoming)
        except SQLAlchemyError:
            raise
        except Exception as error:  # its text may quote the person
            place = "".join(traceback.format_tb(error.__traceback__))
            log.error("fault in update %s: %s\n%s", incoming.update_id, type(error).__name__, place)
        return await run_in_threadpool(self._claims.claim, incoming.update_id)

    async def _react(self, incoming: Incoming) -> None:
        if taker := self._takers.get(incoming.kind):
            learner_id = await run_in_threadpool(self._chats.learner, incoming.chat_id)
            await taker(incoming, learner_id)
        elif incoming.kind == "blocked":
            await run_in_threadpool(self._chats.set_state, incoming.chat_id, BLOCKED)
        elif incoming.kind == "unblocked":
            await run_in_threadpool(self._chats.learner, incoming.chat_id)
        elif incoming.kind == "moved":
            await run_in_threadpool(self._chats.move, incoming.chat_id, incoming.new_chat_id)
        elif incoming.kind == "group":
            self._gestures.decline_group(incoming.chat_id, self.bot.name)

    async def _take_text(self, incoming: Incoming, learner_id: str) -> None:
        await self._hear(incoming, learner_id, incoming.text)

    async def _hear(self, incoming: Incoming, learner_id: str, text: str) -> None:
        """Take typed words, or say why they cannot be taken."""
        try:
            said = Said(self.message_id(incoming), text=clean_text(text))
        except (BadMessage, TooLarge) as error:
            await self._note(incoming, learner_id, error.message)
            return
        await self._accept(incoming, learner_id, said)

    async def _accept(self, incoming: Incoming, learner_id: str, said: Said) -> None:
        self._joining.note_door(said.message_id, str(incoming.chat_id))
        try:
            letter = await self._turns.accept(learner_id, said, CHANNEL)
        except TooMany as error:  # told once a minute, not once a message
            await self._note(incoming, learner_id, error.message, f"too-many-{now_utc():%Y%m%d%H%M}")
            return
        if not letter.is_answered:
            self._gestures.type(incoming.chat_id, learner_id)

    async def _take_command(self, incoming: Incoming, learner_id: str) -> None:
        """Take a command of the menu as what it stands for, and any other as words."""
        if incoming.word == "start" and self._joining.is_code(incoming.text):
            await self._hear(incoming, learner_id, incoming.text)  # a deep link: the same as if the code was typed
            return
        words = words_of(incoming.word, incoming.text)
        if words is not None:
            await self._hear(incoming, learner_id, words)
            return
        await self._accept(incoming, learner_id, Said(self.message_id(incoming), button=incoming.word))

    async def _take_media(self, incoming: Incoming, learner_id: str) -> None:
        """Say what the tutor can do with it; words that came along are read."""
        note = say(NOTES.get(incoming.word, "telegram_picture_sent"))
        if not incoming.text.strip():
            await self._note(incoming, learner_id, note)
            return
        await self._note(incoming, learner_id, " ".join((note, say("telegram_words_read"))))
        await self._hear(incoming, learner_id, incoming.text)

    async def _take_edit(self, incoming: Incoming, learner_id: str) -> None:
        await self._note(incoming, learner_id, say("telegram_edited"))

    async def _take_press(self, incoming: Incoming, learner_id: str) -> None:
        await self._presses.take(incoming, learner_id)

    async def _note(self, incoming: Incoming, learner_id: str, text: str, note_id: str = "") -> None:
        """Say something by the door itself, once for each update, or for each ``note_id``."""
        note_id = note_id or f"note-{self.message_id(incoming)}"
        await run_in_threadpool(self._mailroom.post, learner_id, note_id, text, [], CHANNEL)
        self._tell()

    def message_id(self, incoming: Incoming) -> str:
        """Name a message by its update, which is the same when it comes again; it holds no number of a chat."""
        return f"telegram-{self.bot.id}-{incoming.update_id}"
