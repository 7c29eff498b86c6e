"""A certificate comes into the chat as a document while its maker waits; nothing of it is kept for later."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx
import pypdfium2
import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from channels.certificate.giving import CHAT_BOX, Giving
from channels.certificate.handing import SENT_AGAIN_SECONDS, HandingOver
from channels.guessing import GuessLimit
from channels.headers import BodyLimit, SafeHeaders
from learning import tables
from learning.certificate_key import CertificateKey
from learning.certificates_store import Certificates
from tests.channels.certificate.conftest import SHOWN, find_learner
from tests.channels.certificate.holder import NAME, Holder, words_of
from tests.channels.visitor import ADDRESS, visit
from tests.learning.certificates import a_course


@dataclass
class FakeChat:
    """The chats of some people; takes documents unless it is away."""

    people: set[str] = field(default_factory=lambda: {"ann"})
    is_away: bool = False
    took: list[tuple[str, bytes, str]] = field(default_factory=list)

    async def has_chat(self, learner_id: str) -> bool:
        """Tell whether somebody has one."""
        return learner_id in self.people

    async def hand(self, learner_id: str, content: bytes, name: str) -> bool:
        """Take a document."""
        await asyncio.sleep(0)
        if not self.is_away:
            self.took.append((learner_id, content, name))
        return not self.is_away


@pytest.fixture
def chat() -> FakeChat:
    """Give Ann's chat."""
    return FakeChat()


@pytest.fixture
async def browser(engine: Engine, key: CertificateKey, chat: FakeChat) -> AsyncIterator[httpx.AsyncClient]:
    """Give a browser at the pages, beside a door that takes documents."""
    giving = Giving(engine, key, ADDRESS, a_course, find_learner, GuessLimit(), chat)
    async with visit(SafeHeaders(BodyLimit(Starlette(routes=giving.routes())), is_https=False)) as client:
        yield client


async def type_name(holder: Holder, link: str, name: str = NAME, *, to_chat: bool = True) -> str:
    """Post the form; returns where it leads."""
    answer = await holder.browser.post(link, data={"name": name} | ({CHAT_BOX: "yes"} if to_chat else {}))
    assert answer.status_code == 303, words_of(answer)
    return answer.headers["Location"]


async def test_form_from_a_chat_offers_the_document(holder: Holder) -> None:
    """The box is there to be ticked, and what that means for the name is said."""
    page = await holder.browser.get(holder.link())

    assert re.search(rf'type="checkbox" name="{CHAT_BOX}" value="yes">', page.text)
    assert "stays there, at Telegram, until you delete it" in words_of(page)


async def test_name_typed_sends_the_paper_into_the_chat(holder: Holder, chat: FakeChat) -> None:
    """The owner gets the PDF with the name on it, and the page says so."""
    page = await holder.browser.get(await type_name(holder, holder.link()))

    ((owner, content, name),) = chat.took
    assert (owner, name) == ("ann", "certificate.pdf")
    assert NAME in pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    assert "It is in your chat in Telegram now" in words_of(page)
    assert "Send it to my chat" not in words_of(page)


async def test_box_taken_away_sends_nothing_until_asked(holder: Holder, chat: FakeChat) -> None:
    """The page of the paper offers it again, by a button."""
    ready = await type_name(holder, holder.link(), to_chat=False)
    page = await holder.browser.get(ready)
    before = list(chat.took)

    answer = await holder.browser.post(f"{ready}/chat")

    assert before == [] and f'action="{ready}/chat"' in page.text
    assert answer.headers["Location"] == f"{ready}?chat=sent"
    assert len(chat.took) == 1


async def test_mistake_in_the_name_keeps_the_box(holder: Holder, chat: FakeChat) -> None:
    """Who took the box away finds it so when the form comes back."""
    answers = [await holder.browser.post(holder.link(), data=data) for data in ({}, {CHAT_BOX: "yes"})]

    assert [" checked>" in answer.text for answer in answers] == [False, True]
    assert chat.took == []


async def test_chat_that_is_away_leaves_page_and_another_try(holder: Holder, chat: FakeChat) -> None:
    """The certificate is there to be saved, what happened is said, and the button works once the chat is back."""
    chat.is_away = True
    ready = await type_name(holder, holder.link())
    page = await holder.browser.get(ready)
    chat.is_away = False

    again = await holder.browser.post(f"{ready.partition('?')[0]}/chat")

    assert "Telegram did not take it just now" in words_of(page)
    assert again.headers["Location"].endswith("?chat=sent")
    assert (await holder.browser.get(f"{ready.partition('?')[0]}/certificate.pdf")).status_code == 200


