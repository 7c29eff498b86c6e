"""Codes at the door: typed or pressed, once or twice, interrupted, and across a restart."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import Engine

from channels.fake_assistant import FakeAssistant
from channels.gateway import create_app
from settings import Settings
from tests.channels.house import House, press, texts
from tests.channels.visitor import post, visit


@pytest.fixture
def house(settings: Settings, engine: Engine, assistant: FakeAssistant) -> House:
    """Give a gateway."""
    return House(settings, engine, assistant)


async def test_typed_code_joins_a_new_browser(house: House) -> None:
    """Both browsers lead to one learner, who has the notes; the assistant is never told of the code."""
    laptop, phone = await house.newcomer(), await house.newcomer()
    ann, _ = house.learners()
    house.write_note(ann, "of ann")

    joined = await post(phone, house.codes.make(ann).lower(), "the-code")

    assert "same course" in texts(joined)
    assert house.learners() == [ann, ann]
    assert house.assistant.turns == []
    assert (await laptop.get("/api/messages")).json() == (await phone.get("/api/messages")).json()


async def test_answer_to_a_code_is_the_same_when_the_message_comes_again(house: House) -> None:
    """A repeat, as after a lost connection, is told what was told before."""
    await house.newcomer()
    phone = await house.newcomer()
    code = house.codes.make(house.learners()[0])

    first = await post(phone, code, "the-code")
    again = await post(phone, code, "the-code")

    assert again.json() == first.json()


async def test_two_histories_are_joined_after_one_question(house: House) -> None:
    """Who has begun at both is asked once; a yes puts everything together."""
    await house.newcomer()
    phone = await house.newcomer()
    ann, bob = house.learners()
    house.write_note(ann, "of ann")
    house.write_note(bob, "of bob")

    asked = await post(phone, house.codes.make(ann), "the-code")
    before = house.learners()
    joined = await press(phone, asked, "Put both", "yes-both")

    assert "put both together" in texts(asked)
    assert before == [ann, bob]
    assert "both are one" in texts(joined)
    assert sorted(house.notes(ann)) == ["of ann", "of bob"]
    assert house.count(bob) == 0


async def test_two_histories_stay_apart_after_a_no(house: House) -> None:
    """A no changes nothing, and says so."""
    await house.newcomer()
    phone = await house.newcomer()
    ann, bob = house.learners()
    house.write_note(bob, "of bob")

    asked = await post(phone, house.codes.make(ann), "the-code")
    left = await press(phone, asked, "Not now", "not-now-1")

    assert "left both as they are" in texts(left)
    assert house.learners() == [ann, bob]


@pytest.mark.parametrize("interruption", ["what is co-creation?", "help", "stop", "asdf qwertz", "skip", "back"])
async def test_question_about_joining_left_for_something_else_still_works(house: House, interruption: str) -> None:
    """What comes in between is answered by the assistant and joins nothing; the button joins afterwards."""
    await house.newcomer()
    phone = await house.newcomer()
    ann, bob = house.learners()
    house.write_note(bob, "of bob")
    asked = await post(phone, house.codes.make(ann), "the-code")

    between = await post(phone, interruption, "in-between")
    still = house.learners()
    joined = await press(phone, asked, "Put both", "yes-both")

    assert texts(between) == f"You said: {interruption}"
    assert still == [ann, bob]
    assert "both are one" in texts(joined)
    assert house.notes(ann) == ["of bob"]


async def test_joining_pressed_twice_under_two_ids_joins_once(house: House) -> None:
    """A double tap: both presses are told that it is done, nothing is there twice."""
    await house.newcomer()
    phone = await house.newcomer()
    ann, bob = house.learners()
    house.write_note(ann, "of ann")
    house.write_note(bob, "of bob")
    asked = await post(phone, house.codes.make(ann), "the-code")

    answers = [await press(phone, asked, "Put both", f"yes-both-{n}") for n in range(2)]

    assert all("Done" in texts(answer) for answer in answers)
    assert sorted(house.notes(ann)) == ["of ann", "of bob"]
    assert house.learners() == [ann, ann]


async def test_code_typed_twice_under_two_ids_joins_once(house: House) -> None:
    """The second of the two does not say that the code was used: it is told as done, too."""
    await house.newcomer()
    phone = await house.newcomer()
    code = house.codes.make(house.learners()[0])

    answers = [await post(phone, code, f"the-code-{n}") for n in range(2)]

    assert all(texts(answer).startswith("Done") for answer in answers)
    assert len(set(house.learners())) == 1


@pytest.mark.parametrize(
    ("typed", "told", "is_joined"),
    [
        ("yes", "both are one", True),
        ("Yes, please!", "both are one", True),
        ("put both together", "both are one", True),
        ("no", "left both", False),
        ("Not now", "left both", False),
        ("no thanks", "left both", False),
    ],
)
async def test_yes_or_no_typed_to_joining_counts_like_its_button(
    house: House, typed: str, told: str, is_joined: bool
) -> None:
    """Whoever types instead of pressing is understood."""
    await house.newcomer()
    phone = await house.newcomer()
    ann, bob = house.learners()
    house.write_note(bob, "of bob")
    await post(phone, house.codes.make(ann), "the-code")

    answer = await post(phone, typed, "typed-it")

    assert told in texts(answer)
    assert (house.learners() == [ann, ann]) is is_joined


async def test_yes_typed_later_is_for_the_assistant(house: House) -> None:
    """After anything else a yes means something else, and joins nothing."""
    await house.newcomer()
    phone = await house.newcomer()
    ann, bob = house.learners()
    house.write_note(bob, "of bob")
    await post(phone, house.codes.make(ann), "the-code")
    await post(phone, "what is co-creation?", "in-between")

    answer = await post(phone, "yes", "typed-it")

    assert texts(answer) == "You said: yes"
    assert house.learners() == [ann, bob]


async def test_question_about_joining_survives_a_restart(house: House, settings: Settings) -> None:
    """Another gateway, which remembers nothing, takes the yes that is typed, and joins."""
    await house.newcomer()
    phone = await house.newcomer()
    ann, bob = house.learners()
    house.write_note(bob, "of bob")
    await post(phone, house.codes.make(ann), "the-code")
    restarted = visit(create_app(settings, FakeAssistant()))
    restarted.cookies = phone.cookies

    answer = await post(restarted, "yes", "typed-it")

    assert "both are one" in texts(answer)
    assert house.notes(ann) == ["of bob"]


async def test_wrong_code_is_told_kindly(house: House) -> None:
    """A code that nobody made joins nothing."""
    phone = await house.newcomer()

    assert "does not work" in texts(await post(phone, "BBBB-BBBB", "the-code"))
