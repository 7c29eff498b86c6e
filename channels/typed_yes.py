"""A yes or a no that is typed where the porter asked: it counts as the button beside which it could have been said."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from channels import tables
from channels.outbox import newest_buttons
from database import reading
from learning.typed_reply import is_only

YES = frozenset("yes yep yeah sure ok okay please do it join them both together put".split())
NO = frozenset("no nope not now never mind later thanks thank you don't leave it".split())
JOIN, LEFT = "/door_join", "/door_left"


def read_wish(text: str) -> str | None:
    """Tell which of the door's two buttons a text can mean, as the beginning of its payload; None for any other text.

    Example:
        >>> read_wish("Yes, please!"), read_wish("What is co-creation?")
        ('/door_join', None)
    """
    if is_only(text, NO):
        return LEFT
    return JOIN if is_only(text, YES) else None


def find_errand(engine: Engine, learner_id: str, wish: str) -> str | None:
    """Return the payload of the button that is meant, if the newest that the tutor said is a question of the door."""
    with reading(engine) as connection:
        return next((one for one in _offered(connection, learner_id) if one.startswith(wish)), None)


def _offered(connection: Connection, learner_id: str) -> list[str]:
    """Read the payloads of the newest buttons."""
    button = tables.button
    tokens = [one["token"] for one in newest_buttons(connection, learner_id)]
    found = sa.select(button.c.payload).where(button.c.token.in_(tokens), button.c.learner_id == learner_id)
    return list(connection.execute(found).scalars()) if tokens else []
