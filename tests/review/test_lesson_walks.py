"""One lesson: how far people come, how long they stay, and where they are stuck."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from knowledge.loader import load_knowledge
from review.lesson_walks import Shown, Standing, card_figures, seconds_at, stuck
from review.small_groups import LEAST_PEOPLE

LESSON = next(iter(load_knowledge().lessons.values()))
NOW = datetime(2026, 5, 1, 12)
OLD = NOW - timedelta(days=30)


def walk(people: int, *numbers: int, seconds: int = 20) -> list[Shown]:
    """Show the same steps to so many people, one after the other."""
    times = [(number, NOW + timedelta(seconds=seconds * index)) for index, number in enumerate(numbers)]
    return [Shown(f"p{person}", number, at) for person in range(people) for number, at in times]


def test_cards_count_those_who_came_and_went_on() -> None:
    """Ten came; five stopped at the second card."""
    standings = [Standing(f"a{n}", 1, False, OLD) for n in range(5)] + [
        Standing(f"b{n}", 99, True, OLD) for n in range(5)
    ]

    cards = card_figures(LESSON, standings, [])

    assert [card.reached for card in cards[:3]] == [10, 10, 5]
    assert cards[-1].reached == 5


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans())))
def test_cards_never_tell_of_one_person(places: list[tuple[int, bool]]) -> None:
    """Every count is one of fives, and so is each difference of two."""
    standings = [Standing(f"p{n}", number, is_done, OLD) for n, (number, is_done) in enumerate(places)]

    reached = [card.reached for card in card_figures(LESSON, standings, [])]

    assert all(count % 5 == 0 for count in reached)
    assert reached == sorted(reached, reverse=True)


def test_time_at_card_is_told_where_enough_are_known() -> None:
    """The median of enough people; a pause counts for nothing."""
    assert seconds_at(walk(LEAST_PEOPLE, 0, 1)) == {0: 20}
    assert seconds_at(walk(LEAST_PEOPLE - 1, 0, 1)) == {}
    assert seconds_at(walk(LEAST_PEOPLE, 0, 1, seconds=3600)) == {}


def test_stuck_people_are_counted_each_way() -> None:
    """Circles, many wrong answers and leaving early, each with five people."""
    standings = [Standing(f"p{n}", 1, False, OLD) for n in range(5)]

    found = stuck(LESSON, standings, walk(5, 2, 2, 2, 2), {f"p{n}": 3 for n in range(5)}, NOW)

    assert [one.people for one in found] == [5, 5, 5]


def test_somebody_who_moved_today_has_not_left() -> None:
    """Being at the beginning is no leaving."""
    assert stuck(LESSON, [Standing(f"p{n}", 1, False, NOW) for n in range(9)], [], {}, NOW)[2].people == 0
