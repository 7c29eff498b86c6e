"""Files made for a person: fetched once, kept until they are sent, and told in words if they are not taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from channels.telegram.parcels import Parcel, pack
from channels.telegram.sending import Sender
from channels.telegram.troubles import Away, Refused, Trouble
from channels.words import say

FILE = Parcel("file", "My plan", instead="a link", name="plan.pdf", url="/files/abc")


@dataclass
class FakeApi:
    """Takes calls; each trouble in the list stops one."""

    troubles: list[Trouble] = field(default_factory=list)
    calls: list[tuple[str, Any]] = field(default_factory=list)

    async def call(self, method: str, **fields: Any) -> Any:
        """Take a call."""
        self.calls.append((method, fields.get("document") or fields.get("text")))
        if method == "sendDocument" and self.troubles:
            raise self.troubles.pop(0)
        return {"message_id": 5}


@dataclass
class OnceOnly:
    """A link that works once."""

    count: int = 0

    async def fetch(self, url: str, owner: str) -> tuple[bytes, str] | None:
        """Give the file the first time."""
        self.count += 1
        return (b"%PDF", "plan.pdf") if self.count == 1 else None


async def test_file_is_sent_as_a_document() -> None:
    """What is behind the link is uploaded under its name."""
    api, link = FakeApi(), OnceOnly()

    await Sender(api, link.fetch).send(7, FILE)  # type: ignore[arg-type]

    assert api.calls == [("sendDocument", (b"%PDF", "plan.pdf"))]


async def test_file_that_waits_is_not_fetched_again() -> None:
    """When the network fails in between, the same file is sent later, though its link is used up."""
    api, link = FakeApi([Away()]), OnceOnly()
    sender = Sender(api, link.fetch)  # type: ignore[arg-type]
    with pytest.raises(Away):
        await sender.send(7, FILE)

    await sender.send(7, FILE)

    assert link.count == 1
    assert api.calls == [("sendDocument", (b"%PDF", "plan.pdf"))] * 2


async def test_file_that_is_not_taken_is_told_in_words() -> None:
    """A Bot API without documents leads to a sentence, and not to a link that is used up."""
    api, link = FakeApi([Refused(), Refused()]), OnceOnly()

    await Sender(api, link.fetch).send(7, FILE)  # type: ignore[arg-type]

    assert api.calls[-1] == ("sendMessage", say("telegram_file_refused"))


async def test_file_that_cannot_be_fetched_is_a_link() -> None:
    """A link that leads to nothing here is offered as it is."""
    api, link = FakeApi(), OnceOnly(count=1)

    await Sender(api, link.fetch).send(7, FILE)  # type: ignore[arg-type]

    assert api.calls == [("sendMessage", "a link")]


async def test_picture_of_ones_own_is_sent_as_photo() -> None:
    """A plan's picture has an address and no name; it comes as a photo with its words, for its owner."""
    message = {"text": "Your plan", "image": {"url": "/pictures/plan/7.svg?at=3", "title": "Garden", "alt": "2 of 6."}}
    api, link = FakeApi(), OnceOnly()
    (parcel,) = pack(message, "https://tutor.example.org")

    await Sender(api, link.fetch).send(7, parcel)  # type: ignore[arg-type]

    assert (parcel.kind, parcel.url) == ("photo", "/pictures/plan/7.svg?at=3")
    assert api.calls[-1][0] == "sendPhoto"
