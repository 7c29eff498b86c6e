"""Forgetting a person: every row of theirs in every table.

SQLite overwrites what is deleted (``secure_delete``); ``database.cut_log`` clears older copies out of its log.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from learning.belongings import Belongings, Holding

FORGOTTEN = "somebody who was forgotten"


def erase(belongings: Belongings, connection: Connection, learner_id: str) -> dict[str, int]:
    """Delete all rows of a person inside a transaction.

    A table whose owner may be empty holds what stays true without a person, such as a certificate that somebody else
    was given: there only the owner is taken out.

    Returns:
        How many rows there were, by table; tables without any are named with 0.
    """
    for one in belongings.mentions:
        connection.execute(one.table.update().where(one.owner == learner_id).values({one.owner.name: FORGOTTEN}))
    return {one.name: connection.execute(_forget(one, learner_id)).rowcount for one in belongings.holdings}


def _forget(holding: Holding, learner_id: str) -> sa.sql.Executable:
    is_own = holding.owner == learner_id
    if holding.owner.nullable:
        return holding.table.update().where(is_own).values({holding.owner.name: None})
    return holding.table.delete().where(is_own)
