"""Handing somebody a document at once, while they wait for it elsewhere; nothing of it is kept, sent or not."""

from __future__ import annotations

import html
import logging

from starlette.concurrency import run_in_threadpool

from channels.telegram.chats import BLOCKED, GONE, Chats
from channels.telegram.parcels import Parcel
from channels.telegram.sending import Sender, Upload
from channels.telegram.troubles import Blocked, Moved, NoChat, Trouble
from channels.words import say

log = logging.getLogger(__name__)


class Handing:
    """Sends documents past the outbox."""

    def __init__(self, chats: Chats, sender: Sender) -> None:
        self._chats = chats
        self._sender = sender

    async def has_chat(self, learner_id: str) -> bool:
        """Tell whether a learner has an open chat."""
        return bool(await run_in_threadpool(self._chats.of, learner_id))

    async def hand(self, learner_id: str, content: bytes, name: str) -> bool:
        """Send a certificate to each chat of a learner; tells whether one took it."""
        chats = await run_in_threadpool(self._chats.of, learner_id)
        return any([await self._reach(chat_id, (content, name)) for chat_id in chats])

    async def _reach(self, chat_id: int, upload: Upload, *, has_moved: bool = False) -> bool:
        parcel = Parcel("file", html.escape(say("telegram_certificate"), quote=False))
        try:
            await self._sender.send_upload(chat_id, parcel, upload)
            return True
        except Moved as moved:
            await run_in_threadpool(self._chats.move, chat_id, moved.new_chat_id)
            if not has_moved:
                return await self._reach(moved.new_chat_id, upload, has_moved=True)
        except (Blocked, NoChat) as trouble:
            state = BLOCKED if isinstance(trouble, Blocked) else GONE
            await run_in_threadpool(self._chats.set_state, chat_id, state)
        except Trouble as trouble:
            log.warning("a document is not handed over: %s", trouble)
        return False
