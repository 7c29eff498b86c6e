"""Forgetting a person: every row of theirs in every table.

SQLite overwrites what is deleted (``secure_delete``); ``database.cut_log`` clears older copies out of its log.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from learning.belongings import Belongings, Holding
from learning.draft_lines import without_lines

FORGOTTEN = "somebody who was forgotten"
QUOTES = "desk_draft_question"  # which lines of drafts are somebody's questions
_draft = sa.table("content_draft", sa.column("path"), sa.column("text"), sa.column("saves"))


def erase(belongings: Belongings, connection: Connection, learner_id: str) -> dict[str, int]:
    """Delete all rows of a person inside a transaction.

    A table whose owner may be empty holds what stays true without a person, such as a certificate that somebody else
    was given: there only the owner is taken out.

    Returns:
        How many rows there were, by table; tables without any are named with 0.
    """
    if quotes := belongings.holding(QUOTES):
        _take_out_of_drafts(connection, quotes, learner_id)
    for one in belongings.mentions:
        connection.execute(one.table.update().where(one.owner == learner_id).values({one.owner.name: FORGOTTEN}))
    return {one.name: connection.execute(_forget(one, learner_id)).rowcount for one in belongings.holdings}


def _forget(holding: Holding, learner_id: str) -> sa.sql.Executable:
    is_own = holding.owner == learner_id
    if holding.owner.nullable:
        return holding.table.update().where(is_own).values({holding.owner.name: None})
    return holding.table.delete().where(is_own)


def _take_out_of_drafts(connection: Connection, quotes: Holding, learner_id: str) -> None:
    """Take a person's questions out of drafts, but for those that somebody else asked in the same words.

    Who has such a draft open is told, when saving, that it has changed.
    """
    table, is_own = quotes.table, quotes.owner == learner_id
    others = {(row.draft_path, row.line) for row in connection.execute(sa.select(table).where(~is_own))}
    gone: dict[str, set[str]] = {}
    for row in connection.execute(sa.select(table).where(is_own)):
        if (row.draft_path, row.line) not in others:
            gone.setdefault(row.draft_path, set()).add(row.line)
    for path, lines in gone.items():
        text = connection.execute(sa.select(_draft.c.text).where(_draft.c.path == path)).scalar_one_or_none()
        if text is not None:
            change = {"text": without_lines(text, lines), "saves": _draft.c.saves + 1}
            connection.execute(_draft.update().where(_draft.c.path == path).values(change))
