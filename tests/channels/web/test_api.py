"""The web API takes what it can read, answers it once, and says what is wrong with the rest."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from channels.fake_assistant import FakeAssistant
from channels.gateway import create_app
from channels.line import Patience
from settings import Settings
from tests.channels.visitor import error_of, post, visit

JSON = {"Content-Type": "application/json"}


async def test_message_is_answered_and_kept(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    """A message gets its reply, and both stand in the history."""
    answer = await post(client, "hello")

    (reply,) = answer.json()["messages"]
    history = (await client.get("/api/messages")).json()["messages"]
    assert (reply["from"], reply["text"], reply["html"]) == ("tutor", "You said: hello", "<p>You said: hello</p>")
    assert [message["text"] for message in history] == ["hello", reply["text"]]
    assert assistant.turns[0]["channel"] == "web"


async def test_same_message_again_gets_same_reply(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    """A repeat is answered alike and heard once."""
    first, again = await post(client), await post(client)

    assert first.json() == again.json()
    assert len(assistant.turns) == 1


async def test_same_id_with_other_text_is_refused(client: httpx.AsyncClient) -> None:
    """An id stands for one message."""
    await post(client, "hello")

    assert error_of(await post(client, "other")) == (409, "conflict")


async def test_pressed_button_says_what_was_offered(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    """The assistant hears the payload; the person's side shows the title."""
    (button,) = (await post(client)).json()["messages"][0]["buttons"]

    await post(client, text=None, message_id="message-2", button=button["token"])

    history = (await client.get("/api/messages")).json()["messages"]
    assert assistant.turns[-1]["text"] == "/continue_lesson"
    assert history[2]["text"] == "Go on"


async def test_button_of_another_person_is_refused(settings: Settings, client: httpx.AsyncClient) -> None:
    """A button seen over a shoulder does nothing in another browser."""
    (button,) = (await post(client)).json()["messages"][0]["buttons"]
    async with visit(create_app(settings, FakeAssistant())) as other:
        await other.post("/api/session")
        answer = await post(other, text=None, button=button["token"])

    assert error_of(answer) == (409, "conflict")


async def test_typed_command_reaches_assistant_as_words(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    """What people type is never run."""
    await post(client, '/answer_item{"option_id": "b"}')

    assert assistant.turns[0]["text"] == 'answer_item{"option_id": "b"}'


async def test_script_of_tutor_is_shown_as_text(client: httpx.AsyncClient) -> None:
    """The page gets HTML that runs nothing, and a person's own words as they are."""
    answer = await post(client, "<script>alert(1)</script>")

    mine, reply = (await client.get("/api/messages")).json()["messages"]
    assert answer.json()["messages"] == [reply]
    assert "<script>" not in reply["html"]
    assert mine["text"] == "<script>alert(1)</script>"
    assert "html" not in mine


@pytest.mark.parametrize(
    "image",
    [
        {"name": "ladder", "title": "A", "alt": "a", "width": 720, "height": 640},
        {"url": "/images/ladder.svg", "title": "A", "alt": "a", "width": 720, "height": 640},
    ],
    ids=["by name", "by address"],
)
async def test_picture_of_reply_has_address(
    client: httpx.AsyncClient, assistant: FakeAssistant, image: dict[str, object]
) -> None:
    """The page gets a picture's address, title, description and size, now and in the history."""
    assistant.replies = [{"text": "Look:", "image": image}]
    wanted = {"url": "/images/ladder.svg", "title": "A", "alt": "a", "width": 720, "height": 640}

    (reply,) = (await post(client)).json()["messages"]

    assert reply["image"] == wanted
    assert (await client.get("/api/messages")).json()["messages"][-1]["image"] == wanted


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "json"]
)
async def test_other_content_type_is_refused(client: httpx.AsyncClient, kind: str | None) -> None:
    """What a form of another site could send is not taken."""
    headers = {"Content-Type": kind} if kind else {}

    answer = await client.post("/api/messages", content=b'{"id": "message-1", "text": "hello"}', headers=headers)

    assert error_of(answer) == (400, "bad_request")
    assert "application/json" in answer.json()["error"]["message"]


