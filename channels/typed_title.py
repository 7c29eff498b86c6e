"""A button's title that was typed instead of pressed counts as the press.

Only the buttons of the tutor's newest message count, and only once all before it is answered: what is typed meanwhile
is meant for what is not there yet. Options are left to the assistant: typed, one is the whole answer; pressed, it may
only be marked.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from channels import tables
from channels.outbox import newest_buttons

_WORDS = re.compile(r"\w+")
LONGEST_CHARS = 200
OPTION = "option"


def typed_title(connection: Connection, learner_id: str, text: str) -> str | None:
    """Return the token of the button whose title a text is; None if it is none's, or that of two."""
    if len(text) > LONGEST_CHARS or _is_waiting(connection, learner_id):
        return None
    buttons = [one for one in newest_buttons(connection, learner_id) if one.get("kind") != OPTION]
    tokens = [one["token"] for one in buttons if is_title(text, one["title"])]
    return tokens[0] if len(tokens) == 1 else None


def is_title(text: str, title: str) -> bool:
    """Tell whether a text is a title, whatever its capitals, points and blanks.

    Example:
        >>> is_title("other stage", "Other stage"), is_title("stage", "Other stage"), is_title("👍", "👍")
        (True, False, True)
    """
    return _in_words(text) == _in_words(title)


def _in_words(text: str) -> str:
    return " ".join(_WORDS.findall(text.casefold())) or text.strip()


def _is_waiting(connection: Connection, learner_id: str) -> bool:
    table = tables.inbox
    is_open = (table.c.learner_id == learner_id, table.c.answered_at.is_(None))
    return connection.execute(sa.select(table.c.message_id).where(*is_open).limit(1)).one_or_none() is not None
