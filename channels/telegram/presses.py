"""Pressed buttons: each counts once, for the person it was offered to; a press is acknowledged, and can be seen."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool

from channels.errors import Conflict, TooMany
from channels.said import Said
from channels.telegram.delivery import CHANNEL
from channels.telegram.gestures import Gestures
from channels.telegram.joining import Joining
from channels.telegram.keyboard import after_press
from channels.telegram.keyboards import Keyboard, Keyboards
from channels.telegram.updates import Incoming
from channels.turns import Turns
from channels.words import say


class Presses:
    """Takes pressed buttons."""

    def __init__(self, keyboards: Keyboards, turns: Turns, gestures: Gestures, joining: Joining) -> None:
        self._keyboards = keyboards
        self._turns = turns
        self._gestures = gestures
        self._joining = joining

    async def take(self, incoming: Incoming, learner_id: str) -> None:
        """Take a press, or say kindly why it does not count. The same button again leads to the same message."""
        keyboard = await run_in_threadpool(self._keyboards.find, learner_id, incoming.token)
        if keyboard is None:
            self._gestures.acknowledge(incoming.query_id, say("button_gone"), is_alert=True)
            return
        press = await run_in_threadpool(self._keyboards.press, learner_id, keyboard, incoming.token)
        if press == "other":
            self._gestures.acknowledge(incoming.query_id, say("telegram_button_used"), is_alert=True)
        else:
            await self._count(incoming, learner_id, keyboard, is_first=press == "first")
        await self._show(incoming, keyboard)

    async def _count(self, incoming: Incoming, learner_id: str, keyboard: Keyboard, *, is_first: bool) -> None:
        said = Said(f"press-{incoming.token}", button=incoming.token)
        self._joining.note_door(said.message_id, str(incoming.chat_id))
        try:
            letter = await self._turns.accept(learner_id, said, CHANNEL)
        except (Conflict, TooMany) as error:
            await run_in_threadpool(self._keyboards.release, keyboard, incoming.token)
            self._gestures.acknowledge(incoming.query_id, error.message, is_alert=True)
            return
        self._gestures.acknowledge(incoming.query_id, "" if is_first else say("telegram_button_used"))
        if not letter.is_answered:
            self._gestures.type(incoming.chat_id, learner_id)

    async def _show(self, incoming: Incoming, keyboard: Keyboard) -> None:
        """Mark what was pressed, and take away what cannot be pressed any more."""
        pressed = await run_in_threadpool(self._keyboards.pressed, keyboard.outbox_id)
        self._gestures.show_keys(incoming.chat_id, incoming.message_id, after_press(keyboard.buttons, pressed))
