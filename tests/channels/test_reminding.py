"""Reminders that are due reach the outbox once, whatever goes wrong, and say where the person is."""

from __future__ import annotations

import asyncio
from datetime import datetime, time, timedelta
from threading import Thread

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from channels.mailroom import Mailroom
from channels.reminding import LONGEST_PAUSE_SECONDS, LOOK_SECONDS, Reminding
from channels.said import Said
from knowledge.model import Knowledge
from learning import tables
from learning.lessons import LessonWalk
from learning.reminder_store import ReminderRecords
from learning.reminders import ONCE, QuietHours, Wish
from learning.store import LearningStore
from settings import Settings
from tests.learning.samples import a_knowledge, a_lesson

NOON = datetime(2026, 5, 4, 12)
DAILY = Wish("FREQ=DAILY", NOON.date(), time(12), True)
COURSE = a_knowledge(a_lesson())


class Clock:
    """Shows the hour that a test sets; the loop's pauses pass at once, and are counted."""

    def __init__(self) -> None:
        self.now = NOON - timedelta(minutes=5)
        self.pauses: list[float] = []
        self.stop_after = 1

    def __call__(self) -> datetime:
        """Give the present moment."""
        return self.now

    async def pause(self, seconds: float) -> None:
        """Let time pass, and end the loop in the end."""
        self.pauses.append(seconds)
        self.now += timedelta(seconds=seconds)
        if len(self.pauses) >= self.stop_after:
            raise asyncio.CancelledError


class Course:
    """Finds the course, or fails to for some times."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures

    def __call__(self) -> Knowledge:
        """Load it."""
        if self.failures:
            self.failures -= 1
            raise OSError("the disk is away")
        return COURSE


@pytest.fixture
def clock() -> Clock:
    """Give a clock at five to twelve."""
    return Clock()


@pytest.fixture
def reminding(engine: Engine, settings: Settings, clock: Clock) -> Reminding:
    """Give the loop's work on a fresh database."""
    return Reminding(engine, settings, clock, clock.pause, Course())


def _keep(engine: Engine, learner_id: str = "ann", wish: Wish = DAILY, channel: str = "web") -> None:
    with engine.begin() as connection:
        records = ReminderRecords(connection, NOON - timedelta(minutes=5), "UTC", QuietHours())
        records.keep(learner_id, "message-0", wish, channel)


def test_reminder_is_sent_when_due_and_not_before(
    reminding: Reminding, engine: Engine, clock: Clock, mailroom: Mailroom
) -> None:
    """At noon it stands in the history, with one button, and a word on how to stop."""
    _keep(engine)

    assert reminding.send_due() == 0
    clock.now = NOON
    assert reminding.send_due() == 1
    assert reminding.send_due() == 0

    (message,) = mailroom.history("ann")
    assert message["client_id"] == "reminder-1-2026-05-04"
    assert [one["title"] for one in message["buttons"]] == ["Go on"]
    assert "first lesson" in message["text"] and "stop reminders" in message["text"]


def test_button_of_reminder_goes_on(reminding: Reminding, engine: Engine, clock: Clock, mailroom: Mailroom) -> None:
    """What is pressed under a reminder is passed on like any button."""
    _keep(engine)
    clock.now = NOON
    reminding.send_due()
    token = mailroom.history("ann")[0]["buttons"][0]["token"]

    assert mailroom.take_in("ann", Said("message-2", button=token)).payload == "/continue_lesson"


def test_reminder_says_where_the_person_is_and_what_is_due(
    reminding: Reminding, engine: Engine, clock: Clock, mailroom: Mailroom
) -> None:
    """The step in the lesson, and the questions that come back today."""
    clock.now = NOON - timedelta(days=3)
    walk = LessonWalk(COURSE, LearningStore(engine, clock))
    walk.begin("ann", "m1", "sample")
    walk.go_on("ann", "m2")
    walk.answer("ann", "m3", ("a",))
    clock.now = NOON
    _keep(engine)

    reminding.send_due()

    text = mailroom.history("ann")[0]["text"]
    assert "step 2 of 4 in **A sample**" in text
    assert "One question is due again today." in text


def test_reminder_goes_to_the_door_that_brings_messages(
    reminding: Reminding, engine: Engine, clock: Clock, mailroom: Mailroom
) -> None:
    """Who also writes from Telegram is reminded there; the page shows it too."""
    _keep(engine)
    _keep(engine, "bob", channel="telegram")
    mailroom.take_in("ann", Said("message-1", text="hello"), "telegram")
    clock.now = NOON

    reminding.send_due()

    assert [one["learner_id"] for one in mailroom.undelivered("telegram")] == ["ann", "bob"]
    assert len(mailroom.history("ann")) == 2


