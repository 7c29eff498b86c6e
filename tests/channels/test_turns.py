"""Each person's turns are taken one at a time, in order, and each message once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from channels.errors import AssistantUnavailable, Conflict, TooMany
from channels.fake_assistant import FakeAssistant
from channels.mailroom import Mailroom
from channels.said import Said
from channels.turns import WAITING_AT_MOST, Turns


@pytest.fixture
def turns(mailroom: Mailroom, assistant: FakeAssistant) -> Turns:
    """Give turns with an assistant that takes a moment."""
    assistant.delay_seconds = 0.02
    return Turns(mailroom, assistant)


async def take(turns: Turns, text: str, *, learner_id: str = "ann", message_id: str | None = None) -> Any:
    """Take one turn."""
    return await turns.take(learner_id, Said(message_id or f"id-of-{text}", text=text), "web")


async def test_turn_gives_replies_of_assistant(turns: Turns, assistant: FakeAssistant) -> None:
    """The assistant hears who said what, in which message and where; its replies come back."""
    (reply,) = await take(turns, "hello")

    told = {"learner_id": "ann", "message_id": "id-of-hello", "text": "hello", "channel": "web"}
    assert assistant.turns == [told]
    assert (reply["from"], reply["text"]) == ("tutor", "You said: hello")


async def test_turns_of_one_person_run_in_order(turns: Turns, assistant: FakeAssistant) -> None:
    """A turn begins when the one before it has ended."""
    await asyncio.gather(*(take(turns, word) for word in "abcde"))

    assert assistant.steps == [f"{step} {word}" for word in "abcde" for step in ("begin", "end")]


async def test_turns_of_two_people_run_together(turns: Turns, assistant: FakeAssistant) -> None:
    """Nobody waits for somebody else."""
    assistant.delay_seconds = 0.5

    await asyncio.gather(take(turns, "a", learner_id="ann"), take(turns, "b", learner_id="bob"))

    assert sorted(assistant.steps[:2]) == ["begin a", "begin b"]


async def test_same_message_at_once_is_taken_once(turns: Turns, assistant: FakeAssistant) -> None:
    """Copies that come at the same instant all get the one reply."""
    replies = await asyncio.gather(*(take(turns, "hello") for _ in range(4)))

    assert len(assistant.turns) == 1
    assert all(reply == replies[0] for reply in replies)


async def test_same_message_later_gets_kept_reply(turns: Turns, assistant: FakeAssistant) -> None:
    """A repeat is answered from what was kept, also by another gateway process."""
    first = await take(turns, "hello")
    await take(turns, "more")

    again = await take(Turns(turns._mailroom, FakeAssistant(is_down=True)), "hello")

    assert again == first
    assert len(assistant.turns) == 2


async def test_failed_turn_is_kept_and_retry_answers(
    turns: Turns, assistant: FakeAssistant, mailroom: Mailroom
) -> None:
    """A failure is told; the message stays, and the same one again is answered and stands there once."""
    assistant.is_down = True
    with pytest.raises(AssistantUnavailable, match="Your message is kept"):
        await take(turns, "hello")
    assistant.is_down = False

    (reply,) = await take(turns, "hello")

    assert reply["text"] == "You said: hello"
    assert [message["text"] for message in mailroom.history("ann")] == ["hello", "You said: hello"]


async def test_failed_turn_does_not_hold_up_next(turns: Turns, assistant: FakeAssistant) -> None:
    """Those who wait get their turn whatever became of the one before."""
    assistant.is_down = True

    outcomes = await asyncio.gather(take(turns, "a"), take(turns, "b"), return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [AssistantUnavailable] * 2
    assert assistant.steps == ["begin a", "end a", "begin b", "end b"]


async def test_cancelled_turn_does_not_hold_up_next(turns: Turns) -> None:
    """A turn that is given up lets go of the person's place in the line."""
    turn = asyncio.create_task(take(turns, "a"))
    await asyncio.sleep(0.01)
    turn.cancel()

    (reply,) = await take(turns, "b")

    assert reply["text"] == "You said: b"
    assert turns._locks == {}


async def test_conflicting_message_reaches_no_assistant(turns: Turns, assistant: FakeAssistant) -> None:
    """Another text under a used id is refused at the door."""
    await take(turns, "hello")

    with pytest.raises(Conflict):
        await take(turns, "other", message_id="id-of-hello")

    assert len(assistant.turns) == 1


async def test_too_many_waiting_are_told(turns: Turns, assistant: FakeAssistant) -> None:
    """Over the limit the person is asked to wait; those within it are answered."""
    words = [f"word-{number:02}" for number in range(WAITING_AT_MOST + 4)]

    outcomes = await asyncio.gather(*(take(turns, word) for word in words), return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [list] * WAITING_AT_MOST + [TooMany] * 4
    assert [turn["text"] for turn in assistant.turns] == words[:WAITING_AT_MOST]


async def test_locks_are_forgotten_after_turns(turns: Turns, assistant: FakeAssistant) -> None:
    """Nothing is left in memory of people who have gone, whatever became of their turns."""
    await asyncio.gather(*(take(turns, "a", learner_id=f"learner-{number}") for number in range(5)))
    assistant.is_down = True
    await asyncio.gather(take(turns, "b"), take(turns, "b"), return_exceptions=True)

    assert turns._locks == {}
