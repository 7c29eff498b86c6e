"""How lessons go: where people stop, and which questions of the quiz are worth a look. Pure functions over rows."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from knowledge.model import Item, Lesson
from review.small_groups import LEAST_PEOPLE, to_fives, to_share
from review.step_titles import title_of_step

LEAST_ANSWERS = 8  # fewer say little
EASY, HARD = 0.95, 0.4
LOW_DISCRIMINATION = 0.1


@dataclass(frozen=True)
class Attempt:
    """One first answer to an item."""

    learner_id: str
    item_id: str
    chosen: tuple[str, ...]
    is_right: bool


@dataclass(frozen=True)
class ItemFigures:
    """How an item works.

    Attributes:
        share_right: Of first answers, 0 to 1, rounded to five per cent.
        discrimination: Correlation of being right here and elsewhere, -1 to 1; None where too few answered.
        taken: How often each option was chosen, by key.
        look: Why it is worth a look; empty when it is not.
    """

    item_id: str
    answers: int
    share_right: float
    discrimination: float | None
    taken: Mapping[str, int]
    look: str = ""


def item_figures(items: Sequence[Item], attempts: Iterable[Attempt]) -> list[ItemFigures]:
    """Weigh each item that enough people answered, those worth a look first."""
    by_item: dict[str, list[Attempt]] = defaultdict(list)
    by_learner: dict[str, Counter[bool]] = defaultdict(Counter)
    for attempt in attempts:
        by_item[attempt.item_id].append(attempt)
        by_learner[attempt.learner_id][attempt.is_right] += 1
    weighed = [_weigh(item, by_item[item.id], by_learner) for item in items if _are_enough(by_item[item.id])]
    return sorted(weighed, key=lambda one: (not one.look, one.share_right))


def _are_enough(attempts: Sequence[Attempt]) -> bool:
    return len(attempts) >= LEAST_ANSWERS and len({one.learner_id for one in attempts}) >= LEAST_PEOPLE


def _weigh(item: Item, attempts: Sequence[Attempt], by_learner: Mapping[str, Counter[bool]]) -> ItemFigures:
    share = to_share(fmean(one.is_right for one in attempts))
    taken = Counter(key for one in attempts for key in one.chosen)
    discrimination = _discrimination(attempts, by_learner)
    return ItemFigures(
        item.id, len(attempts), share, discrimination, taken, _why_look(item, share, discrimination, taken)
    )


def _discrimination(attempts: Sequence[Attempt], by_learner: Mapping[str, Counter[bool]]) -> float | None:
    here_by: dict[str, Counter[bool]] = defaultdict(Counter)
    for one in attempts:
        here_by[one.learner_id][one.is_right] += 1
    elsewhere_by = {name: by_learner[name] - counts for name, counts in here_by.items()}
    pairs = [
        (one.is_right, others[True] / sum(others.values()))
        for one in attempts
        if (others := elsewhere_by[one.learner_id])
    ]
    if len(pairs) < LEAST_ANSWERS:
        return None
    here, elsewhere = np.asarray(pairs, dtype=float).T
    if not here.std() or not elsewhere.std():
        return None
    return float(np.corrcoef(here, elsewhere)[0, 1])


def _why_look(item: Item, share: float, discrimination: float | None, taken: Mapping[str, int]) -> str:
    if share < HARD:
        return "few are right at once: is the question clear?"
    if discrimination is not None and discrimination < LOW_DISCRIMINATION:
        return "being right here says little: those who know the rest miss it as often"
    wrong = [option.key for option in item.options if not option.is_right]
    if item.kind != "put in order" and any(not to_fives(taken.get(key, 0)) for key in wrong):
        return "hardly anybody takes one of the wrong options: is it too plain?"
    return "nearly everybody is right: does it test anything?" if share > EASY else ""


@dataclass(frozen=True)
class Stop:
    """A step at which people left a lesson."""

    title: str
    number: int
    people: int


@dataclass(frozen=True)
class Funnel:
    """How far people came in a lesson."""

    lesson: Lesson
    begun: int
    done: int
    stops: tuple[Stop, ...]


def funnel(lesson: Lesson, places: Iterable[tuple[int, bool]]) -> Funnel:
    """Count where people stand who do not go on.

    Args:
        lesson: The lesson as it is now.
        places: Step number (from 0) and whether the lesson is done, one row a person.

    Returns:
        Numbers of people, rounded to fives; steps at which none are left then are not named.
    """
    rows = list(places)
    standing = Counter(min(number, len(lesson.steps) - 1) for number, is_done in rows if not is_done)
    stops = (
        Stop(title_of_step(lesson.steps[number]), number + 1, to_fives(people))
        for number, people in standing.most_common()
        if to_fives(people)
    )
    return Funnel(lesson, to_fives(len(rows)), to_fives(sum(is_done for _, is_done in rows)), tuple(stops))


def to_attempt(row: Sequence[object]) -> Attempt:
    """Read an attempt from learner, item, chosen keys as JSON, and outcome."""
    learner_id, item_id, chosen, outcome = row
    return Attempt(str(learner_id), str(item_id), tuple(json.loads(str(chosen))), outcome == "right")
