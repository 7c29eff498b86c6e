"""Nonsense in addresses and forms, by mistake or to see what breaks: it is told kindly, and nothing breaks."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy.engine import Engine

from review.door import FORM_LIMIT_BYTES
from settings import Settings
from tests.review.test_desk import READ, WRITE, filled
from tests.review.visitors import Visitor

NONSENSE = (
    "\u00b2",  # a digit to some, and no number
    "\u0663",
    "-1",
    "9" * 30,
    "\x00",
    "'; DROP TABLE question; --",
    '"><script>alert(1)</script>',
    "{{ 7 * 7 }}",
    "../../../etc/passwd",
    "2026-13-45",
    "%",
    "\u202e\ufeff",
    "x" * 3_000,
)
ASKED = (
    *("days", "topic", "of", "before", "words", "state", "decision", "feedback", "theme", "lesson", "channel"),
    *("intent", "confidence", "tag", "from", "to", "code", "path", "question", "done"),
)
SENT = (
    *("name", "of", "days", "deed", "texts", "judges", "topic", "kind", "training", "text", "why", "seen", "base"),
    *("also", "then", "title", "home", "questions", "tags", "note", "handed_to", "filter", "reason", "meant", "turn"),
    *("what", "format", "code"),
)
PLACES = ("/conversations/{}", "/lessons/{}", "/training/{}", "/content/history/{}", "/content/file/{}")


@pytest.fixture
async def owner(visitor: Visitor) -> Visitor:
    """Give an owner who came in."""
    await visitor.come_in("owner")
    return visitor


def is_kind(answer: httpx.Response) -> bool:
    """Tell whether an answer is a page, a file, a way on, or a refusal; no fault, and no script of theirs."""
    return answer.status_code < 500 and "<script>alert" not in answer.text


@pytest.mark.parametrize("path", READ)
async def test_nonsense_in_an_address_breaks_no_page(owner: Visitor, asked: str, path: str) -> None:
    """Whatever stands behind the question mark."""
    for nonsense in NONSENSE:
        answer = await owner.client.get(filled(path, asked).partition("?")[0], params=dict.fromkeys(ASKED, nonsense))
        assert is_kind(answer), f"{path} with {nonsense[:40]!r}: {answer.status_code}"


@pytest.mark.parametrize("place", PLACES)
async def test_nonsense_as_a_page_finds_nothing(owner: Visitor, place: str) -> None:
    """Names and numbers that are none."""
    for nonsense in NONSENSE:
        answer = await owner.client.get(place.format(httpx.URL("/", params={"q": nonsense}).query.decode()[2:]))
        assert answer.status_code == 404, f"{place} with {nonsense[:40]!r}: {answer.status_code}"


@pytest.mark.parametrize("path", [path for path in WRITE if path != "/training/begin"])  # it has no fields, and trains
async def test_nonsense_in_a_form_is_refused_or_does_no_harm(owner: Visitor, asked: str, path: str) -> None:
    """With the visit's own token, so that it comes as far as the page itself."""
    for nonsense in NONSENSE:
        answer = await owner.send(filled(path, asked), **dict.fromkeys(SENT, nonsense))
        assert is_kind(answer), f"{path} with {nonsense[:40]!r}: {answer.status_code}"


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", "text/plain", ""])
async def test_form_of_another_kind_is_refused(owner: Visitor, kind: str) -> None:
    """A file, JSON, or nothing that says what it is: the desk takes no uploads."""
    answer = await owner.client.post(
        "/people/disable", content=b"--x\r\n\x89PNG\xff\x00", headers={"Content-Type": kind}
    )

    assert answer.status_code == 400
    assert "cannot be read" in answer.text


async def test_bytes_that_are_no_text_are_refused(owner: Visitor) -> None:
    """Nothing of them is taken for the visit's token."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await owner.client.post("/people/disable", content=b"csrf=%ff%fe&name=\xff\x00&&&==", headers=kind)

    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/login", "/logout", "/people/disable"])
@pytest.mark.parametrize("is_told", [True, False])
async def test_form_that_is_too_long_is_refused(owner: Visitor, path: str, *, is_told: bool) -> None:
    """Whether it says beforehand how long it is, or comes in pieces without end; also before anybody came in."""

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"name=" + b"x" * FORM_LIMIT_BYTES

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    content = b"".join([piece async for piece in pieces()]) if is_told else pieces()
    answer = await owner.client.post(path, content=content, headers=kind)

    assert answer.status_code == 413
    assert "too much" in answer.text


@pytest.mark.parametrize("length", ["many", "-5", "1e9"])
async def test_length_that_is_none_is_no_fault(owner: Visitor, length: str) -> None:
    """What a server before the desk may let through."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": length}
    answer = await owner.client.post("/people/disable", content=b"name=reader", headers=headers)

    assert answer.status_code == 403


async def test_stored_script_stays_text_on_every_page(
    settings: Settings, owner: Visitor, asked: str, engine: Engine
) -> None:
    """What a learner and a colleague wrote as a script is shown as text wherever it stands."""
    hostile = "<script>alert(1)</script>"
    await owner.send(f"/conversations/{asked}/mark", tags=hostile, note=hostile)
    await owner.send(f"/conversations/{asked}/correct", turn="message-1", meant="ask_more")
    text = (settings.content_dir / "answers/system/value.md").read_text(encoding="utf-8")
    await owner.send("/content/save/answers/system/value.md", text=text + hostile, seen="0", why=hostile)

    for path in READ:
        page = (await owner.page(filled(path, asked))).text
        assert hostile not in page, path
        assert not re.search(r"<[a-z]+[^>]* on[a-z]+=", page), path
