"""Messages are tried until they are answered, within a bound, and the person hears of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from channels.assistant import Assistant
from channels.fake_assistant import FakeAssistant
from channels.line import Patience
from channels.mailroom import Mailroom
from channels.said import Said
from channels.turns import Turns
from tests.channels.fake_rasa import FakeRasa, assistant_before

HELLO = Said("message-1", text="hello")


class StubbornAssistant(FakeAssistant):
    """An assistant in good health that one message breaks, with a fault that nobody foresaw; its text quotes."""

    async def turn(self, learner_id: str, message_id: str, text: str, channel: str) -> list[dict[str, Any]]:
        """Fail on the word "poison"."""
        replies = await super().turn(learner_id, message_id, text, channel)
        if text == "poison":
            quote = f"no rule for {text!r}"
            raise RuntimeError(quote)
        return replies


class OddAssistant(FakeAssistant):
    """An assistant that does not even know whether it is ready."""

    async def is_ready(self) -> bool:
        """Fail."""
        raise RuntimeError


class Bell:
    """A door that brings messages, and counts how often it was told to look."""

    def __init__(self) -> None:
        self.rings = 0

    def ring(self) -> None:
        """Count."""
        self.rings += 1


@asynccontextmanager
async def opened(mailroom: Mailroom, assistant: Assistant, **patience: Any) -> AsyncIterator[Turns]:
    """Open turns, and close them afterwards."""
    turns = Turns(mailroom, assistant, Patience(**patience))
    try:
        yield turns
    finally:
        await turns.close()


async def settle(turns: Turns) -> None:
    """Wait until nobody has a message open."""
    while turns._lines:
        await asyncio.gather(*(task for _, task in list(turns._lines.values())))


async def until_told(mailroom: Mailroom, learner_id: str = "ann") -> None:
    """Wait until a person's first open message is told to wait."""
    while not (letter := mailroom.first_open(learner_id)) or not letter.is_told:
        await asyncio.sleep(0.01)


def texts(mailroom: Mailroom) -> list[str]:
    """Return what ann's conversation shows."""
    return [message["text"] for message in mailroom.history("ann")]


async def test_message_is_answered_when_assistant_is_back(mailroom: Mailroom, assistant: FakeAssistant) -> None:
    """Nobody has to do anything: what waits is tried again and again."""
    assistant.is_down = True
    async with opened(mailroom, assistant) as turns:
        await turns.accept("ann", HELLO, "web")
        while len(assistant.turns) < 2:
            await asyncio.sleep(0.01)
        assistant.is_down = False
        await settle(turns)

    assert texts(mailroom) == ["hello", "You said: hello"]


async def test_message_is_given_up_after_bound_with_apology(mailroom: Mailroom, assistant: FakeAssistant) -> None:
    """When the bound is over, an apology takes the place of the answer, once."""
    assistant.is_down = True
    async with opened(mailroom, assistant, bound_seconds=0) as turns:
        await turns.accept("ann", HELLO, "web")
        await settle(turns)
        again = await turns.take("ann", HELLO, "web")

    assert [text[:10] for text in texts(mailroom)] == ["hello", "I am sorry"]
    assert [message["text"][:10] for message in again] == ["I am sorry"]


