"""What a conversation must have to be listed, as conditions on the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from learning import tables as learning
from review import tables
from review.said import patterns_of

CONFIDENCES = {"low": (0.0, 0.5), "middle": (0.5, 0.8), "high": (0.8, 1.01)}  # from, and below
STATES = ("open", "reviewed", "flagged", "mine")


@dataclass(frozen=True)
class Wanted:
    """What a conversation must have to be listed; empty means anything.

    Attributes:
        since: When its newest message in the time looked at was sent at the earliest, UTC; ``until`` before when.
        channel: The door of one of its messages.
        decision: Of one of its questions: answer, choose or abstain.
        theme: Of one of its questions, or of a lesson that was begun; ``theme_lessons`` are the ids of those.
        feedback: Of one of its ratings: helpful or unhelpful.
        words: What somebody typed, in one message; see ``said.patterns_of``.
        intent: What that message was taken for, and ``confidence`` how surely: a key of ``CONFIDENCES``.
        state: What the team did with it: one of ``STATES``; mine is handed to ``reader``.
    """

    since: datetime | None = None
    until: datetime | None = None
    channel: str = ""
    decision: str = ""
    feedback: str = ""
    theme: str = ""
    theme_lessons: tuple[str, ...] = ()
    lesson: str = ""
    intent: str = ""
    confidence: str = ""
    words: str = ""
    tag: str = ""
    state: str = ""
    reader: str = ""


def has(wanted: Wanted) -> list[Any]:
    """Return the conditions on messages of the outbox: whose they are, and when they were sent."""
    out = tables.outbox
    return [*_times(wanted), *(out.c.learner_id.in_(query) for query in _whose(wanted))]


def _times(wanted: Wanted) -> list[Any]:
    """Numbers grow with time: so the index of numbers answers, and no message need be read."""
    out = tables.outbox
    conditions = []
    if wanted.since:
        first = sa.select(sa.func.min(out.c.id)).where(out.c.sent_at >= wanted.since)
        conditions.append(out.c.id >= first.scalar_subquery())
    if wanted.until:
        last = sa.select(sa.func.max(out.c.id)).where(out.c.sent_at < wanted.until)
        conditions.append(out.c.id <= last.scalar_subquery())
    return conditions


def _whose(wanted: Wanted) -> list[Any]:
    asked, rated, place = learning.question, learning.rating, learning.lesson_place
    queries = []
    if wanted.channel:
        queries.append(sa.select(tables.inbox.c.learner_id).where(tables.inbox.c.channel == wanted.channel))
    if wanted.decision:
        queries.append(sa.select(asked.c.learner_id).where(asked.c.decision == wanted.decision))
    if wanted.feedback:
        is_helpful = rated.c.is_helpful.is_(wanted.feedback == "helpful")
        queries.append(sa.select(rated.c.learner_id).where(is_helpful))
    if wanted.lesson:
        queries.append(sa.select(place.c.learner_id).where(place.c.lesson_id == wanted.lesson))
    if wanted.theme:
        is_about = asked.c.topics.like(f'["{wanted.theme}.%')
        begun = sa.select(place.c.learner_id).where(place.c.lesson_id.in_(wanted.theme_lessons))
        queries.append(sa.union(sa.select(asked.c.learner_id).where(is_about), begun))
    if conditions := said_conditions(wanted):
        queries.append(sa.select(tables.desk_said.c.learner_id).where(*conditions))
    return queries


def said_conditions(wanted: Wanted) -> list[Any]:
    """Return what one message must have: its words, its intent, and how sure that was."""
    said = tables.desk_said
    conditions: list[Any] = [said.c.words.contains(one, autoescape=True) for one in patterns_of(wanted.words)]
    if wanted.words and not conditions:
        conditions.append(sa.false())  # nothing but signs
    if wanted.intent:
        conditions.append(said.c.intent == wanted.intent)
    if wanted.confidence in CONFIDENCES:
        least, below = CONFIDENCES[wanted.confidence]
        conditions += [said.c.confidence >= least, said.c.confidence < below]
    return conditions


def is_marked(wanted: Wanted, last_id: Any) -> list[Any]:
    """Return the conditions on the team's marks.

    Args:
        wanted: What is wanted.
        last_id: The number of the conversation's newest message, as a column.
    """
    mark = tables.desk_mark
    states = {
        "reviewed": mark.c.reviewed_to >= last_id,
        "open": sa.or_(mark.c.reviewed_to.is_(None), mark.c.reviewed_to < last_id),
        "flagged": mark.c.is_flagged.is_(True),
        "mine": mark.c.handed_to == wanted.reader,
    }
    chosen = [states[wanted.state]] if wanted.state in states else []
    return [*chosen, mark.c.tags.contains(f",{wanted.tag},", autoescape=True)] if wanted.tag else chosen
