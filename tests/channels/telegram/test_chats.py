"""Chats and learners, updates taken once, and keyboards of which one button counts."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from channels.mailroom import Mailroom
from channels.telegram.chats import BLOCKED, GONE, Chats, Claims
from channels.telegram.dead_letters import DeadLetters
from channels.telegram.keyboards import Keyboards
from channels.telegram.tables import telegram_update
from database import now_utc

ANN, BOB = 11, 12


@pytest.fixture
def chats(engine: Engine) -> Iterator[Chats]:
    """Give the chats of a fresh database."""
    yield Chats(engine)


def test_chat_leads_to_the_same_learner_again(chats: Chats) -> None:
    """Whoever comes again is known, and the way back leads to the chat."""
    learner_id = chats.learner(ANN)

    assert chats.learner(ANN) == learner_id != chats.learner(BOB)
    assert chats.of(learner_id) == [ANN]


def test_new_chat_at_the_same_moment_is_one_learner(chats: Chats) -> None:
    """Several first messages at once make one learner."""
    with ThreadPoolExecutor(8) as pool:
        learners = set(pool.map(chats.learner, [ANN] * 16))

    assert len(learners) == 1


@pytest.mark.parametrize("state", [BLOCKED, GONE])
def test_closed_chat_is_not_reached_until_somebody_writes(chats: Chats, state: str) -> None:
    """A chat that takes nothing is left alone, and opened by whoever comes back."""
    learner_id = chats.learner(ANN)
    chats.set_state(ANN, state)
    closed = chats.of(learner_id)

    assert closed == []
    assert chats.learner(ANN) == learner_id
    assert chats.of(learner_id) == [ANN]


def test_moved_chat_keeps_its_learner(chats: Chats) -> None:
    """The new number leads to the same learner; the old one is somebody new."""
    learner_id = chats.learner(ANN)
    chats.move(ANN, BOB)

    assert chats.learner(BOB) == learner_id
    assert chats.learner(ANN) != learner_id


def test_chat_moved_to_a_known_one_is_gone(chats: Chats) -> None:
    """Two numbers of one group do not end in an error."""
    old, new = chats.learner(ANN), chats.learner(BOB)
    chats.move(ANN, BOB)

    assert (chats.of(old), chats.of(new)) == ([], [BOB])


def test_update_is_claimed_once(engine: Engine) -> None:
    """Of many who take an update at once one gets it; another bot counts by itself."""
    claims = Claims(engine, "bot")
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(claims.claim, [5] * 16))

    assert taken.count(True) == 1
    assert claims.is_taken(5)
    assert not Claims(engine, "other").is_taken(5)


def test_old_claims_are_forgotten(engine: Engine) -> None:
    """What cannot come again need not be kept."""
    claims = Claims(engine, "bot")
    claims.claim(1)
    with engine.begin() as connection:
        connection.execute(telegram_update.update().values(taken_at=now_utc() - timedelta(days=8)))
    claims.claim(2)

    claims.forget_old()

    assert (claims.is_taken(1), claims.is_taken(2)) == (False, True)


def offer(mailroom: Mailroom, learner_id: str, message_id: str) -> list[dict[str, str]]:
    """Put a message with three buttons into the outbox; returns them."""
    titles = ("More", "Back")
    buttons = [{"title": title, "payload": f"/{title}"} for title in titles]
    mailroom.post(learner_id, message_id, "Choose.", buttons, "telegram")
    found: list[dict[str, str]] = mailroom.replies(learner_id, message_id)[0]["buttons"]
    return found


def test_first_press_counts_and_others_are_told_apart(engine: Engine, mailroom: Mailroom) -> None:
    """One button of a keyboard counts; the same again is known as such."""
    keyboards = Keyboards(engine)
    more, back = (button["token"] for button in offer(mailroom, "ann", "m-1"))
    keyboard = keyboards.find("ann", more)
    assert keyboard

    presses = [keyboards.press("ann", keyboard, token) for token in (more, more, back)]

    assert presses == ["first", "again", "other"]
    assert keyboards.pressed(keyboard.outbox_id) == [more]


def test_released_press_can_be_made_again(engine: Engine, mailroom: Mailroom) -> None:
    """A press that could not be taken leaves the keyboard as it was."""
    keyboards = Keyboards(engine)
    more, back = (button["token"] for button in offer(mailroom, "ann", "m-1"))
    keyboard = keyboards.find("ann", more)
    assert keyboard
    keyboards.press("ann", keyboard, more)

    keyboards.release(keyboard, more)

    assert keyboards.press("ann", keyboard, back) == "first"


def test_keyboard_is_found_by_its_owner_only(engine: Engine, mailroom: Mailroom) -> None:
    """A token leads to nothing for anybody else, nor does a part of one."""
    keyboards = Keyboards(engine)
    token = offer(mailroom, "ann", "m-1")[0]["token"]

    assert keyboards.find("bob", token) is None
    assert keyboards.find("ann", token[:-1]) is None
    assert keyboards.find("ann", "title") is None
    assert keyboards.find("ann", "") is None


def test_unpressed_keyboards_of_earlier_turns_come_down_once(engine: Engine, mailroom: Mailroom) -> None:
    """Those of the same turn and those with a mark stay."""
    keyboards = Keyboards(engine)
    tokens = [offer(mailroom, "ann", f"m-{number}")[0]["token"] for number in (1, 2, 3)]
    found = [keyboards.find("ann", token) for token in tokens]
    for number, keyboard in enumerate(found):
        assert keyboard
        keyboards.hang(keyboard.outbox_id, "ann", 100 + number)
    one, _, three = found
    assert one and three
    keyboards.press("ann", one, tokens[0])

    first = keyboards.take_down("ann", three.outbox_id, "m-3")
    again = keyboards.take_down("ann", three.outbox_id, "m-3")

    assert (first, again) == ([101], [])


def test_dead_letter_keeps_its_first_reason(engine: Engine) -> None:
    """What was given up once stays so."""
    letters = DeadLetters(engine)
    letters.put(1, "ann", "blocked")
    letters.put(1, "ann", "away")

    assert letters.reasons() == {1: "blocked"}
