"""Files made for a person: sent as documents, and where those are not taken, as a link that still works."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from channels.telegram.parcels import Parcel, pack, strip_marks
from channels.telegram.sending import Sender, Upload
from channels.telegram.troubles import Away, Faulty, Missing, NotAllowed, Refused, Trouble

FILE = Parcel("file", "My plan", instead="a link", name="plan.pdf", url="/files/abc", owner="ann")
PAPER = (b"%PDF", "plan.pdf")


@dataclass
class FakeApi:
    """Takes calls; each trouble in the list stops an upload."""

    troubles: list[Trouble] = field(default_factory=list)
    calls: list[tuple[str, Any]] = field(default_factory=list)

    async def call(self, method: str, **fields: Any) -> Any:
        """Take a call."""
        self.calls.append((method, fields.get("document") or fields.get("text")))
        if method == "sendDocument" and self.troubles:
            raise self.troubles.pop(0)
        return {"message_id": 5}


class NoMessages:
    """A Bot API that has no ``sendMessage`` just now."""

    def __init__(self) -> None:
        self.calls = 0

    async def call(self, method: str, **fields: Any) -> Any:
        """Take a call."""
        self.calls += 1
        raise Missing


@dataclass
class Shelf:
    """Papers by address and owner; remembers what was fetched and what was sent."""

    papers: dict[tuple[str, str], Upload] = field(default_factory=lambda: {(FILE.url, "ann"): PAPER})
    fetched: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)

    async def fetch(self, url: str, owner: str) -> Upload | None:
        """Give a paper to its owner."""
        self.fetched.append(url)
        return self.papers.get((url, owner))

    async def sent(self, url: str) -> None:
        """Note it."""
        self.used.append(url)


def sender(api: FakeApi | NoMessages, shelf: Shelf) -> Sender:
    """Make a sender before a Bot API."""
    return Sender(api, shelf)  # type: ignore[arg-type]


async def test_file_is_sent_as_a_document_and_its_link_used_up() -> None:
    """What is behind the link is uploaded under its name; afterwards the link need not work any more."""
    api, shelf = FakeApi(), Shelf()

    await sender(api, shelf).send(7, FILE)

    assert api.calls == [("sendDocument", PAPER)]
    assert shelf.used == [FILE.url]


async def test_file_that_waits_is_not_made_again() -> None:
    """When the network fails in between, the same file is sent later, and only then its link is used up."""
    api, shelf = FakeApi([Away()]), Shelf()
    one = sender(api, shelf)
    with pytest.raises(Away):
        await one.send(7, FILE)
    used_before = list(shelf.used)

    await one.send(7, FILE)

    assert (shelf.fetched, used_before, shelf.used) == ([FILE.url], [], [FILE.url])
    assert api.calls == [("sendDocument", PAPER)] * 2


@pytest.mark.parametrize("troubles", [[Missing()], [Refused(), Refused()]])
async def test_file_that_is_not_taken_becomes_its_link(troubles: list[Trouble]) -> None:
    """A Bot API without documents leads to the link, which still works."""
    api, shelf = FakeApi(troubles), Shelf()

    await sender(api, shelf).send(7, FILE)

    assert api.calls[-1] == ("sendMessage", "a link")
    assert shelf.used == []


@pytest.mark.parametrize("trouble", [Away(), Faulty(), NotAllowed()])
async def test_file_tried_often_becomes_its_link(trouble: Trouble) -> None:
    """Where uploads alone do not get through, patience ends, and the person has the link."""
    api, shelf = FakeApi([trouble]), Shelf()

    await sender(api, shelf).send(7, FILE, is_patient=False)

    assert [call[0] for call in api.calls] == ["sendDocument", "sendMessage"]
    assert shelf.used == []


async def test_file_that_cannot_be_fetched_is_a_link() -> None:
    """A link that leads to nothing here is offered as it is."""
    api, shelf = FakeApi(), Shelf(papers={})

    await sender(api, shelf).send(7, FILE)

    assert api.calls == [("sendMessage", "a link")]


async def test_picture_at_one_address_is_each_persons_own() -> None:
    """Two people's maps have the same address; one that waits for another try is never sent to the other."""
    api = FakeApi([Away()])
    shelf = Shelf(papers={("/files/abc", "ann"): (b"ann's", "a.pdf"), ("/files/abc", "ben"): (b"ben's", "b.pdf")})
    one = sender(api, shelf)
    with pytest.raises(Away):
        await one.send(7, FILE)

    await one.send(8, replace(FILE, owner="ben"))

    assert api.calls[-1] == ("sendDocument", (b"ben's", "b.pdf"))


async def test_missing_send_message_is_waited_for() -> None:
    """Nothing can stand in for it: the message is tried in one form, and comes later."""
    api = NoMessages()

    with pytest.raises(Away):
        await sender(api, Shelf()).send(7, Parcel("text", "hello"))

    assert api.calls == 1


def test_link_in_the_place_of_a_file_survives_without_marks() -> None:
    """The whole address stands in the text, with what to do; markup in a title is text."""
    message = {"text": "Here.", "files": [{"url": "/files/abc", "title": "A <b> & c", "name": "plan.pdf"}]}

    parcel = pack(message, "https://tutor.example.org")[-1]

    assert strip_marks(parcel.instead).startswith("A <b> & c: https://tutor.example.org/files/abc\n")
    assert "works once" in parcel.instead


async def test_picture_of_ones_own_is_sent_as_photo() -> None:
    """A plan's picture has an address and no name; it comes as a photo with its words, for its owner."""
    message = {"text": "Your plan", "image": {"url": "/pictures/plan/7.svg?at=3", "title": "Garden", "alt": "2 of 6."}}
    api, shelf = FakeApi(), Shelf()
    (parcel,) = pack(message, "https://tutor.example.org")
    shelf.papers[parcel.url, "ann"] = (b"PNG", "plan.png")

    await sender(api, shelf).send(7, replace(parcel, owner="ann"))

    assert (parcel.kind, parcel.url) == ("photo", "/pictures/plan/7.svg?at=3")
    assert api.calls[-1][0] == "sendPhoto"
