"""Forgetting a person: every row of theirs in every table.

SQLite overwrites what is deleted (``secure_delete``); ``database.drop_deleted`` clears out copies left elsewhere.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from learning.belongings import Belongings, Holding
from learning.forgotten_drafts import QUOTES, take_out_of_drafts

FORGOTTEN = "somebody who was forgotten"
REASON = "reason"


def erase(belongings: Belongings, connection: Connection, learner_id: str) -> dict[str, int]:
    """Delete all rows of a person inside a transaction.

    A table whose owner may be empty holds what stays true without a person, such as a certificate that somebody else
    was given: there only the owner is taken out.

    Returns:
        How many rows there were, by table; tables without any are named with 0.
    """
    if quotes := belongings.holding(QUOTES):
        take_out_of_drafts(connection, quotes, learner_id)
    for one in belongings.mentions:
        connection.execute(one.table.update().where(one.owner == learner_id).values(_mention_of_nobody(one)))
    return {one.name: connection.execute(_forget(one, learner_id)).rowcount for one in belongings.holdings}


def _mention_of_nobody(mention: Holding) -> dict[str, Any]:
    """Return what stands in the place of a person's number, and of a reason that may tell who they are."""
    values: dict[str, Any] = {mention.owner.name: FORGOTTEN}
    if REASON in mention.table.c:
        reason = mention.table.c[REASON]
        values[REASON] = sa.case((reason == "", ""), else_=FORGOTTEN)
    return values


def _forget(holding: Holding, learner_id: str) -> sa.sql.Executable:
    is_own = holding.owner == learner_id
    if holding.owner.nullable:
        return holding.table.update().where(is_own).values({holding.owner.name: None})
    return holding.table.delete().where(is_own)
