"""A document for somebody who waits for it: sent now or not at all, to each open chat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from channels.telegram.chats import BLOCKED, GONE, OPEN, Chats
from channels.telegram.handing import Handing
from channels.telegram.sending import Sender
from channels.telegram.troubles import Away, Blocked, Missing, Moved, NoChat, TooFast, Trouble
from channels.words import say
from database import open_engine

CHAT_ID = 7


class FakeApi:
    """Takes calls, or has one trouble with all, or with the calls to some chats."""

    def __init__(self) -> None:
        self.trouble: Trouble | None = None
        self.troubles: dict[int, Trouble] = {}
        self.calls: list[tuple[str, int, Any, Any]] = []

    async def call(self, method: str, **fields: Any) -> Any:
        """Take a call."""
        self.calls.append((method, fields["chat_id"], fields.get("document"), fields.get("caption")))
        if trouble := self.troubles.get(fields["chat_id"], self.trouble):
            raise trouble
        return {"message_id": 5}


@pytest.fixture
def chats(database_url: str) -> Iterator[Chats]:
    """Give the chats."""
    engine: Engine = open_engine(database_url)
    yield Chats(engine)
    engine.dispose()


@pytest.fixture
def api() -> FakeApi:
    """Give the Bot API."""
    return FakeApi()


@pytest.fixture
def handing(api: FakeApi, chats: Chats) -> Handing:
    """Give what is tested."""
    return Handing(chats, Sender(api))  # type: ignore[arg-type]


async def test_document_comes_with_its_words(handing: Handing, api: FakeApi, chats: Chats) -> None:
    """It is sent once, under its name."""
    learner_id = chats.learner(CHAT_ID)

    assert await handing.has_chat(learner_id)
    assert await handing.hand(learner_id, b"%PDF", "certificate.pdf")

    assert api.calls == [("sendDocument", CHAT_ID, (b"%PDF", "certificate.pdf"), say("telegram_certificate"))]


async def test_who_has_no_chat_is_sent_nothing(handing: Handing, api: FakeApi) -> None:
    """Somebody of the web page cannot be reached here."""
    assert not await handing.has_chat("web-person")
    assert not await handing.hand("web-person", b"%PDF", "certificate.pdf")
    assert api.calls == []


@pytest.mark.parametrize(
    ("trouble", "state"),
    [(Away(), OPEN), (TooFast(9), OPEN), (Missing(), OPEN), (Blocked(), BLOCKED), (NoChat(), GONE)],
)
async def test_trouble_is_told_and_ends_it(
    handing: Handing, api: FakeApi, chats: Chats, trouble: Trouble, state: str
) -> None:
    """One call, no words in the document's place; a chat that takes nothing any more is known as such."""
    learner_id = chats.learner(CHAT_ID)
    api.trouble = trouble

    assert not await handing.hand(learner_id, b"%PDF", "certificate.pdf")

    assert len(api.calls) == 1
    assert await handing.has_chat(learner_id) == (state == OPEN)


async def test_chat_that_moved_is_reached_where_it_is_now(handing: Handing, api: FakeApi, chats: Chats) -> None:
    """The new number is kept, and the next document goes there at once."""
    learner_id = chats.learner(CHAT_ID)
    api.troubles = {CHAT_ID: Moved(77)}

    sent = [await handing.hand(learner_id, b"%PDF", "certificate.pdf") for _ in range(2)]

    assert sent == [True, True]
    assert [call[1] for call in api.calls] == [CHAT_ID, 77, 77]


async def test_chat_that_moves_and_moves_is_left(handing: Handing, api: FakeApi, chats: Chats) -> None:
    """Nobody waits for a chat that runs away."""
    learner_id = chats.learner(CHAT_ID)
    api.troubles = {CHAT_ID: Moved(77), 77: Moved(78)}

    assert not await handing.hand(learner_id, b"%PDF", "certificate.pdf")
    assert [call[1] for call in api.calls] == [CHAT_ID, 77]
