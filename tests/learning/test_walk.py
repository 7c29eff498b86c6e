"""Moves through a lesson: always inside it, there and back, and what is done stays done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Lesson, Step
from learning import walk
from learning.walk import SUMMARY_KEY, TRIES_AT_MOST, Place
from tests.learning.samples import a_card, a_lesson, an_item

Move = Callable[[Lesson, Place], Place]
MOVES: dict[str, Move] = {
    "on": walk.go_on,
    "back": walk.go_back,
    "to quiz": lambda lesson, place: walk.go_to_quiz(lesson, place, frozenset()),
    "to quiz, one answered": lambda lesson, place: walk.go_to_quiz(lesson, place, frozenset({"step-1"})),
    "pick": lambda lesson, place: walk.pick(place, "a") if walk.open_item(lesson, place) else place,
    "wrong": lambda lesson, place: _try(lesson, place, is_right=False),
    "right": lambda lesson, place: _try(lesson, place, is_right=True),
}


def _try(lesson: Lesson, place: Place, *, is_right: bool) -> Place:
    item = walk.open_item(lesson, place)
    return walk.tried(item, place, is_right=is_right) if item else place


def _make_lesson(kinds: list[str], version: str = "v1") -> Lesson:
    steps: list[Step] = [
        a_card(f"step-{n}") if kind == "card" else an_item(f"step-{n}") for n, kind in enumerate(kinds)
    ]
    return a_lesson(*steps, version=version)


lessons = st.lists(st.sampled_from(["card", "item"]), min_size=1, max_size=6).map(_make_lesson)
walks = st.lists(st.sampled_from(sorted(MOVES)), max_size=15)


def _follow(lesson: Lesson, moves: list[str]) -> list[Place]:
    places = [walk.start(lesson)]
    for name in moves:
        places.append(MOVES[name](lesson, places[-1]))
    return places


@given(lesson=lessons, moves=walks)
def test_any_walk_stays_inside_lesson(lesson: Lesson, moves: list[str]) -> None:
    """Each place is a step of the lesson or its summary, and its key is that of its number."""
    for place in _follow(lesson, moves):
        step = walk.step_at(lesson, place)

        assert 0 <= place.number <= len(lesson.steps)
        assert place.key == (step.key if step else SUMMARY_KEY)
        assert place.tries <= TRIES_AT_MOST


@given(lesson=lessons, moves=walks)
def test_done_lesson_is_never_undone(lesson: Lesson, moves: list[str]) -> None:
    """Once the summary was reached, no move takes that away."""
    states = [place.is_done for place in _follow(lesson, moves)]

    assert states == sorted(states)
    assert all(place.is_done for place in _follow(lesson, moves) if place.key == SUMMARY_KEY)


@given(lesson=lessons, moves=walks)
def test_next_then_back_returns_to_step(lesson: Lesson, moves: list[str]) -> None:
    """A step on and a step back lead to the same step; from the summary, back leads to the last step."""
    place = _follow(lesson, moves)[-1]

    returned = walk.go_back(lesson, walk.go_on(lesson, place))

    assert returned.number == min(place.number, len(lesson.steps) - 1)


@given(
    moves=walks,
    kinds=st.lists(st.sampled_from(["card", "item"]), min_size=1, max_size=6),
    order=st.permutations(range(6)),
)
def test_place_in_changed_lesson_settles_inside(moves: list[str], kinds: list[str], order: list[int]) -> None:
    """However steps were moved, added or removed, the place is in the new lesson, at its old step if there is one."""
    old = _make_lesson(["card", "item", "card", "item"])
    steps = [
        a_card(f"step-{n}") if kind == "card" else an_item(f"step-{n}") for n, kind in zip(order, kinds, strict=False)
    ]
    new = a_lesson(*steps, version="v2")
    place = _follow(old, moves)[-1]

    settled = walk.settle(new, place)

    step = walk.step_at(new, settled)
    assert settled.version == "v2"
    assert settled.key == (step.key if step else SUMMARY_KEY)
    assert settled.is_done == place.is_done
    assert settled.key == place.key or place.key not in {one.key for one in steps}
    assert walk.settle(new, settled) == settled


@pytest.mark.parametrize(
    ("start", "answered", "target"),
    [
        ("card-1", "", "item-1"),
        ("card-1", "item-1", "item-2"),
        ("card-2", "", "item-2"),
        ("item-2", "", "item-2"),
        ("card-3", "item-2", "item-1"),
        ("card-3", "item-1 item-2", "item-1"),
    ],
)
def test_quiz_goes_to_next_unanswered_item(start: str, answered: str, target: str) -> None:
    """The next open item comes first, then one left behind; when all are answered, the first one again."""
    keys = ("card-1", "item-1", "card-2", "item-2", "card-3")
    lesson = a_lesson(*(an_item(key) if key.startswith("item") else a_card(key) for key in keys))
    place = replace(walk.start(lesson), key=start, number=keys.index(start))

    moved = walk.go_to_quiz(lesson, place, frozenset(answered.split()))

    assert moved.key == target


def test_quiz_of_lesson_without_items_stays() -> None:
    """A lesson that has no items has no quiz to go to."""
    lesson = a_lesson(a_card("one"), a_card("two"))

    assert walk.go_to_quiz(lesson, walk.start(lesson), frozenset()) == walk.start(lesson)


def test_option_picked_twice_is_taken_away() -> None:
    """Picking marks an option, and picking it again takes the mark away."""
    place = walk.start(a_lesson())

    once = walk.pick(walk.pick(place, "a"), "c")
    again = walk.pick(once, "a")

    assert once.picked == ("a", "c")
    assert again.picked == ("c",)


@pytest.mark.parametrize(
    ("kind", "tries", "is_right", "is_closed"),
    [
        ("one right", 0, True, True),
        ("one right", 0, False, False),
        ("one right", 1, False, True),
        ("true or false", 0, False, True),  # of two options, the other one is left: no second try
    ],
)
def test_item_tried_closes_when_right_or_used_up(kind: str, tries: int, is_right: bool, is_closed: bool) -> None:
    """A wrong first try leaves the item open; a right one, or the last, closes it, and marks are gone."""
    place = replace(walk.start(a_lesson()), tries=tries, picked=("a",))

    after = walk.tried(an_item("first", "ab", kind), place, is_right=is_right)

    assert (after.tries, after.is_closed, after.picked) == (tries + 1, is_closed, ())


def test_right_part_of_an_answer_is_kept_for_the_next_try() -> None:
    """Who named two of three right options adds the third; where one is right, the next answer stands alone."""
    item = an_item("first", "abc", "several right")
    after = walk.tried(item, walk.start(a_lesson(item)), is_right=False, kept=("a",))

    assert after.picked == ("a",)
    assert tuple(walk.with_kept(item, after, ("c", "a"))) == ("a", "c")
    assert tuple(walk.with_kept(an_item("first"), after, ("c",))) == ("c",)


def test_item_answered_stays_closed_after_edit() -> None:
    """An item that was answered is not asked again because a word of the lesson changed."""
    lesson = a_lesson(an_item("first"), a_card("second"))
    closed = walk.tried(an_item("first"), walk.start(lesson), is_right=True)

    settled = walk.settle(replace(lesson, version="v2"), closed)

    assert walk.open_item(lesson, settled) is None


def test_marks_are_forgotten_after_edit() -> None:
    """Marks on an open item are dropped when the lesson changed: the options may be others."""
    lesson = a_lesson(an_item("first", "ab", "several right"))
    picked = walk.pick(walk.start(lesson), "a")

    settled = walk.settle(replace(lesson, version="v2"), picked)

    assert settled.picked == ()


@pytest.mark.parametrize(
    ("presses", "order"),
    [
        ("b", "b"),
        ("bd", "bd"),
        ("bda", "bdac"),  # the last one follows by itself
        ("bdac", "bda"),
        ("bdacd", "ba"),
        ("bdad", "bac"),
        ("bdadd", "bacd"),
        ("bb", ""),
    ],
)
def test_steps_pressed_make_an_order(presses: str, order: str) -> None:
    """A press adds a step at the end, a second one takes it out, and one that is left alone follows."""
    place = walk.start(a_lesson(an_item("step-0")))

    for key in presses:
        place = walk.arrange(place, "abcd", key)

    assert "".join(place.picked) == order


@given(presses=st.text("abcd", max_size=12))
def test_order_pressed_never_repeats_a_step(presses: str) -> None:
    """Whatever is pressed, each step stands in the order once at most, and never is one alone left out by adding."""
    place = walk.start(a_lesson(an_item("step-0")))

    for key in presses:
        place = walk.arrange(place, "abcd", key)

        assert len(set(place.picked)) == len(place.picked)
        assert key not in place.picked or len(place.picked) != 3