async def test_message_that_breaks_assistant_holds_up_nobody(
    mailroom: Mailroom, caplog: pytest.LogCaptureFixture
) -> None:
    """A message that fails while all is well is given up after some tries, and the next one is answered."""
    async with opened(mailroom, StubbornAssistant(), tries=2) as turns:
        await turns.accept("ann", Said("message-1", text="poison"), "web")
        await turns.accept("ann", Said("message-2", text="hello"), "web")
        await settle(turns)

    assert [text[:10] for text in texts(mailroom)] == ["poison", "hello", "I am sorry", "You said: "]
    assert "RuntimeError" in caplog.text and "poison" not in caplog.text


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b"{}"), (200, b"<html>"), (200, b'{"messages": [{"buttons": "no"}]}'), (200, b"x" * 10_000_000)],
    ids=["error", "no JSON", "no reply", "10 MB"],
)
async def test_nonsense_of_assistant_is_not_kept_and_message_is_answered(
    mailroom: Mailroom, status: int, body: bytes
) -> None:
    """Whatever Rasa sends in place of replies, nothing of it is shown, and its next good answer is, once."""
    rasa = FakeRasa(status, body)
    async with assistant_before(rasa) as assistant, opened(mailroom, assistant) as turns:
        await turns.accept("ann", HELLO, "web")
        while not rasa.requests:
            await asyncio.sleep(0.01)
        rasa.answers_with(200, b'{"messages": [{"text": "Good day."}]}')
        await settle(turns)

    assert texts(mailroom) == ["hello", "Good day."]


async def test_assistant_that_cannot_be_asked_is_away(mailroom: Mailroom) -> None:
    """Where not even readiness can be told, messages wait, and are not counted as broken."""
    assistant = OddAssistant(is_down=True)
    async with opened(mailroom, assistant, tries=1) as turns:
        await turns.accept("ann", HELLO, "web")
        while len(assistant.turns) < 2:
            await asyncio.sleep(0.01)

    letter = mailroom.first_open("ann")
    assert letter is not None and letter.tries == 0


async def test_waiting_is_told_by_door_that_brings(mailroom: Mailroom, assistant: FakeAssistant) -> None:
    """Where nobody waits at the door, a note in the outbox says that the message is kept, once for all that wait."""
    bell, assistant.is_down = Bell(), True
    async with opened(mailroom, assistant, told_seconds=0) as turns:
        turns.subscribe("telegram", bell.ring)
        for number in (1, 2):
            await turns.accept("ann", Said(f"message-{number}", text=f"hello {number}"), "telegram")
        await until_told(mailroom)
        assistant.is_down = False
        turns.wake("ann")
        await settle(turns)

    notes = [text for text in texts(mailroom) if "is kept" in text]
    assert len(notes) == 1
    assert [one["text"] for one in mailroom.undelivered("telegram")] == [
        notes[0],
        "You said: hello 1",
        "You said: hello 2",
    ]
    assert bell.rings >= 3


async def test_no_note_stands_in_history_of_web(mailroom: Mailroom, assistant: FakeAssistant) -> None:
    """The page is told with its own answer, and needs no bubble about it."""
    assistant.is_down = True
    async with opened(mailroom, assistant, told_seconds=0) as turns:
        await turns.accept("ann", HELLO, "web")
        await until_told(mailroom)

    assert texts(mailroom) == ["hello"]


async def test_start_picks_up_what_crash_left(mailroom: Mailroom, assistant: FakeAssistant) -> None:
    """What was kept and not answered before a crash is answered after it, everybody's in order."""
    for learner_id, number in (("ann", 1), ("bob", 1), ("ann", 2)):
        mailroom.take_in(learner_id, Said(f"message-{number}", text=f"hello {number}"))
    async with opened(mailroom, assistant) as turns:
        turns.start()
        while len(mailroom.history("ann")) + len(mailroom.history("bob")) < 6:
            await asyncio.sleep(0.01)

    assert texts(mailroom) == ["hello 1", "hello 2", "You said: hello 1", "You said: hello 2"]
    assert len(assistant.turns) == 3


async def test_line_survives_trouble_with_database(
    mailroom: Mailroom, engine: Engine, assistant: FakeAssistant
) -> None:
    """When the database fails in the middle of a turn, the message is answered after it is back."""
    assistant.delay_seconds = 0.1
    async with opened(mailroom, assistant) as turns:
        await turns.accept("ann", HELLO, "web")
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE outbox RENAME TO away")
        while len(assistant.turns) < 2:
            await asyncio.sleep(0.01)
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE away RENAME TO outbox")
        turns.wake("ann")
        await settle(turns)

    assert texts(mailroom) == ["hello", "You said: hello"]
