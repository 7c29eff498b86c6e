"""The description of the web API says what the API does."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from sqlalchemy.engine import Engine
from starlette.routing import Route

from channels import errors, said
from channels.fake_assistant import FakeAssistant
from channels.gateway import create_app
from channels.line import Patience
from channels.mailroom import HISTORY_LIMIT
from channels.said import Said
from settings import Settings
from telling.web import ALLOWED_TAGS
from tests.channels.visitor import ADDRESS, post, visit
from tests.channels.web.description import DESCRIPTION, look_up, trouble_with

SOURCE = {"key": "S1", "title": "A paper", "author": "", "year": "2020", "url": "https://example.org"}
RICH_REPLY = {
    "text": "**Hello!**",
    "buttons": [{"title": "A", "payload": "/a", "kind": kind} for kind in ("option", "rate", "action")],
    "image": {"name": "ladder", "title": "A", "alt": "a", "width": 720, "height": 640},
    "custom": {"sources": [SOURCE], "progress": {"lesson": "One", "done": 1, "total": 3}},
}
SCHEMAS = DESCRIPTION["components"]["schemas"]


def described() -> set[tuple[str, str]]:
    """Return every address and method of the description."""
    return {(path, method.upper()) for path, methods in DESCRIPTION["paths"].items() for method in methods}


def test_description_names_every_route(settings: Settings) -> None:
    """Nothing is served that is not described, but for the files of the page, and the reverse."""
    routes = [route for route in create_app(settings, FakeAssistant()).routes if isinstance(route, Route)]

    served = {(route.path, method) for route in routes for method in route.methods or ()} - {("", "")}

    assert {(path, method) for path, method in served if method != "HEAD"} == described()


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_of_description_is_valid(name: str) -> None:
    """Each schema can be read by the tools of OpenAPI 3.1."""
    Draft202012Validator.check_schema(SCHEMAS[name])


def test_references_of_description_lead_somewhere() -> None:
    """No reference is broken, and nothing is described that nobody uses."""
    named = set(re.findall(r"'\$ref': '#/components/([^']+)'", str(DESCRIPTION)))

    there = {f"{kind}/{name}" for kind, parts in DESCRIPTION["components"].items() for name in parts}
    assert named == {name for name in there if not name.startswith("securitySchemes/")}


async def test_session_is_as_described(stranger: httpx.AsyncClient) -> None:
    """New or known, the answer fits."""
    answers = [(await stranger.post("/api/session")).json() for _ in range(2)]

    assert [trouble_with(answer, "Session") for answer in answers] == [[], []]


async def test_messages_are_as_described(client: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    """Replies and history fit, rich and poor, field by field."""
    poor = (await post(client)).json()
    assistant.replies = [RICH_REPLY]
    rich = (await post(client, "more", "message-2")).json()
    history = (await client.get("/api/messages")).json()

    assert [trouble_with(body, "Messages") for body in (poor, rich, history)] == [[], [], []]
    assert {name for message in history["messages"] for name in message} == set(SCHEMAS["Message"]["properties"])


def answers_of(path: str, method: str) -> dict[str, dict[str, Any]]:
    """Return the described answers of a route, by status."""
    responses = DESCRIPTION["paths"][path][method]["responses"]
    return {status: look_up(response) for status, response in responses.items()}


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        ({"json": {"id": "message-1"}}, 400, "bad_request"),
        ({"json": {"id": "message-1", "text": "hi"}, "headers": {"Authorization": "Bearer x"}}, 401, "no_session"),
        ({"json": {"id": "message-1", "text": "hi"}, "headers": {"Origin": "http://evil"}}, 403, "wrong_origin"),
        ({"json": {"id": "message-1", "button": "unknown"}}, 409, "conflict"),
        ({"json": {"id": "message-1", "text": "x" * 5_000}}, 413, "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_error_is_as_described(
    client: httpx.AsyncClient, request_: dict[str, Any], status: int, code: str
) -> None:
    """Each error has the described status, code and shape."""
    answer = await client.post("/api/messages", **request_)

    described_answer = answers_of("/api/messages", "post")[str(status)]
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert trouble_with(answer.json(), "Error") == []
    assert described_answer["description"].startswith(f"`{code}`")
    assert ("Retry-After" in answer.headers) == ("headers" in described_answer)


async def test_trouble_with_database_is_as_described(client: httpx.AsyncClient, engine: Engine) -> None:
    """What cannot be kept has the described status, code and shape."""
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE inbox")

    answer = await post(client)

    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unavailable")
    assert trouble_with(answer.json(), "Error") == []
    assert "Retry-After" in answer.headers


async def test_waiting_is_as_described(settings: Settings, assistant: FakeAssistant) -> None:
    """A message that waits is told with the described status and shape, and so is the history meanwhile."""
    assistant.is_down = True
    app = create_app(settings, assistant, Patience(told_seconds=0.05))
    async with visit(app) as client:
        await client.post("/api/session")
        answer, history = await post(client), await client.get("/api/messages")
        await app.state.turns.close()

    assert answer.status_code == 202
    assert trouble_with(answer.json(), "Waiting") == []
    assert trouble_with(history.json(), "Messages") == []
    assert history.json()["waiting"] is True


def test_every_error_of_the_door_is_described() -> None:
    """Each status that the door can answer a message with is in the description."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.DoorError)]

    assert {str(kind.status) for kind in kinds} | {"200"} == set(answers_of("/api/messages", "post"))


async def test_readiness_is_as_described(stranger: httpx.AsyncClient) -> None:
    """Its parts are all named."""
    assert trouble_with((await stranger.get("/readyz")).json(), "Readiness") == []


@pytest.mark.parametrize(
    ("body", "is_described"),
    [
        ({"id": "message-1", "text": "hi"}, True),
        ({"id": "message-1", "button": "start"}, True),
        ({"id": "message-1"}, False),
        ({"id": "message-1", "text": "hi", "button": "start"}, False),
        ({"id": "short", "text": "hi"}, False),
        ({"id": "message-1", "text": ""}, False),
        ({"id": "message-1", "text": "x" * 4_001}, False),
        ({"id": "message-1", "button": "x" * 65}, False),
    ],
)
async def test_request_is_taken_as_described(
    client: httpx.AsyncClient, body: dict[str, Any], is_described: bool
) -> None:
    """What the description allows is taken, and what it does not is refused."""
    answer = await client.post("/api/messages", json=body, headers={"Origin": ADDRESS})

    assert (trouble_with(body, "Said") == []) == is_described
    assert (answer.status_code == 200) == is_described


def test_limits_of_description_are_those_of_the_door() -> None:
    """Numbers and lists in the description are those in the code."""
    fields, text = SCHEMAS["Said"]["properties"], str(DESCRIPTION)

    assert fields["text"]["maxLength"] == said.TEXT_LIMIT_CHARS
    assert fields["button"]["maxLength"] == said.TOKEN_LIMIT_CHARS
    assert set(fields) == set(Said.__dataclass_fields__) - {"message_id"} | {"id"}
    assert f"{said.BODY_LIMIT_BYTES // 1024} kB" in text
    assert f"the latest {HISTORY_LIMIT}." in text
    assert [
        tag
        for tag in ALLOWED_TAGS
        if not re.search(rf"\b{tag}\b", SCHEMAS["Message"]["properties"]["html"]["description"])
    ] == []
