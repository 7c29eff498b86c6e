"""A typed yes or no is taken as a button of the door's only where that button is offered just now."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import Engine

from channels.mailroom import Mailroom
from channels.typed_yes import JOIN, LEFT, find_errand, read_wish

ASKED = [{"title": "Put both together", "payload": '/door_join{"code": "BCDF-2345"}'}]


@pytest.mark.parametrize("text", ["yes", "Yes please", "OK!", "yes, put them together", "do it"])
def test_yes_is_a_wish_to_join(text: str) -> None:
    """In the words of people, with or without marks."""
    assert read_wish(text) == JOIN


@pytest.mark.parametrize("text", ["no", "Not now", "no, thank you", "never mind", "later"])
def test_no_is_a_wish_to_leave_it(text: str) -> None:
    """In the words of people, too."""
    assert read_wish(text) == LEFT


@pytest.mark.parametrize("text", ["yes, we asked the neighbours", "no idea what that is", "", "?", "join us on Monday"])
def test_anything_else_is_no_wish(text: str) -> None:
    """A sentence that only begins so is for the assistant."""
    assert read_wish(text) is None


def test_errand_is_found_under_the_newest_bubble_only(engine: Engine) -> None:
    """Once something else was said, the question is over; another person's is never found."""
    mailroom = Mailroom(engine)
    mailroom.post("ann", "m1", "Both?", ASKED)

    found = [find_errand(engine, who, JOIN) for who in ("ann", "ben")]
    mailroom.post("ann", "m2", "Something else.", [])

    assert found == [ASKED[0]["payload"], None]
    assert find_errand(engine, "ann", JOIN) is None
