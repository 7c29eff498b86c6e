"""How people walk through one lesson: how far, how long at each card, and where they are stuck. Pure functions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from knowledge.model import Lesson
from review.small_groups import LEAST_PEOPLE, to_fives
from review.step_titles import title_of_step

AWAY = timedelta(minutes=30)  # a longer time at a card is a pause
QUIET = timedelta(days=7)
EARLY_SHARE = 0.25
CIRCLES, WRONGS = 4, 3


@dataclass(frozen=True)
class Standing:
    """Where somebody is in the lesson; ``number`` counts steps from 0, ``moved_at`` is in UTC."""

    learner_id: str
    number: int
    is_done: bool
    moved_at: datetime


@dataclass(frozen=True)
class Shown:
    """A step of the lesson as it was shown to somebody."""

    learner_id: str
    number: int
    at: datetime


@dataclass(frozen=True)
class CardFigures:
    """One step: people who came to it, rounded to fives, and the median of seconds there; None where few are known."""

    number: int
    title: str
    reached: int
    seconds: int | None


@dataclass(frozen=True)
class Stuck:
    """One way of being stuck, with the people in it, rounded to fives."""

    title: str
    people: int
    meaning: str


def card_figures(lesson: Lesson, standings: Iterable[Standing], shown: Iterable[Shown]) -> list[CardFigures]:
    """Say for each step how many came to it, and how long they stayed."""
    last = len(lesson.steps) - 1
    at = Counter(last if one.is_done else min(max(one.number, 0), last) for one in standings)
    seconds, figures, reached = seconds_at(shown), [], sum(at.values())
    for number, step in enumerate(lesson.steps):
        title = title_of_step(step)
        figures.append(CardFigures(number + 1, title, to_fives(reached), seconds.get(number)))
        reached -= at[number]
    return figures


def seconds_at(shown: Iterable[Shown]) -> Mapping[int, int]:
    """Give the median of seconds until the next step, in fives, where at least ``LEAST_PEOPLE`` are known."""
    times: dict[int, dict[str, float]] = defaultdict(dict)
    for rows in _by_learner(shown).values():
        for one, following in pairwise(rows):
            if following.number > one.number and following.at - one.at < AWAY:
                times[one.number][one.learner_id] = (following.at - one.at).total_seconds()
    return {number: to_fives(round(median(one.values()))) for number, one in times.items() if len(one) >= LEAST_PEOPLE}


def stuck(
    lesson: Lesson,
    standings: Sequence[Standing],
    shown: Iterable[Shown],
    wrongs: Mapping[str, int],
    now: datetime,
) -> list[Stuck]:
    """Count who goes in circles, is wrong often, or left early.

    Args:
        lesson: The lesson.
        standings: Where people are, one row a person.
        shown: What they were shown of late, by time.
        wrongs: Wrong answers in this lesson, by person.
        now: UTC without a zone.
    """
    early = EARLY_SHARE * len(lesson.steps)
    left = sum(not one.is_done and one.number < early and now - one.moved_at > QUIET for one in standings)
    circling = sum(_goes_in_circles(rows) for rows in _by_learner(shown).values())
    many = sum(count >= WRONGS for count in wrongs.values())
    return [
        Stuck("Going in circles", to_fives(circling), f"saw the same step {CIRCLES} times or more"),
        Stuck("Many wrong answers", to_fives(many), f"{WRONGS} or more in this lesson"),
        Stuck("Left early", to_fives(left), f"in the first quarter, and away for {QUIET.days} days or more"),
    ]


def _goes_in_circles(rows: Sequence[Shown]) -> bool:
    return max(Counter(one.number for one in rows).values()) >= CIRCLES


def _by_learner(shown: Iterable[Shown]) -> dict[str, list[Shown]]:
    rows: dict[str, list[Shown]] = defaultdict(list)
    for one in sorted(shown, key=lambda row: row.at):
        rows[one.learner_id].append(one)
    return rows
