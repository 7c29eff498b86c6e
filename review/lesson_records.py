"""Reading what people did in one lesson, and the load of repetitions. Of reflections only counts."""

from __future__ import annotations

import json
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from learning import tables as learning
from review.lesson_walks import Shown, Standing
from review.small_groups import to_fives

FOLLOWED_AT_MOST = 300  # people whose single steps are read: those who moved last
DAYS_AHEAD = 14


def read_standings(connection: Connection, lesson_id: str) -> list[Standing]:
    """Read where everybody is in a lesson, those who moved last first."""
    place = learning.lesson_place
    columns = (place.c.learner_id, place.c.step_number, place.c.is_done, place.c.updated_at)
    query = sa.select(*columns).where(place.c.lesson_id == lesson_id).order_by(place.c.updated_at.desc())
    return [Standing(*row) for row in connection.execute(query)]


def read_shown(connection: Connection, lesson_id: str, learner_ids: list[str]) -> list[Shown]:
    """Read which steps of a lesson some people were shown, as far as it is kept."""
    handled = learning.handled
    query = sa.select(handled.c.learner_id, handled.c.outcome, handled.c.handled_at)
    found = []
    for row in connection.execute(query.where(handled.c.learner_id.in_(learner_ids[:FOLLOWED_AT_MOST]))):
        outcome = json.loads(row.outcome)
        if isinstance(outcome, dict) and outcome.get("lesson_id") == lesson_id and outcome.get("place"):
            found.append(Shown(row.learner_id, int(outcome["place"]["number"]), row.handled_at))
    return found


def read_wrongs(connection: Connection, lesson_id: str) -> dict[str, int]:
    """Count the wrong answers in a lesson by person."""
    attempt = learning.attempt
    is_wrong = (attempt.c.lesson_id == lesson_id, attempt.c.outcome == "wrong")
    query = sa.select(attempt.c.learner_id, sa.func.count()).where(*is_wrong).group_by(attempt.c.learner_id)
    return {learner_id: count for learner_id, count in connection.execute(query)}


def count_writers(connection: Connection, lesson_id: str) -> int:
    """Count who wrote a reflection in a lesson, rounded to fives; what they wrote is theirs alone."""
    note = learning.note
    people = sa.select(sa.func.count(sa.distinct(note.c.learner_id))).where(note.c.lesson_id == lesson_id)
    return to_fives(int(connection.execute(people).scalar_one()))


def repetition_load(connection: Connection, today: date) -> list[tuple[date, int]]:
    """Count the people for whom something comes back, by day, rounded to fives; who is late counts today."""
    due = learning.repetition.c.due_on
    people = sa.func.count(sa.distinct(learning.repetition.c.learner_id))
    last = today + timedelta(days=DAYS_AHEAD - 1)
    ahead = sa.select(due, people).where(due > today, due <= last).group_by(due)
    counts = {day: count for day, count in connection.execute(ahead)}
    counts[today] = connection.execute(sa.select(people).where(due <= today)).scalar_one()
    days = [today + timedelta(days=number) for number in range(DAYS_AHEAD)]
    return [(day, to_fives(counts.get(day, 0))) for day in days]
