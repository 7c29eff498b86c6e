"""Missing questions, and letting days pass, for tests of repetition."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from knowledge.model import Item
from learning import tables
from tests.bot.actions.chat import Chat, letters_of, wrong_keys


def miss_item(chat: Chat, kind: str = "one right") -> Item:
    """Go to the first item of a kind that is not asked with "how sure are you", and answer it wrong."""
    items = [item for lesson in chat.parts.knowledge.lessons.values() for item in lesson.items]
    item = next(one for one in items if one.kind == kind and not one.asks_sure)
    chat.stand_at(item.key)
    reply = chat.type(letters_of(item, wrong_keys(item))[0], "answer_item")
    assert reply.names[0] == "utter_graded_wrong"
    return item


def pass_days(engine: Engine, days: int) -> None:
    """Let everything that comes back have been answered some days ago."""
    table = tables.repetition
    with engine.begin() as connection:
        for row in connection.execute(sa.select(table)).all():
            moved = {"due_on": row.due_on - timedelta(days=days), "answered_on": row.answered_on - timedelta(days=days)}
            own = (table.c.learner_id == row.learner_id, table.c.item_id == row.item_id)
            connection.execute(table.update().where(*own).values(**moved))
