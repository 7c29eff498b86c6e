"""Figures of lessons: where people stop, which questions tell little."""

from __future__ import annotations

from knowledge.loader import load_knowledge
from knowledge.model import Item
from review.lesson_figures import LEAST_ANSWERS, Attempt, funnel, item_figures

LESSON = next(iter(load_knowledge().lessons.values()))
ITEMS = [item for item in LESSON.items if item.kind == "true or false" or len(item.options) < 5][:2]


def answers(item: Item, right: int, wrong: int, first: int = 0) -> list[Attempt]:
    """Let so many people be right and so many wrong, each with the first wrong option."""
    good = tuple(option.key for option in item.options if option.is_right)
    bad = tuple(option.key for option in item.options if not option.is_right)[:1]
    return [Attempt(f"p{n + first}", item.id, good, True) for n in range(right)] + [
        Attempt(f"p{n + right + first}", item.id, bad, False) for n in range(wrong)
    ]


def test_item_with_few_answers_is_left_out() -> None:
    """Less than enough answers say nothing."""
    assert item_figures(ITEMS, answers(ITEMS[0], LEAST_ANSWERS - 1, 0)) == []


def test_item_that_few_people_answered_often_is_left_out() -> None:
    """Many answers of the same few people tell of those."""
    assert item_figures(ITEMS, answers(ITEMS[0], 4, 0) * 3) == []


def test_hard_item_is_worth_a_look_and_stands_first() -> None:
    """Where few are right at once, the team looks first."""
    attempts = [*answers(ITEMS[0], 8, 4), *answers(ITEMS[1], 2, 10)]

    figures = item_figures(ITEMS, attempts)

    assert figures[0].item_id == ITEMS[1].id
    assert "few are right" in figures[0].look
    assert figures[0].share_right == 0.15
    assert sum(figures[0].taken.values()) >= 12


def test_discrimination_is_high_where_the_same_people_are_right() -> None:
    """Who is right in one question is right in the other: both tell who knows."""
    attempts = [*answers(ITEMS[0], 6, 6), *answers(ITEMS[1], 6, 6)]

    assert all((one.discrimination or 0) > 0.9 for one in item_figures(ITEMS, attempts))


def test_funnel_shows_where_many_stand() -> None:
    """People who do not go on are counted by step, in fives; one or two are not named."""
    places = [(3, False)] * 6 + [(5, False)] * 2 + [(9, True)] * 4

    shown = funnel(LESSON, places)

    assert (shown.begun, shown.done) == (10, 5)
    assert [(stop.number, stop.people) for stop in shown.stops] == [(4, 5)]
    assert shown.stops[0].title


def test_funnel_of_a_lesson_that_became_shorter_fits() -> None:
    """A place behind the end counts as the last step."""
    assert funnel(LESSON, [(999, False)] * 5).stops[0].number == len(LESSON.steps)
