"""Titles that are typed: they press the button, and nothing else does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.mailroom import Mailroom
from channels.said import Said
from channels.typed_title import is_title

STAGE = {"title": "Other stage", "payload": "/other_stage"}
DELETE = {"title": "Yes, delete it", "payload": '/delete{"note": 4}'}
THUMB = {"title": "👍", "payload": "/rate"}


def offer(mailroom: Mailroom, *replies: list[dict[str, Any]]) -> None:
    """Have a message of Ann answered with bubbles that hold these buttons."""
    mailroom.take_in("ann", Said("message-1", text="hello"))
    mailroom.answer("ann", "message-1", [{"text": "Well?", "buttons": buttons} for buttons in replies])


def told(mailroom: Mailroom, text: str, learner_id: str = "ann", message_id: str = "message-2") -> str:
    """Give what the assistant is told when somebody types."""
    return mailroom.take_in(learner_id, Said(message_id, text=text)).payload


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("Other stage", "/other_stage"),
        ("  other  STAGE. ", "/other_stage"),
        ("yes delete it!", '/delete{"note": 4}'),
        ("👍", "/rate"),
    ],
)
def test_typed_title_presses_its_button(mailroom: Mailroom, text: str, payload: str) -> None:
    """Capitals, points and blanks do not matter, and the button may stand in any bubble of the newest message."""
    offer(mailroom, [STAGE, THUMB], [DELETE])

    assert told(mailroom, text) == payload


@pytest.mark.parametrize("text", ["stage", "Other stages", "the other stage please", "delete it", "👎", "yes"])
def test_other_words_press_nothing(mailroom: Mailroom, text: str) -> None:
    """Only the whole title counts: what is nearly one may be an answer."""
    offer(mailroom, [STAGE, THUMB, DELETE])

    assert told(mailroom, text) == text


def test_typed_title_is_shown_as_it_was_typed(mailroom: Mailroom) -> None:
    """The person sees their own words."""
    offer(mailroom, [STAGE])

    told(mailroom, "other stage")

    assert mailroom.history("ann")[-1]["text"] == "other stage"


def test_title_of_two_buttons_presses_neither(mailroom: Mailroom) -> None:
    """Nobody could say which of them is meant."""
    offer(mailroom, [STAGE, {**STAGE, "payload": "/elsewhere"}])

    assert told(mailroom, "Other stage") == "Other stage"


def test_option_typed_is_left_to_the_assistant(mailroom: Mailroom) -> None:
    """Of several that may be marked, one that is typed is the answer: no press more is needed."""
    offer(mailroom, [{"title": "Older people", "payload": "/mark", "kind": "option"}, STAGE])

    assert told(mailroom, "older people") == "older people"


def test_title_of_an_older_message_presses_nothing(mailroom: Mailroom) -> None:
    """The conversation has gone on."""
    offer(mailroom, [STAGE])
    mailroom.take_in("ann", Said("message-2", text="well"))
    mailroom.answer("ann", "message-2", [{"text": "Fine."}])

    assert told(mailroom, "Other stage", message_id="message-3") == "Other stage"


def test_title_typed_while_an_answer_is_due_presses_nothing(mailroom: Mailroom) -> None:
    """The word "next" typed twice in a row is two steps, and not the same button twice."""
    offer(mailroom, [STAGE])

    first, second = told(mailroom, "other stage"), told(mailroom, "other stage", message_id="message-3")

    assert (first, second) == ("/other_stage", "other stage")


def test_title_of_somebody_else_presses_nothing(mailroom: Mailroom) -> None:
    """Buttons belong to the person they were offered to."""
    offer(mailroom, [STAGE])

    assert told(mailroom, "Other stage", learner_id="bob") == "Other stage"


def test_typed_title_sent_again_is_the_same_message(mailroom: Mailroom) -> None:
    """A repeat leads to what the first one led to, also after the buttons are gone."""
    offer(mailroom, [STAGE])
    told(mailroom, "other stage")
    mailroom.answer("ann", "message-2", [{"text": "Which?"}])

    letter = mailroom.take_in("ann", Said("message-2", text="other stage"))

    assert (letter.payload, letter.is_answered) == ("/other_stage", True)


@given(st.text(min_size=1))
def test_every_text_is_its_own_title(text: str) -> None:
    """Whatever stands on a button can be typed."""
    assert is_title(text, text)
    assert is_title(f" {text} ", text)
