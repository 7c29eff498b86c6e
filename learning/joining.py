"""Putting two histories together, so that nothing is lost: every row of the one becomes a row of the other.

What only one of them has moves. Where both have a row about the same thing, ``merging.py`` says what counts. Of two
messages with one id the incoming one gets another id. The conversation of the learner who stays goes on: the other's is
put before its beginning (docs/decisions/0018-one-learner.md).
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from learning.belongings import Belongings, Holding
from learning.merging import RULES
from learning.sitting import REPETITION

CONVERSATION = "conversation_event"
MESSAGE_ID = "message_id"
KEPT_CHARS = 60


def join(belongings: Belongings, connection: Connection, source: str, target: str) -> None:
    """Make everything of ``source`` belong to ``target``, inside a transaction; done twice, it changes nothing."""
    if source == target:
        return
    _choose_sitting(belongings, connection, source, target)
    for one in belongings.mentions:
        connection.execute(one.table.update().where(one.owner == source).values({one.owner.name: target}))
    for holding in belongings.holdings:
        if holding.name == CONVERSATION:
            _put_before(holding, connection, source, target)
            continue
        for key in unique_keys(holding):
            _settle_conflicts(holding, key, connection, source, target)
        move = holding.table.update().where(holding.owner == source).values({holding.owner.name: target})
        connection.execute(move)


def unique_keys(holding: Holding) -> list[tuple[sa.Column, ...]]:
    """List what may stand only once for a person: the other columns of each key that holds the owner."""
    table = holding.table
    constraints = [one for one in table.constraints if isinstance(one, sa.UniqueConstraint)]
    indexes = [one for one in table.indexes if one.unique]
    sets = [list(one.columns) for one in (table.primary_key, *constraints, *indexes)]
    own = [columns for columns in sets if any(column is holding.owner for column in columns)]
    return [tuple(column for column in columns if column is not holding.owner) for columns in own]


def _settle_conflicts(
    holding: Holding, key: tuple[sa.Column, ...], connection: Connection, source: str, target: str
) -> None:
    """Make room for the rows of the source, where the target has one under the same key."""
    for row in _rows(holding, connection, source):
        same = [column == row[column.name] for column in key]
        found = connection.execute(sa.select(holding.table).where(holding.owner == target, *same)).mappings()
        kept = found.one_or_none()
        if kept is None:
            continue
        here = sa.and_(*(column == row[column.name] for column in _identity(holding)))
        rule = RULES.get(holding.name)
        if rule is None and any(column.name == MESSAGE_ID for column in key):
            fresh = f"{row[MESSAGE_ID][:KEPT_CHARS]}~{source[:8]}"
            connection.execute(holding.table.update().where(here).values({MESSAGE_ID: fresh}))
            continue
        merged = {**(rule(kept, row) if rule else kept), holding.owner.name: target}
        there = sa.and_(*(column == kept[column.name] for column in _identity(holding)))
        connection.execute(holding.table.delete().where(here))
        connection.execute(holding.table.update().where(there).values(merged))


def _identity(holding: Holding) -> list[sa.Column]:
    return list(holding.table.primary_key.columns)


def _rows(holding: Holding, connection: Connection, learner_id: str) -> list[Any]:
    return list(connection.execute(sa.select(holding.table).where(holding.owner == learner_id)).mappings())


def _choose_sitting(belongings: Belongings, connection: Connection, source: str, target: str) -> None:
    """Of two sittings of practice keep the later one, with the place in it."""
    sitting, place = belongings.holding("sitting"), belongings.holding("lesson_place")
    assert sitting and place
    begun = {row["learner_id"]: row["begun_at"] for who in (source, target) for row in _rows(sitting, connection, who)}
    if len(begun) < 2:
        return
    earlier = source if begun[source] <= begun[target] else target
    connection.execute(sitting.table.delete().where(sitting.owner == earlier))
    connection.execute(place.table.delete().where(place.owner == earlier, place.table.c.lesson_id == REPETITION))


def _put_before(holding: Holding, connection: Connection, source: str, target: str) -> None:
    """Put one conversation before the beginning of another: events are numbered 1, 2, 3 ... within a conversation."""
    table, seq = holding.table, holding.table.c.seq
    length = connection.execute(sa.select(sa.func.max(seq)).where(holding.owner == source)).scalar_one_or_none() or 0
    if not length:
        return
    own = holding.owner == target
    connection.execute(table.update().where(own).values(seq=-(seq + length)))  # below zero nothing is in the way
    connection.execute(table.update().where(holding.owner == source).values({holding.owner.name: target}))
    connection.execute(table.update().where(own, seq < 0).values(seq=-seq))