async def test_fault_while_sending_leaves_the_page(
    holder: Holder, chat: FakeChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is busy, or whatever it is: the certificate is given out, and its page comes."""

    async def fail(*_: object) -> bool:
        raise OSError("no room")

    monkeypatch.setattr(chat, "hand", fail)

    ready = await type_name(holder, holder.link())

    assert ready.endswith("?chat=failed")
    assert "Telegram did not take it just now" in words_of(await holder.browser.get(ready))


async def test_double_tap_sends_one_document(holder: Holder, chat: FakeChat) -> None:
    """Two posts at once, and one a moment later: one paper. With a corrected name it is another one."""
    link = holder.link()

    await asyncio.gather(type_name(holder, link), type_name(holder, link))
    await type_name(holder, link)
    sent = len(chat.took)
    await type_name(holder, link, name="Lucia")

    assert (sent, len(chat.took)) == (1, 2)


async def test_who_has_no_chat_is_offered_none(holder: Holder, chat: FakeChat) -> None:
    """Neither the form nor the page of the paper speaks of one, and nothing is sent."""
    chat.people.clear()
    link = holder.link()

    form, page = await holder.browser.get(link), await holder.browser.get(await type_name(holder, link))

    assert CHAT_BOX not in re.findall(r'name="(\w+)"', form.text) and "Telegram" not in words_of(page)
    assert chat.took == []


async def test_who_asked_on_the_page_gets_the_button_and_nothing_unasked(holder: Holder, chat: FakeChat) -> None:
    """On the web the paper stays there, even if the box was sent along; who has a chat can send it by a button."""
    link, own = holder.link(channel="web"), {SHOWN: "ann"}
    form = await holder.browser.get(link, headers=own)

    answer = await holder.browser.post(link, data={"name": NAME, CHAT_BOX: "yes"}, headers=own)

    assert "checkbox" not in form.text
    assert "Send it to my chat in Telegram" in words_of(await holder.browser.get(answer.headers["Location"]))
    assert chat.took == []


async def test_paper_that_does_not_hold_is_not_sent(holder: Holder, chat: FakeChat, certificates: Certificates) -> None:
    """Neither a made-up address nor a revoked certificate sends anything."""
    code = await holder.make()
    made_up = await holder.browser.post(f"{holder.ready[:-4]}AAAA/chat")
    certificates.revoke(code, "sold")

    revoked = await holder.browser.post(f"{holder.ready}/chat")

    assert (made_up.status_code, revoked.status_code) == (404, 404)
    assert chat.took == []


async def test_paper_of_an_erased_person_is_sent_to_nobody(holder: Holder, chat: FakeChat, engine: Engine) -> None:
    """The certificate holds, and belongs to nobody any more."""
    await holder.make()
    with engine.begin() as connection:
        connection.execute(tables.certificate.update().values(learner_id=None))

    page, answer = await holder.browser.get(holder.ready), await holder.browser.post(f"{holder.ready}/chat")

    assert "Send it to my chat" not in words_of(page)
    assert answer.headers["Location"].endswith("?chat=failed")
    assert chat.took == []


async def test_paper_can_be_sent_again_later(holder: Holder, chat: FakeChat, certificates: Certificates) -> None:
    """After two minutes it is no double tap any more: perhaps the chat was emptied."""
    code, seconds = await holder.make(), [0.0]
    handing = HandingOver(certificates, chat, clock=lambda: seconds[0])

    async def draw() -> bytes:
        return b"%PDF"

    for now in (0.0, SENT_AGAIN_SECONDS - 1, SENT_AGAIN_SECONDS):
        seconds[0] = now
        assert await handing.send(code, "ABCD", draw, "certificate.pdf")

    assert len(chat.took) == 2


async def test_paper_that_could_not_be_drawn_can_be_tried_again(
    holder: Holder, chat: FakeChat, certificates: Certificates
) -> None:
    """A fault of ours is told, and the next try is a new one."""
    code, pages = await holder.make(), [b"%PDF"]
    handing = HandingOver(certificates, chat)

    async def draw() -> bytes:
        if chat.is_away:
            raise OSError("no font")
        return pages[0]

    chat.is_away = True
    with pytest.raises(OSError, match="no font"):
        await handing.send(code, "ABCD", draw, "certificate.pdf")
    chat.is_away = False

    assert await handing.send(code, "ABCD", draw, "certificate.pdf")
