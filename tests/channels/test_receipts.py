"""What is said after something was done: it is true of the door at which it is read, and leads on."""

from __future__ import annotations

from datetime import datetime

import pytest

from channels.receipts import tell, tell_joining
from learning.link_codes import Joining

NOW = datetime(2026, 3, 1, 12, 30)


@pytest.mark.parametrize(
    ("channel", "told", "untold"),
    [("web", "Close or reload this page", "chat is kept"), ("telegram", "number of the chat is kept", "this page")],
)
def test_receipt_of_an_erasure_says_what_is_left_at_the_door(channel: str, told: str, untold: str) -> None:
    """A page is closed; a chat is the person's own to delete, and its number goes on to lead to them."""
    text = "\n".join(reply["text"] for reply in tell("erase", {"note": 2}, NOW, channel))

    assert told in text
    assert untold not in text


def test_receipt_says_what_others_still_have_to_take_out() -> None:
    """Test files are the course team's: the receipt counts them as what is left."""
    text = tell("erase", {"note": 2, "desk_taken": 1}, NOW)[0]["text"]

    assert "Not deleted yet: messages of yours, with personal data replaced, in test files (1)." in text
    assert "tests made from the conversation" not in text


@pytest.mark.parametrize("kind", ["joined", "unknown", "same"])
def test_way_on_after_a_code_passes_no_step(kind: str) -> None:
    """The other door may stand at a card that nobody has read here yet, so it is shown first."""
    (reply,) = tell_joining(Joining(kind, "ann"), "BCDF-2345")

    assert reply["buttons"][0] == {"title": "Go on", "payload": "/repeat_card"}