def test_two_gateways_at_once_send_one(settings: Settings, engine: Engine, clock: Clock, mailroom: Mailroom) -> None:
    """Several processes look at the same moment; each person hears once."""
    for name in ("ann", "bob", "cat"):
        _keep(engine, name)
    clock.now = NOON
    gateways = [Reminding(engine, settings, clock, clock.pause, Course()) for _ in range(4)]

    threads = [Thread(target=gateway.send_due) for gateway in gateways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [len(mailroom.history(name)) for name in ("ann", "bob", "cat")] == [1, 1, 1]


def test_reminder_missed_while_the_tutor_was_down_comes_once_or_not(
    settings: Settings, engine: Engine, clock: Clock, mailroom: Mailroom
) -> None:
    """After a restart an hour later it comes; after days only the next one does."""
    _keep(engine)
    _keep(engine, "bob", Wish(ONCE, NOON.date(), time(12), True))
    clock.now = NOON + timedelta(hours=1)
    Reminding(engine, settings, clock, clock.pause, Course()).send_due()
    assert (len(mailroom.history("ann")), len(mailroom.history("bob"))) == (1, 1)

    clock.now = NOON + timedelta(days=3, hours=5)
    later = Reminding(engine, settings, clock, clock.pause, Course())
    later.send_due()
    assert len(mailroom.history("ann")) == 1

    clock.now = NOON + timedelta(days=4)
    later.send_due()
    assert len(mailroom.history("ann")) == 2


def test_crash_between_claim_and_message_loses_nothing(
    reminding: Reminding, engine: Engine, clock: Clock, mailroom: Mailroom
) -> None:
    """Where the outbox cannot be written the claim is not kept either, and the next try sends it."""
    _keep(engine)
    clock.now = NOON
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE outbox RENAME TO outbox_away"))
    with pytest.raises(OperationalError):
        reminding.send_due()
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE outbox_away RENAME TO outbox"))

    assert reminding.send_due() == 1
    assert len(mailroom.history("ann")) == 1


async def test_loop_goes_on_after_trouble_with_longer_pauses(
    settings: Settings, engine: Engine, clock: Clock, mailroom: Mailroom, caplog: pytest.LogCaptureFixture
) -> None:
    """Trouble is logged; pauses double up to a limit, and are short again when it is over."""
    _keep(engine)
    clock.now, clock.stop_after = NOON, 8
    reminding = Reminding(engine, settings, clock, clock.pause, Course(failures=6))

    with pytest.raises(asyncio.CancelledError):
        await reminding.run()

    assert clock.pauses[:3] == [LOOK_SECONDS * 2, LOOK_SECONDS * 4, LOOK_SECONDS * 8]
    assert clock.pauses[5] == LONGEST_PAUSE_SECONDS
    assert clock.pauses[6:] == [LOOK_SECONDS, LOOK_SECONDS]
    assert "reminders cannot be sent" in caplog.text
    assert len(mailroom.history("ann")) == 1


@pytest.mark.parametrize(
    ("told", "kept"),
    [("Europe/Tallinn", "Europe/Tallinn"), ("UTC", None), ("Nowhere/Such", None), (7, None), ("../etc/passwd", None)],
)
async def test_session_keeps_the_time_zone_of_the_browser(
    stranger: httpx.AsyncClient, engine: Engine, told: object, kept: str | None
) -> None:
    """A browser may say by which clock the person lives; what is no zone is left aside."""
    response = await stranger.post("/api/session", json={"time_zone": told})

    with engine.connect() as connection:
        zone = connection.execute(sa.select(tables.learner.c.time_zone)).scalar_one_or_none()
    assert (response.status_code, response.json()["new"], zone) == (200, True, kept)


async def test_session_opened_again_follows_the_browser(stranger: httpx.AsyncClient, engine: Engine) -> None:
    """Who travels is followed; a body that is no JSON is refused and changes nothing."""
    for zone in ("Europe/Tallinn", "Europe/Madrid"):
        await stranger.post("/api/session", json={"time_zone": zone})
    again = await stranger.post("/api/session", content=b"{")

    with engine.connect() as connection:
        assert connection.execute(sa.select(tables.learner.c.time_zone)).scalars().all() == ["Europe/Madrid"]
    assert again.status_code == 400
