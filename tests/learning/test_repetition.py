"""When a question comes back: after a day or more, later the better it went, mixed across lessons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.grading import Outcome
from learning.repetition import (
    INTERVAL_LIMIT_DAYS,
    SITTING_LIMIT_ITEMS,
    Schedule,
    choose,
    fingerprint,
    is_missed,
    lesson_of,
    schedule,
)
from learning.sureness import Sureness
from tests.learning.samples import a_passage, an_item

ITEM = an_item("where")
MONDAY = date(2026, 5, 4)
OUTCOMES = st.sampled_from(get_args(Outcome))
SURENESSES = st.sampled_from([None, *get_args(Sureness)])


def _after(*outcomes: Outcome) -> Schedule:
    """Answer the item each time it is due."""
    known, today = None, MONDAY
    for outcome in outcomes:
        known = schedule(ITEM, outcome, None, today, known)
        assert known is not None
        today = known.due_on
    assert known is not None
    return known


@pytest.mark.parametrize(
    ("outcome", "sureness", "missed"),
    [
        ("right", None, False),
        ("right", "sure", False),
        ("right", "unsure", True),
        ("right", "guess", True),
        ("partly", None, True),
        ("wrong", "sure", True),
    ],
)
def test_answer_missed_or_unsure_comes_back(outcome: Outcome, sureness: Sureness | None, missed: bool) -> None:
    """What was wrong, partly right, or right without being sure is put on the list; the rest is not."""
    assert is_missed(outcome, sureness) is missed
    assert (schedule(ITEM, outcome, sureness, MONDAY) is not None) is missed


def test_item_missed_is_due_the_next_day() -> None:
    """Who misses a question sees it again the day after."""
    missed = schedule(ITEM, "wrong", None, MONDAY)

    assert missed is not None
    assert (missed.answered_on, missed.due_on) == (MONDAY, MONDAY + timedelta(days=1))


def test_item_right_when_due_comes_back_ever_later() -> None:
    """Each right answer makes the time to the next one longer."""
    gaps = [(one.due_on - one.answered_on).days for one in (_after("wrong", *["right"] * n) for n in range(5))]

    assert gaps == sorted(gaps)
    assert gaps[-1] > 7 * gaps[0]


def test_item_missed_again_comes_back_sooner() -> None:
    """After a miss the next time is sooner than after a part of the answer, and that sooner than after a right one."""
    gaps = [
        (one.due_on - one.answered_on).days
        for one in (_after("wrong", "right", "right", last) for last in ("wrong", "partly", "right"))
    ]

    assert gaps[0] < gaps[1] < gaps[2]


def test_item_answered_before_it_is_due_keeps_its_day() -> None:
    """A lesson taken again at once does not move a question that was just missed."""
    missed = schedule(ITEM, "wrong", None, MONDAY)

    assert schedule(ITEM, "right", None, MONDAY, missed) is missed
    assert schedule(ITEM, "wrong", None, MONDAY, missed) is missed


def test_schedule_of_another_text_is_not_kept() -> None:
    """When what is asked or what is right has changed, the old schedule counts no more."""
    missed = schedule(ITEM, "wrong", None, MONDAY)
    edited = [replace(ITEM, stem=a_passage("Whom?")), an_item("where", "c")]

    assert {fingerprint(one) for one in edited}.isdisjoint({fingerprint(ITEM)})
    for one in edited:
        assert schedule(one, "right", None, MONDAY + timedelta(days=1), missed) is None


@given(
    answers=st.lists(st.tuples(OUTCOMES, SURENESSES, st.integers(0, 900)), min_size=1, max_size=12),
    start=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_schedule_is_never_due_before_its_answer(
    answers: list[tuple[Outcome, Sureness | None, int]], start: date
) -> None:
    """Whatever is answered, whenever: the day to come back is after the day of the answer, within a year."""
    known, today = None, start
    for outcome, sureness, days_later in answers:
        today += timedelta(days=days_later)
        known = schedule(ITEM, outcome, sureness, today, known)
        if known:
            assert known.due_on > today
            assert known.due_on > known.answered_on
            assert (known.due_on - known.answered_on).days <= INTERVAL_LIMIT_DAYS
            assert 1 <= known.difficulty <= 10 and known.stability > 0


def _due(item_id: str, days: int = 0) -> Schedule:
    return Schedule(item_id, "f", 1.0, 5.0, MONDAY - timedelta(days=9), MONDAY - timedelta(days=days))


def test_sitting_takes_those_that_waited_longest() -> None:
    """Of more than ten, the ten that are due longest are asked."""
    waiting = [_due(f"a.{n:02}", days=n) for n in range(14)]

    chosen = choose(waiting)

    assert len(chosen) == SITTING_LIMIT_ITEMS
    assert set(chosen) == {f"a.{n:02}" for n in range(4, 14)}


def test_sitting_mixes_lessons() -> None:
    """Items of one lesson do not follow each other while there are others."""
    chosen = choose([_due(one) for one in ("a.1", "a.2", "a.3", "b.1", "b.2")])

    assert [lesson_of(one) for one in chosen] == ["a", "b", "a", "b", "a"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 30)), unique=True, max_size=25))
def test_sitting_asks_each_item_once_and_mixes(items: list[tuple[str, int]]) -> None:
    """At most ten, none twice; two of a lesson stand together only when no order could keep them apart."""
    chosen = choose([_due(f"{lesson}.{number}", number) for lesson, number in items])
    lessons = [lesson_of(one) for one in chosen]
    most = max((lessons.count(one) for one in lessons), default=0)

    assert len(chosen) == len(set(chosen)) == min(len(items), SITTING_LIMIT_ITEMS)
    if most <= (len(chosen) + 1) // 2:
        assert all(one != other for one, other in pairwise(lessons))
