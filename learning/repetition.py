"""When a question comes back: after how many days, by how well it was answered. Pure functions.

Source:
    FSRS (Free Spaced Repetition Scheduler), package ``fsrs``: https://github.com/open-spaced-repetition/py-fsrs
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from fsrs import Card, Rating, Scheduler, State

from knowledge.model import Item
from learning.grading import Outcome
from learning.sureness import Sureness

SITTING_LIMIT_ITEMS = 10
INTERVAL_LIMIT_DAYS = 365
_RATING_OF_OUTCOME = {"right": Rating.Good, "partly": Rating.Hard, "wrong": Rating.Again}
_SCHEDULER = Scheduler(
    learning_steps=(), relearning_steps=(), maximum_interval=INTERVAL_LIMIT_DAYS, enable_fuzzing=False
)


@dataclass(frozen=True)
class Schedule:
    """When an item comes back to a learner.

    ``fingerprint`` is that of the item as it was answered; ``stability`` is in days, ``difficulty`` from 1 to 10. Both
    dates are days where the learner is.
    """

    item_id: str
    fingerprint: str
    stability: float
    difficulty: float
    answered_on: date
    due_on: date


def fingerprint(item: Item) -> str:
    """Return a fingerprint of what an item asks and what is right, so that a schedule of another text is not kept."""
    told = (item.kind, item.stem.text, *(f"{option.key}{option.is_right}" for option in item.options))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]


def is_missed(outcome: Outcome, sureness: Sureness | None) -> bool:
    """Tell whether a first answer is a reason to ask again: it is not all right, or the person was not sure."""
    return outcome != "right" or sureness in ("unsure", "guess")


def rate(outcome: Outcome, sureness: Sureness | None) -> Rating:
    """Say in FSRS's words how an item was answered; right without being sure is hard."""
    is_shaky = outcome == "right" and is_missed(outcome, sureness)
    return Rating.Hard if is_shaky else _RATING_OF_OUTCOME[outcome]


def schedule(
    item: Item, outcome: Outcome, sureness: Sureness | None, today: date, known: Schedule | None = None
) -> Schedule | None:
    """Say when an item comes back after its first answer of a day.

    Args:
        item: The item that was answered.
        outcome: How it was answered.
        sureness: How sure the person was, if they were asked.
        today: The day of the answer, where the learner is.
        known: The schedule so far.

    Returns:
        A schedule whose day is always after ``today``. The known one when it is not due yet. None when the item need
        not come back: nothing was missed, and it was not on the list.
    """
    known = known if known and known.fingerprint == fingerprint(item) else None
    if known and known.due_on > today:
        return known
    if not known and not is_missed(outcome, sureness):
        return None
    card, _ = _SCHEDULER.review_card(_card(known), rate(outcome, sureness), _noon(today))
    assert card.stability is not None and card.difficulty is not None
    due_on = max(card.due.date(), today + timedelta(days=1))
    return Schedule(item.id, fingerprint(item), card.stability, card.difficulty, today, due_on)


def _card(known: Schedule | None) -> Card:
    if known is None:
        return Card(card_id=0)
    return Card(
        card_id=0,
        state=State.Review,
        stability=known.stability,
        difficulty=known.difficulty,
        due=_noon(known.due_on),
        last_review=_noon(known.answered_on),
    )


def _noon(day: date) -> datetime:
    """Stand for a whole day, so that FSRS counts days and not hours."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=timezone.utc)


def choose(due: Iterable[Schedule], limit: int = SITTING_LIMIT_ITEMS) -> list[str]:
    """Choose the items of one sitting: those that have waited longest, and no two of a lesson in a row if it can be.

    Returns:
        Their ids in the order in which they are asked.
    """
    chosen = sorted(due, key=lambda one: (one.due_on, one.item_id))[:limit]
    of_lesson: dict[str, list[str]] = {}
    for one in chosen:
        of_lesson.setdefault(lesson_of(one.item_id), []).append(one.item_id)
    mixed: list[str] = []
    while any(of_lesson.values()):
        last = lesson_of(mixed[-1]) if mixed else ""
        others = [lesson for lesson, ids in of_lesson.items() if ids and lesson != last]
        lesson = max(others, key=lambda one: len(of_lesson[one])) if others else last
        mixed.append(of_lesson[lesson].pop(0))
    return mixed


def lesson_of(item_id: str) -> str:
    """Return the id of the lesson that an item stands in."""
    return item_id.rpartition(".")[0]
