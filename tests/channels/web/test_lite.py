"""The plain version at the door: who is there, what may be posted, and that nothing counts twice."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from channels.fake_assistant import FakeAssistant
from channels.said import TEXT_LIMIT_CHARS
from tests.channels.visitor import ADDRESS

OWN = {"Origin": ADDRESS}


async def start(client: httpx.AsyncClient) -> str:
    """Begin the conversation; return the page."""
    answer = await client.post("/lite/start", headers=OWN, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def ticket_of(page: str) -> str:
    """Return the ticket of the page's form."""
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found is not None
    return found[1]


async def post(client: httpx.AsyncClient, ticket: str, **fields: Any) -> httpx.Response:
    """Send the form as a browser does."""
    return await client.post("/lite/messages", data={"ticket": ticket, **fields}, headers=OWN)


async def test_opening_page_gives_no_identity(stranger: httpx.AsyncClient) -> None:
    """Who comes by a link of another site shows no cookie, and must not get a new one in the place of theirs."""
    answer = await stranger.get("/lite")

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


async def test_start_greets_once(stranger: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    """The first press gives an identity and a greeting, the second nothing new."""
    page = await start(stranger)
    await start(stranger)

    assert "You said: /greet" in page
    assert [turn["text"] for turn in assistant.turns] == ["/greet"]


async def test_message_is_answered_and_leads_back(stranger: httpx.AsyncClient) -> None:
    """After the post the browser is led to the page, so that a reload repeats nothing."""
    ticket = ticket_of(await start(stranger))

    answer = await post(stranger, ticket, text="is it <b>this</b>?")
    page = (await stranger.get("/lite")).text

    assert (answer.status_code, answer.headers["Location"]) == (303, "/lite#newest")
    assert "is it &lt;b&gt;this&lt;/b&gt;?" in page
    assert "You said: is it" in page


async def test_page_opens_where_the_newest_reply_begins(stranger: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    """A reply of two bubbles is read from its first, and not from "Shall we go on?"."""
    ticket = ticket_of(await start(stranger))
    assistant.replies = [{"text": "The answer."}, {"text": "Shall we go on?"}]
    await post(stranger, ticket, text="who decides?")

    page = (await stranger.get("/lite")).text

    assert page.count('id="newest"') == 1
    assert page.index("who decides?") < page.index('id="newest"') < page.index("The answer.")


async def test_form_sent_twice_is_one_message(stranger: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    """The same ticket with the same words counts once."""
    ticket = ticket_of(await start(stranger))

    answers = [await post(stranger, ticket, text="once") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert [turn["text"] for turn in assistant.turns] == ["/greet", "once"]


async def test_old_page_with_other_words_keeps_them(stranger: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    """Who went back to an old page and wrote something else gets a fresh form with the words still in it."""
    ticket = ticket_of(await start(stranger))
    await post(stranger, ticket, text="first")

    answer = await post(stranger, ticket, text="second thought")

    assert answer.status_code == 409
    assert ">second thought</textarea>" in answer.text
    assert 'role="alert"' in answer.text
    await post(stranger, ticket_of(answer.text), text="second thought")
    assert [turn["text"] for turn in assistant.turns] == ["/greet", "first", "second thought"]


@pytest.mark.parametrize("ticket", ["", "forged", "a.b", "message-id." + "0" * 64, "é.ü", "\udc80.x"[1:]])
async def test_forged_ticket_is_refused(stranger: httpx.AsyncClient, assistant: FakeAssistant, ticket: str) -> None:
    """A form that we did not make does nothing; the words stay, with a fresh form."""
    await start(stranger)

    answer = await post(stranger, ticket, text="kept words")

    assert answer.status_code == 403
    assert ">kept words</textarea>" in answer.text
    assert len(assistant.turns) == 1


async def test_ticket_of_another_person_is_refused(stranger: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    """A ticket belongs to one person."""
    foreign = ticket_of(await start(stranger))
    stranger.cookies.clear()
    await start(stranger)

    assert (await post(stranger, foreign, text="hello")).status_code == 403


@pytest.mark.parametrize("path", ["/lite/start", "/lite/messages"])
async def test_post_from_other_site_is_refused(stranger: httpx.AsyncClient, path: str) -> None:
    """A form on another site's page cannot speak with the person's cookie."""
    await start(stranger)

    answer = await stranger.post(path, data={"text": "hello"}, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403


async def test_lost_identity_is_told(stranger: httpx.AsyncClient) -> None:
    """Without its cookie the page says so, and offers to start."""
    ticket = ticket_of(await start(stranger))
    stranger.cookies.clear()

    answer = await post(stranger, ticket, text="hello")

    assert "I do not know this browser any more." in answer.text
    assert "Start, or go on where I was" in answer.text


@pytest.mark.parametrize(("text", "status"), [("", 400), ("x" * (TEXT_LIMIT_CHARS + 1), 413)])
async def test_message_that_cannot_be_taken_is_told(stranger: httpx.AsyncClient, text: str, status: int) -> None:
    """Empty or too long: a sentence says so, and what was written is still there."""
    ticket = ticket_of(await start(stranger))

    answer = await post(stranger, ticket, text=text)

    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert f">{text}</textarea>" in answer.text


async def test_button_is_pressed_by_its_token(stranger: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    """The buttons of the newest reply are there, and stand for what the tutor gave them."""
    page = await start(stranger)
    token = re.search(r'name="button" value="([^"]+)"', page)
    assert token is not None

    await post(stranger, ticket_of(page), button=token[1])

    assert assistant.turns[-1]["text"] == "/continue_lesson"


async def test_tutor_that_is_away_is_told(stranger: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    """The message is kept and shown, with a way to look for the answer."""
    ticket = ticket_of(await start(stranger))
    assistant.is_down = True

    answer = await post(stranger, ticket, text="anybody there?")
    page = (await stranger.get("/lite")).text

    assert answer.status_code == 303
    assert "anybody there?" in page
    assert "The tutor is away for a moment." in page
    assert "Look for the answer" in page


async def test_long_conversation_shows_its_end_first(stranger: httpx.AsyncClient) -> None:
    """On a slow line the newest messages come first; the others are a link away."""
    page = await start(stranger)
    for number in range(8):
        await post(stranger, ticket_of(page), text=f"message {number} of eight")
        page = (await stranger.get("/lite")).text

    whole = (await stranger.get("/lite?all")).text

    assert "message 0 of eight" not in page and "message 7 of eight" in page
    assert "Show earlier messages" in page
    assert "message 0 of eight" in whole and "Show earlier messages" not in whole


async def test_page_of_person_is_kept_nowhere(stranger: httpx.AsyncClient) -> None:
    """What belongs to one person is not stored on the way."""
    await start(stranger)

    assert (await stranger.get("/lite")).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("body", [b"\xff\xfe&&&=", b"a=1&" * 200, b""])
async def test_form_that_is_none_is_refused(stranger: httpx.AsyncClient, body: bytes) -> None:
    """Nothing that is posted brings the page down."""
    await start(stranger)
    headers = {**OWN, "Content-Type": "application/x-www-form-urlencoded"}

    assert (await stranger.post("/lite/messages", content=body, headers=headers)).status_code == 403


async def test_address_of_form_leads_to_page(stranger: httpx.AsyncClient) -> None:
    """Who opens the address of a form, as from the history, comes to the conversation."""
    answer = await stranger.get("/lite/messages")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/lite")
