"""Sending reminders: a loop that claims what is due and puts it into the outbox, each once.

The claim and the message are one transaction, so a crash between them loses nothing and sends nothing twice. A door
that brings messages finds it in the outbox; on the web it waits in the history.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool

from channels import tables
from channels.outbox import write_replies
from channels.words import say
from database import now_utc, reading
from knowledge.live import live_knowledge
from knowledge.model import Knowledge
from learning.lessons import LessonWalk
from learning.reminder_store import Reminder, ReminderRecords
from learning.reminders import QuietHours
from learning.repeating import Repeating
from learning.store import LearningStore
from settings import Settings

log = logging.getLogger(__name__)
LOOK_SECONDS = 20.0
LONGEST_PAUSE_SECONDS = 300.0
GO_ON = "/continue_lesson"
PAGE = "web"  # the one door that cannot ring


class Reminding:
    """Looks for due reminders, for as long as the gateway runs.

    Args:
        engine: The database.
        settings: The time zone of learners who have not said theirs, and the quiet hours.
        clock: Gives the present moment in UTC, without a zone.
        pause: Waits for some seconds.
        find_knowledge: Gives the course as it is now; the settings' own when nothing else is said.
    """

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        clock: Callable[[], datetime] = now_utc,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        find_knowledge: Callable[[], Knowledge] | None = None,
    ) -> None:
        self._engine = engine
        self._quiet = QuietHours(*settings.quiet_hours)
        self._time_zone = settings.time_zone
        self._clock = clock
        self._pause = pause
        self._find_knowledge = find_knowledge or live_knowledge(settings.content_dir, settings.kept_content)

    async def run(self) -> None:
        """Send what is due, again and again; trouble is logged, and the pauses grow until it is over."""
        seconds = LOOK_SECONDS
        while True:
            try:
                await run_in_threadpool(self.send_due)
                seconds = LOOK_SECONDS
            except Exception:  # whatever it is: the loop goes on
                log.exception("reminders cannot be sent; the next try is in %.0f s", seconds)
                seconds = min(seconds * 2, LONGEST_PAUSE_SECONDS)
            await self._pause(seconds)

    def send_due(self) -> int:
        """Send every reminder that is due now, and say how many were sent.

        Trouble with one does not keep back the others.

        Raises:
            Exception: The trouble there was with the last one that could not be sent.
        """
        now = self._clock()
        with reading(self._engine) as connection:
            waiting = ReminderRecords(connection, now, self._time_zone, self._quiet).due()
        sent, trouble = 0, None
        for reminder in waiting:
            try:
                sent += self._send(reminder, now)
            except IntegrityError:  # another gateway was as quick with another reminder of this person
                log.info("reminder %s: the day has had its reminder", reminder.id)
            except Exception as error:
                trouble = error
        if trouble:
            raise trouble
        return sent

    def note_zone(self, learner_id: str, zone: str) -> None:
        """Keep the time zone that a browser tells, where the person has not said another one."""
        with self._engine.begin() as connection:
            records = ReminderRecords(connection, self._clock(), self._time_zone, self._quiet)
            records.move_to_zone(learner_id, zone, "page")

    def _send(self, reminder: Reminder, now: datetime) -> bool:
        text = self._text(reminder.learner_id)
        with self._engine.begin() as connection:
            day = ReminderRecords(connection, now, self._time_zone, self._quiet).claim(reminder)
            if day is None:
                return False
            go_on = {"title": say("reminder_go_on"), "payload": GO_ON}
            said = [{"text": text, "buttons": [go_on]}]
            message_id = f"reminder-{reminder.id}-{day.isoformat()}"
            write_replies(connection, reminder.learner_id, message_id, said, _channel_for(connection, reminder))
        return True

    def _course(self) -> tuple[LessonWalk, Repeating]:
        knowledge = self._find_knowledge()
        store = LearningStore(self._engine, self._clock, self._time_zone)
        walk = LessonWalk(knowledge, store)
        return walk, Repeating(knowledge, store, walk)

    def _text(self, learner_id: str) -> str:
        """Say where the person is, and what is due."""
        walk, repeating = self._course()
        found, due = walk.where(learner_id), repeating.count_due(learner_id)
        if found is None:
            where = say("reminder_new")
        else:
            lesson, place = found
            total = len(lesson.steps)
            is_through = place.number >= total
            name = "reminder_through" if is_through else "reminder_here"
            where = say(name, lesson=lesson.title, number=min(place.number + 1, total), total=total)
        waiting = [say("reminder_due_one" if due == 1 else "reminder_due_some", count=due)] if due else []
        return "\n\n".join([" ".join([say("reminder_opening"), where, *waiting]), say("reminder_stop")])


def _channel_for(connection: Connection, reminder: Reminder) -> str:
    """Choose the door: one that brings messages, if the person ever wrote there, else where the reminder was asked for.

    The page shows the history of all doors, so the reminder waits there too.
    """
    table = tables.inbox
    of_person = (table.c.learner_id == reminder.learner_id, table.c.channel != PAGE)
    query = sa.select(table.c.channel).where(*of_person).order_by(table.c.received_at.desc()).limit(1)
    return connection.execute(query).scalar_one_or_none() or reminder.channel
