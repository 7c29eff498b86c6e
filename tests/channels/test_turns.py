"""Each person's turns are taken one at a time, in order, and each message once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from channels.errors import Conflict, StillWaiting, TooMany
from channels.fake_assistant import FakeAssistant
from channels.line import Patience
from channels.mailroom import WAITING_AT_MOST, Mailroom
from channels.said import Said
from channels.turns import Turns

HASTY = Patience(told_seconds=0.05)


@pytest.fixture
async def turns(mailroom: Mailroom, assistant: FakeAssistant) -> AsyncIterator[Turns]:
    """Give turns with an assistant that takes a moment."""
    assistant.delay_seconds = 0.02
    turns = Turns(mailroom, assistant)
    yield turns
    await turns.close()


@pytest.fixture
async def hasty_turns(mailroom: Mailroom, assistant: FakeAssistant) -> AsyncIterator[Turns]:
    """Give turns that tell at once that a message waits, with an assistant that is away."""
    assistant.is_down = True
    turns = Turns(mailroom, assistant, HASTY)
    yield turns
    await turns.close()


async def take(turns: Turns, text: str, *, learner_id: str = "ann", message_id: str | None = None) -> Any:
    """Take one turn."""
    return await turns.take(learner_id, Said(message_id or f"id-of-{text}", text=text), "web")


async def try_to_take(turns: Turns, text: str) -> Any:
    """Take one turn; nothing where it still waits."""
    try:
        return await take(turns, text)
    except StillWaiting:
        return []


async def all_answered(turns: Turns) -> None:
    """Wait until no line is left."""
    while turns._lines:
        await asyncio.gather(*(task for _, task in list(turns._lines.values())))


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
    assistant.delay_seconds = 0.1

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


async def test_message_without_answer_is_kept_and_answered_later(
    hasty_turns: Turns, assistant: FakeAssistant, mailroom: Mailroom
) -> None:
    """While the assistant is away the person is told so; when it is back, the message is answered by itself."""
    with pytest.raises(StillWaiting, match="Your message is kept"):
        await take(hasty_turns, "hello")
    assistant.is_down = False

    hasty_turns.wake("ann")
    await all_answered(hasty_turns)

    assert [message["text"] for message in mailroom.history("ann")] == ["hello", "You said: hello"]


async def test_same_message_again_is_tried_at_once(
    hasty_turns: Turns, assistant: FakeAssistant, mailroom: Mailroom
) -> None:
    """Somebody who sends a waiting message again need not wait for its next try, and has it there once."""
    with pytest.raises(StillWaiting):
        await take(hasty_turns, "hello")
    assistant.is_down = False

    while not (replies := await try_to_take(hasty_turns, "hello")):
        pass

    assert [reply["text"] for reply in replies] == ["You said: hello"]
    assert [message["text"] for message in mailroom.history("ann")] == ["hello", "You said: hello"]


async def test_later_message_waits_behind_earlier_one(hasty_turns: Turns, assistant: FakeAssistant) -> None:
    """What comes after a message that waits is answered after it."""
    outcomes = await asyncio.gather(take(hasty_turns, "a"), take(hasty_turns, "b"), return_exceptions=True)
    assistant.is_down, assistant.steps = False, []

    hasty_turns.wake("ann")
    await all_answered(hasty_turns)

    assert [type(outcome) for outcome in outcomes] == [StillWaiting] * 2
    assert assistant.steps == ["begin a", "end a", "begin b", "end b"]


async def test_message_is_answered_after_its_sender_left(
    turns: Turns, assistant: FakeAssistant, mailroom: Mailroom
) -> None:
    """A connection that is lost in the middle of a turn costs nothing."""
    turn = asyncio.create_task(take(turns, "a"))
    while not assistant.turns:
        await asyncio.sleep(0.01)
    turn.cancel()

    (reply,) = await take(turns, "b")

    assert reply["text"] == "You said: b"
    assert [message["text"] for message in mailroom.history("ann")][-3:] == ["b", "You said: a", "You said: b"]
    assert len(assistant.turns) == 2


async def test_conflicting_message_reaches_no_assistant(turns: Turns, assistant: FakeAssistant) -> None:
    """Another text under a used id is refused at the door."""
    await take(turns, "hello")

    with pytest.raises(Conflict):
        await take(turns, "other", message_id="id-of-hello")

    assert len(assistant.turns) == 1


async def test_too_many_waiting_are_told(hasty_turns: Turns, assistant: FakeAssistant) -> None:
    """Over the limit the person is asked to wait; those within it are answered."""
    words = [f"word-{number:02}" for number in range(WAITING_AT_MOST + 4)]
    outcomes = await asyncio.gather(*(take(hasty_turns, word) for word in words), return_exceptions=True)
    assistant.is_down, assistant.turns = False, []

    hasty_turns.wake("ann")
    await all_answered(hasty_turns)

    assert [type(outcome) for outcome in outcomes] == [StillWaiting] * WAITING_AT_MOST + [TooMany] * 4
    assert [turn["text"] for turn in assistant.turns] == words[:WAITING_AT_MOST]


async def test_lines_are_forgotten_after_turns(turns: Turns) -> None:
    """Nothing is left in memory of people who have gone."""
    await asyncio.gather(*(take(turns, "a", learner_id=f"learner-{number}") for number in range(5)))

    await all_answered(turns)

    assert (turns._lines, turns._entrances) == ({}, {})
