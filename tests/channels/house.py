"""A gateway with browsers at its door, for tests of what the doors do themselves."""

from __future__ import annotations

from typing import Any

import httpx
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from channels import tables
from channels.fake_assistant import FakeAssistant
from channels.gateway import create_app
from database import reading
from learning.belongings import Belongings
from learning.link_codes import LinkCodes
from learning.tables import note
from settings import Settings
from tests.channels.visitor import post, visit
from tests.learning.histories import NOON, count_rows


class House:
    """A gateway with two browsers at its door."""

    def __init__(self, settings: Settings, engine: Engine, assistant: FakeAssistant) -> None:
        self.app = create_app(settings, assistant)
        self.engine = engine
        self.codes = LinkCodes(engine, settings.secret)
        self.assistant = assistant

    async def newcomer(self) -> httpx.AsyncClient:
        """Open a browser with a session of its own."""
        client = visit(self.app)
        await client.post("/api/session")
        return client

    def learners(self) -> list[str]:
        """Read to whom the browsers lead, in the order in which they came."""
        query = sa.select(tables.web_session.c.learner_id).order_by(sa.text("rowid"))
        with reading(self.engine) as connection:
            return list(connection.execute(query).scalars())

    def write_note(self, learner_id: str, text: str) -> None:
        """Let somebody have written a reflection."""
        row = {"learner_id": learner_id, "lesson_id": "one", "keep_as": "own", "text": text}
        with self.engine.begin() as connection:
            connection.execute(note.insert().values(**row, message_id=f"m-{text}", written_at=NOON))

    def notes(self, learner_id: str) -> list[str]:
        """Read somebody's reflections."""
        with reading(self.engine) as connection:
            return list(connection.execute(sa.select(note.c.text).where(note.c.learner_id == learner_id)).scalars())

    def count(self, learner_id: str) -> int:
        """Count somebody's rows in all tables."""
        with reading(self.engine) as connection:
            return sum(count_rows(connection, Belongings(self.engine), learner_id).values())


def texts(answer: httpx.Response) -> str:
    """Return all that was answered."""
    assert answer.status_code == 200, answer.text
    return "\n".join(message["text"] for message in answer.json()["messages"])


async def press(client: httpx.AsyncClient, asked: Any, title: str, message_id: str) -> httpx.Response:
    """Press a button of an answer."""
    buttons = [button for message in asked.json()["messages"] for button in message["buttons"]]
    token = next(button["token"] for button in buttons if button["title"].startswith(title))
    return await post(client, text=None, button=token, message_id=message_id)  # type: ignore[arg-type]
