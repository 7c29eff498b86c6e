"""What is most worth doing now: at most five things, each with the page that shows why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from knowledge.model import Knowledge
from learning import tables as learning
from review import tables
from review.draft_sources import notices
from review.lesson_figures import ItemFigures
from review.small_groups import FIVE, tell_some
from review.step_titles import stem_of
from review.taken import to_mend

SHOWN = 5
FORGOTTEN_WEIGHT = 1_000_000  # a promise to somebody comes first


class Worth(NamedTuple):
    """One thing to do."""

    text: str
    evidence: str
    weight: float


def worth_doing(
    connection: Connection, knowledge: Knowledge, items: Sequence[ItemFigures], since: datetime
) -> list[Worth]:
    """Gather what there is to do, the weightiest first.

    Args:
        connection: To the tutor's database; only read.
        knowledge: The course.
        items: How the items of the quizzes work.
        since: From when on, UTC without a zone.
    """
    found = [
        *_missed(connection, since),
        *_unhelpful(connection, knowledge, since),
        *_flagged(connection),
        *_forgotten(connection),
        *_items(items, knowledge),
    ]
    return sorted(found, key=lambda one: -one.weight)[:SHOWN]


def _missed(connection: Connection, since: datetime) -> list[Worth]:
    asked = learning.question
    query = sa.select(sa.func.count()).where(asked.c.decision == "abstain", asked.c.asked_at >= since)
    count = connection.execute(query).scalar_one()
    return [Worth(f"Read {tell_some(count)} questions without an answer", "/questions", count)] if count else []


def _unhelpful(connection: Connection, knowledge: Knowledge, since: datetime) -> list[Worth]:
    rating = learning.rating
    count = sa.func.count().label("count")
    query = (
        sa.select(rating.c.topic_id, count)
        .where(rating.c.is_helpful.is_(False), rating.c.rated_at >= since)
        .group_by(rating.c.topic_id)
        .order_by(count.desc())
        .limit(SHOWN)
    )
    topics = knowledge.course.topics
    return [
        Worth(
            f"Look at the answer to “{topics[row.topic_id].title if row.topic_id in topics else row.topic_id}”: "
            f"it did not help {tell_some(row.count)} times",
            f"/questions?topic={quote(row.topic_id)}",
            2 * row.count,
        )
        for row in connection.execute(query)
    ]


def _flagged(connection: Connection) -> list[Worth]:
    mark = tables.desk_mark
    count = connection.execute(sa.select(sa.func.count()).where(mark.c.is_flagged.is_(True))).scalar_one()
    return (
        [Worth(f"Read {_many(count, 'flagged conversation')}", "/conversations?state=flagged", 3 * count)]
        if count
        else []
    )


def _forgotten(connection: Connection) -> list[Worth]:
    left = len(notices(connection)) + len(to_mend(connection))
    text = "Look after drafts and test files: somebody whose words were in them was forgotten"
    return [Worth(text, "/forgotten", FORGOTTEN_WEIGHT)] if left else []


def _items(items: Sequence[ItemFigures], knowledge: Knowledge) -> list[Worth]:
    asked = {item.id: item for lesson in knowledge.lessons.values() for item in lesson.items}
    return [
        Worth(
            f"Look at the quiz question “{stem_of(asked[one.item_id])}”: {one.look}",
            f"/lessons#{one.item_id}",
            one.answers / FIVE,
        )
        for one in items
        if one.look
    ]


def _many(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"
