"""Forgetting a person: every row of theirs in every table.

SQLite overwrites what is deleted (``secure_delete``); ``database.cut_log`` clears older copies out of its log.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from learning.belongings import Belongings


def erase(belongings: Belongings, connection: Connection, learner_id: str) -> dict[str, int]:
    """Delete all rows of a person inside a transaction.

    Returns:
        How many rows there were, by table; tables without any are named with 0.
    """
    return {
        one.name: connection.execute(one.table.delete().where(one.owner == learner_id)).rowcount
        for one in belongings.holdings
    }


def owners(belongings: Belongings, connection: Connection) -> set[str]:
    """List everybody who has any row."""
    queries = [sa.select(one.owner) for one in belongings.holdings]
    return set(connection.execute(sa.union(*queries)).scalars())