async def test_content_type_with_charset_is_taken(client: httpx.AsyncClient) -> None:
    """A parameter and capitals do not matter."""
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}

    answer = await client.post("/api/messages", content=b'{"id": "message-1", "text": "hello"}', headers=headers)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"not json",
        b"\xff\xfe\x00",
        b"[" * 60_000,
        b'{"a":' * 12_000,
        b'{"id": "message-1", "text": "' + b"x" * 5,
        b"1" * 50_000,
    ],
    ids=["empty", "open", "words", "no text", "deep list", "deep object", "cut off", "long number"],
)
async def test_malformed_json_is_refused(client: httpx.AsyncClient, body: bytes) -> None:
    """What is no JSON, or is nested beyond reading, is told."""
    answer = await client.post("/api/messages", content=body, headers=JSON)

    assert error_of(answer) == (400, "bad_request")


async def test_body_over_limit_is_refused(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    """Far too much text is refused before it is read."""
    answer = await post(client, "x" * 100_000)

    assert error_of(answer) == (413, "too_large")
    assert assistant.turns == []


async def test_text_over_limit_names_limit(client: httpx.AsyncClient) -> None:
    """A long text is refused with its length and the limit."""
    answer = await post(client, "x" * 5_000)

    assert error_of(answer) == (413, "too_large")
    assert "5,000 characters" in answer.json()["error"]["message"]


async def test_messages_after_id_are_fetched(client: httpx.AsyncClient) -> None:
    """A page that was away asks for what came later."""
    (reply,) = (await post(client)).json()["messages"]
    await post(client, "more", "message-2")

    answer = await client.get("/api/messages", params={"after": reply["id"]})

    assert [message["text"] for message in answer.json()["messages"]] == ["more", "You said: more"]


@pytest.mark.parametrize("after", ["0", "00", "999999999999999"])
async def test_after_any_number_is_answered(client: httpx.AsyncClient, after: str) -> None:
    """Numbers that are nobody's id are no trouble."""
    assert (await client.get("/api/messages", params={"after": after})).json() == {"messages": [], "waiting": False}


@pytest.mark.parametrize(
    "after", ["", "-1", "1.5", "1e3", "x", "١٢", "²", "0x1", " 1", "1;DROP TABLE outbox", "9" * 5_000]
)
async def test_after_no_number_is_refused(client: httpx.AsyncClient, after: str) -> None:
    """What is no id is told."""
    assert error_of(await client.get("/api/messages", params={"after": after})) == (400, "bad_request")


async def test_too_many_messages_at_once_are_told(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    """Of a flood, some are answered, and the rest are asked to wait and come again."""
    assistant.delay_seconds = 0.3

    answers = await asyncio.gather(*(post(client, "hello", f"message-{number}") for number in range(12)))

    refused = [answer for answer in answers if answer.status_code != 200]
    assert len(refused) == 4
    assert {error_of(answer) for answer in refused} == {(429, "too_many")}
    assert {answer.headers["Retry-After"] for answer in refused} == {"2"}


async def test_message_that_waits_is_told_and_answered_later(settings: Settings, assistant: FakeAssistant) -> None:
    """The person hears that the message is kept; the page asks until it is answered, and has it once."""
    assistant.is_down = True
    app = create_app(settings, assistant, Patience(told_seconds=0.05))
    async with visit(app) as client:
        await client.post("/api/session")
        told, waiting = await post(client), (await client.get("/api/messages")).json()
        assistant.is_down = False
        while (again := await post(client)).status_code == 202:
            await asyncio.sleep(0.01)
        after = (await client.get("/api/messages", params={"after": waiting["messages"][-1]["id"]})).json()

    assert (told.status_code, told.json()["messages"], told.json()["waiting"]) == (202, [], True)
    assert "Your message is kept" in told.json()["note"]
    assert waiting["waiting"] is True
    assert again.status_code == 200
    assert after == {"messages": again.json()["messages"], "waiting": False}
