"""What the doors do themselves: codes for another device, unlinking, and an erasure that writes nothing back."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import Engine

from channels import tables
from channels.fake_assistant import FakeAssistant
from channels.porter import Porter
from settings import Settings
from tests.channels.house import House, texts
from tests.channels.visitor import post
from tests.learning.histories import NOON

ERASE = [{"text": "Deleting.", "custom": {"order": "erase"}}]


@pytest.fixture
def house(settings: Settings, engine: Engine, assistant: FakeAssistant) -> House:
    """Give a gateway."""
    return House(settings, engine, assistant)


async def test_button_of_the_porter_cannot_be_typed(house: House) -> None:
    """What is typed is a text for the assistant, whatever it looks like."""
    phone = await house.newcomer()

    answer = await post(phone, '/door_told{"kind": "erase", "counts": {}}', "typed-it")

    assert texts(answer).startswith("You said: door_told")


async def test_erasure_leaves_no_row_and_gives_a_receipt(house: House) -> None:
    """Every row of the old learner is gone; the browser is somebody new, whose only messages are the receipt."""
    client, other = await house.newcomer(), await house.newcomer()
    ann, bob = house.learners()
    house.write_note(ann, "of ann")
    house.write_note(bob, "of bob")
    await post(client, "my neighbour Oskar", "message-1")
    house.assistant.replies = ERASE

    erased = await post(client, "yes", "message-2")

    (new, _) = house.learners()
    assert new not in (ann, bob)
    assert house.count(ann) == 0
    assert "Everything about you is deleted" in texts(erased)
    assert "notes: 1" in texts(erased)
    assert "plans" in texts(erased)
    assert (await client.get("/api/messages")).json() == erased.json()
    assert house.notes(bob) == ["of bob"]
    assert (await other.get("/api/messages")).status_code == 200


async def test_receipt_comes_again_with_the_same_message(house: House) -> None:
    """A repeat of the yes erases nobody, and brings the same receipt."""
    client = await house.newcomer()
    house.assistant.replies = ERASE
    erased = await post(client, "yes", "message-2")
    before = house.learners()

    again = await post(client, "yes", "message-2")

    assert again.json() == erased.json()
    assert house.learners() == before


async def test_receipt_is_given_after_a_crash_between_erasing_and_telling(house: House) -> None:
    """The erasure is done and its mark is there, but nothing was told: the same message brings the receipt."""
    client = await house.newcomer()
    house.assistant.replies = ERASE
    await post(client, "yes", "message-2")
    with house.engine.begin() as connection:  # as it stands when the gateway dies right after the erasure
        connection.execute(tables.outbox.delete())
        connection.execute(tables.button.delete())
        connection.execute(tables.inbox.update().values(answered_at=None))
    turns = len(house.assistant.turns)

    again = await post(client, "yes", "message-2")

    assert "Everything about you is deleted" in texts(again)
    assert len(house.assistant.turns) == turns


async def test_erasure_closes_the_other_doors(house: House) -> None:
    """A second device of the same person leads nowhere any more."""
    laptop, phone = await house.newcomer(), await house.newcomer()
    await post(phone, house.codes.make(house.learners()[0]), "the-code")
    house.assistant.replies = ERASE

    await post(laptop, "yes", "message-2")

    assert len(house.learners()) == 1
    assert (await phone.get("/api/messages")).status_code == 401


async def test_unlinking_the_others_keeps_this_door(house: House) -> None:
    """The phone is signed out and somebody new; the laptop has everything."""
    laptop, phone = await house.newcomer(), await house.newcomer()
    ann = house.learners()[0]
    house.write_note(ann, "of ann")
    await post(phone, house.codes.make(ann), "the-code")
    house.assistant.replies = [{"text": "-", "custom": {"order": "unlink_others"}}]

    done = await post(laptop, "yes", "message-2")

    assert "Doors closed: 1" in texts(done)
    assert (await phone.post("/api/session")).json()["new"]
    assert house.learners()[0] == ann
    assert house.notes(ann) == ["of ann"]


async def test_unlinking_this_door_makes_it_somebody_new(house: House) -> None:
    """The phone is somebody new and says so; the laptop goes on with everything."""
    laptop, phone = await house.newcomer(), await house.newcomer()
    ann = house.learners()[0]
    house.write_note(ann, "of ann")
    await post(phone, house.codes.make(ann), "the-code")
    house.assistant.replies = [{"text": "-", "custom": {"order": "unlink_this"}}]

    done = await post(phone, "yes", "message-2")

    assert "on its own now" in texts(done)
    assert (await phone.get("/api/messages")).json() == done.json()
    assert house.learners()[0] == ann != house.learners()[1]
    assert house.notes(ann) == ["of ann"]
    assert (await laptop.get("/api/messages")).status_code == 200


async def test_unlinking_the_only_door_changes_nothing(house: House) -> None:
    """Nobody loses their way to their own course by an old button."""
    laptop = await house.newcomer()
    before = house.learners()
    house.assistant.replies = [{"text": "-", "custom": {"order": "unlink_this"}}]

    assert "nothing to unlink" in texts(await post(laptop, "yes", "message-2"))
    assert house.learners() == before


async def test_message_under_a_number_that_another_gateway_erased_is_forgotten(
    house: House, engine: Engine, assistant: FakeAssistant
) -> None:
    """No door leads to the number and nothing else is there: the assistant is not asked, and no row stays."""
    row = {"learner_id": "gone", "message_id": "message-9", "said_hash": "-", "payload": "hello", "received_at": NOON}
    with engine.begin() as connection:
        connection.execute(tables.inbox.insert().values(row))

    replies = await Porter(engine, assistant, house.codes).turn("gone", "message-9", "hello", "web")

    assert replies == []
    assert assistant.turns == []
    assert house.count("gone") == 0


@pytest.mark.parametrize("is_joined", [True, False])
async def test_what_comes_in_too_late_is_not_kept_for_who_is_gone(
    house: House, engine: Engine, assistant: FakeAssistant, is_joined: bool
) -> None:
    """A message that was let in under the old number follows the person, or is forgotten with them."""
    await house.newcomer()
    await house.newcomer()
    ann, bob = house.learners()
    porter = Porter(engine, assistant, house.codes)
    assistant.replies = ERASE
    await porter.turn(bob, "message-1", house.codes.make(ann) if is_joined else "yes", "web")
    house.write_note(bob, "too late")

    replies = await porter.turn(bob, "message-2", "hello", "web")

    assert replies == []
    assert house.notes(ann) == (["too late"] if is_joined else [])
    assert house.count(bob) == 0
