"""What the doors do themselves, before and after the assistant: codes for another device, unlinking, forgetting.

The porter stands between the doors and the assistant. Some messages are for the porter: a code that was typed, a button
of its own. And some replies of the assistant hold an order, which is carried out when the turn is over and saved, since
it changes who the person is. What is done is one transaction with the mark of what is to be said, so that after a crash
the same message leads to the same answer (docs/decisions/0018-one-learner.md).
"""

from __future__ import annotations

import json
import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection, Engine
from starlette.concurrency import run_in_threadpool

from channels import receipts, tables
from channels.assistant import Assistant
from channels.mailroom import Mailroom
from channels.typed_yes import find_errand, read_wish
from database import drop_deleted, now_utc, reading
from learning.belongings import Belongings, count
from learning.doorways import Doorways
from learning.erasure import erase
from learning.joining import join
from learning.link_codes import LinkCodes, read_code

log = logging.getLogger(__name__)
ERRAND = "/door_"  # what is typed never begins with a stroke, and the assistant is never told of it
REMEMBERED = 10_000
LARGEST_BYTES = 100_000_000  # rewriting it keeps writers waiting for a second; a larger file is rewritten once a day
Replies = list[dict[str, Any]]


class Porter:
    """An assistant with a porter before it.

    Args:
        engine: The database.
        assistant: Answers all that is not for the porter.
        codes: Knows the codes.
        clock: Gives the present moment in UTC, without a zone.
    """

    def __init__(
        self, engine: Engine, assistant: Assistant, codes: LinkCodes, clock: Callable[[], datetime] = now_utc
    ) -> None:
        self._engine = engine
        self._assistant = assistant
        self._codes = codes
        self._clock = clock
        self._mailroom = Mailroom(engine)
        self._belongings = Belongings(engine)
        self._doorways = Doorways(self._belongings, clock)
        self._doors: OrderedDict[str, str] = OrderedDict()
        self._gone: OrderedDict[str, str] = OrderedDict()

    def is_code(self, text: str) -> bool:
        """Tell whether a text is a code: a door that is opened by a link may hand it over as if it had been typed."""
        return read_code(text) is not None

    def note_door(self, message_id: str, key: str) -> None:
        """Remember through which door a message came, by the key of its row."""
        _remember(self._doors, message_id, key)

    async def turn(self, learner_id: str, message_id: str, text: str, channel: str) -> Replies:
        """Take a turn; see ``Assistant``. Nothing is returned when the replies are kept for another learner already."""
        if learner_id in self._gone or await run_in_threadpool(self._is_stray, learner_id):
            return await run_in_threadpool(self._follow, learner_id)
        if wish := read_wish(text):
            errand: str | None = await run_in_threadpool(find_errand, self._engine, learner_id, wish)
            text = errand or text
        if text.startswith(ERRAND) or read_code(text):
            return await run_in_threadpool(self._run_errand, learner_id, message_id, text, channel)
        replies = await self._assistant.turn(learner_id, message_id, text, channel)
        order = next((reply["custom"]["order"] for reply in replies if (reply.get("custom") or {}).get("order")), None)
        if order is None:
            return replies
        return await run_in_threadpool(self._obey, order, learner_id, message_id, channel)

    async def is_ready(self) -> bool:
        """Tell whether the assistant is."""
        return await self._assistant.is_ready()

    async def close(self) -> None:
        """Let go of the assistant."""
        await self._assistant.close()

    def _run_errand(self, learner_id: str, message_id: str, text: str, channel: str) -> Replies:
        """Answer what is for the porter: a code, or one of its own buttons and marks."""
        name, brace, rest = text.removeprefix(ERRAND).partition("{")
        named = json.loads(brace + rest) if text.startswith(ERRAND) and brace else {}
        if name == "told":
            return receipts.tell(named["kind"], named.get("counts", {}), self._clock(), channel)
        if name == "left":
            return receipts.tell("join_left", {}, self._clock())
        return self._join(learner_id, message_id, named.get("code", text), is_confirmed=name == "join")

    def _join(self, learner_id: str, message_id: str, code: str, *, is_confirmed: bool) -> Replies:
        joining = self._codes.join(code, learner_id, is_confirmed=is_confirmed)
        replies = receipts.tell_joining(joining, code)
        if joining.learner_id == learner_id:
            return replies
        _remember(self._gone, learner_id, joining.learner_id)
        self._mailroom.answer(joining.learner_id, message_id, replies)
        return []

    def _obey(self, order: str, learner_id: str, message_id: str, channel: str) -> Replies:
        """Carry out an order of the assistant's; the rows are marked in the same transaction."""
        key = self._doors.get(message_id, "")
        with self._engine.begin() as connection:
            if order == "unlink_others":
                count = self._doorways.close_others(connection, learner_id, channel, key)
                return receipts.tell(order, {"doors": count}, self._clock())
            if order == "unlink_this" and sum(self._doorways.counts(connection, learner_id).values()) < 2:
                return receipts.tell("unlink_alone", {}, self._clock())
            counts: dict[str, int] = {}
            new_id = self._move_in(connection, learner_id, message_id, channel, key)
            if order == "erase":
                counts = erase(self._belongings, connection, learner_id)
            mark = f"{ERRAND}told{json.dumps({'kind': order, 'counts': counts})}"
            _mark(connection, new_id, message_id, payload=mark)
        if order == "erase":
            _remember(self._gone, learner_id, "")
            self._drop_deleted()
        self._mailroom.answer(new_id, message_id, receipts.tell(order, counts, self._clock(), channel))
        return []

    def _drop_deleted(self) -> None:
        if why := drop_deleted(self._engine, LARGEST_BYTES):
            log.warning("copies of what was deleted may stand in the database until the daily work: %s", why)

    def _move_in(self, connection: Connection, learner_id: str, message_id: str, channel: str, key: str) -> str:
        """Let the door of a message lead to somebody new, whose only row is that message."""
        new_id = secrets.token_hex(16)
        self._doorways.turn(connection, learner_id, channel, key, new_id)
        _mark(connection, learner_id, message_id, learner_id=new_id, payload="")
        return new_id

    def _follow(self, learner_id: str) -> Replies:
        """Bring what came in too late, for somebody who is gone, to where they went; or forget it."""
        target = self._gone.get(learner_id, "")
        while target in self._gone:
            target = self._gone[target]
        with self._engine.begin() as connection:
            if target:
                join(self._belongings, connection, learner_id, target)
            else:
                erase(self._belongings, connection, learner_id)
        if not target:
            self._drop_deleted()
        return []

    def _is_stray(self, learner_id: str) -> bool:
        """Tell a message under a number that another gateway has just erased: no door leads there, and nothing is left.

        It was let in by a door that had looked the number up a moment before.
        """
        with reading(self._engine) as connection:
            if self._doorways.leads_here(connection, learner_id):
                return False
            others = [one for one in self._belongings.holdings if one.name not in ("inbox", "outbox")]
            return not any(count(connection, one, learner_id) for one in others)


def _mark(connection: Connection, owner: str, message_id: str, **values: str) -> None:
    table = tables.inbox
    is_it = (table.c.learner_id == owner, table.c.message_id == message_id)
    connection.execute(table.update().where(*is_it).values(**values))


def _remember(memory: OrderedDict[str, str], name: str, value: str) -> None:
    memory[name] = value
    while len(memory) > REMEMBERED:
        memory.popitem(last=False)
