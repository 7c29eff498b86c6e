"""The week in figures: what people did, asked and got, beside the week before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from learning import tables as learning
from review import tables
from review.small_groups import tell_fives, to_fives

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Figure:
    """A count of this week and of the week before.

    Attributes:
        evidence: Address of the page that shows what was counted; empty where there is none.
    """

    title: str
    now: int
    before: int
    evidence: str = ""

    @property
    def shown(self) -> str:
        """The count, rounded so that it tells of no one person."""
        return tell_fives(self.now)

    @property
    def change(self) -> str:
        """The difference of what is shown of both weeks, in words."""
        difference = to_fives(self.now) - to_fives(self.before)
        return "about as many as the week before" if not difference else f"about {abs(difference)} {_word(difference)}"


def _word(difference: int) -> str:
    return "more than the week before" if difference > 0 else "fewer than the week before"


def week_figures(connection: Connection, now: datetime) -> list[Figure]:
    """Count the last seven days and the seven before.

    Args:
        connection: To the tutor's database; only read.
        now: UTC without a zone.
    """
    question, place, rating = learning.question, learning.lesson_place, learning.rating
    said = (tables.outbox, tables.outbox.c.sent_at, tables.outbox.c.author == "you")
    people = sa.func.count(sa.distinct(tables.outbox.c.learner_id))
    counts: list[tuple[str, str, tuple[Any, ...], Any]] = [
        ("People who wrote", "/conversations?days=7", said, people),
        ("Questions asked", "/conversations?days=7", _asked(), None),
        ("Questions answered", "", _asked(question.c.decision == "answer"), None),
        ("Questions answered with a choice", "", _asked(question.c.decision == "choose"), None),
        ("Questions not answered", "/questions", _asked(question.c.decision == "abstain"), None),
        ("Answers that did not help", "/questions", (rating, rating.c.rated_at, rating.c.is_helpful.is_(False)), None),
        ("Lessons worked on", "/lessons", (place, place.c.updated_at), None),
        ("Lessons finished", "/lessons", (place, place.c.updated_at, place.c.is_done.is_(True)), None),
    ]
    return [
        Figure(
            title,
            _count(connection, now - WEEK, now, *rows, count=count),
            _count(connection, now - 2 * WEEK, now - WEEK, *rows, count=count),
            evidence,
        )
        for title, evidence, rows, count in counts
    ]


def _asked(*conditions: Any) -> tuple[Any, ...]:
    return (learning.question, learning.question.c.asked_at, *conditions)


def _count(
    connection: Connection, start: datetime, end: datetime, table: Any, column: Any, *conditions: Any, count: Any
) -> int:
    what = sa.func.count() if count is None else count
    query = sa.select(what).select_from(table).where(column >= start, column < end, *conditions)
    return int(connection.execute(query).scalar_one())
