"""Tickets: each is for one person and one installation, and none can be made up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from channels.said import read_said
from channels.web.ticket import Tickets


def test_ticket_gives_its_message_id_back() -> None:
    """The id is one that messages may have, and another one each time."""
    tickets = Tickets("secret")
    ids = [tickets.message_id("learner", tickets.make("learner")) for _ in range(20)]

    assert len(set(ids)) == 20
    assert all(read_said({"id": one, "text": "hello"}).message_id == one for one in ids)


@given(learner=st.text(min_size=1), other=st.text(min_size=1), secret=st.text())
def test_ticket_is_for_one_person_and_one_installation(learner: str, other: str, secret: str) -> None:
    """Of another person or another installation it is worth nothing."""
    ticket = Tickets(secret).make(learner)

    assert (Tickets(secret).message_id(other, ticket) is not None) == (other == learner)
    assert Tickets(secret + "x").message_id(learner, ticket) is None


@given(ticket=st.text())
def test_made_up_ticket_is_worth_nothing(ticket: str) -> None:
    """No text is a ticket unless we made it."""
    assert Tickets("secret").message_id("learner", ticket) is None
