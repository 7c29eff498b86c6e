"""Walking through a lesson: a place, and the moves from it. Pure functions; nothing is stored here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.model import Item, Lesson, Step
from learning.editions import Outline, find_again, nearest, outline

TRIES_AT_MOST = 2


@dataclass(frozen=True)
class Place:
    """Where a learner is in a lesson.

    ``number`` counts steps from 0; the number of steps itself means the summary. ``picked`` are the options chosen so
    far of an item with several right ones, and of one to put in order the steps in that order; ``answered`` is an
    answer that waits to be graded until the person has said how sure they are; ``is_closed`` says that the item at this
    place has been answered.
    """

    lesson_id: str
    version: str
    key: str
    number: int
    picked: tuple[str, ...] = ()
    tries: int = 0
    is_closed: bool = False
    is_done: bool = False
    answered: tuple[str, ...] = ()


SUMMARY_KEY = "summary"


def start(lesson: Lesson) -> Place:
    """Stand at the first step."""
    return _at(lesson, 0)


def step_at(lesson: Lesson, place: Place) -> Step | None:
    """Return the step at a place; None at the summary."""
    return lesson.steps[place.number] if place.number < len(lesson.steps) else None


def open_item(lesson: Lesson, place: Place) -> Item | None:
    """Return the item that waits for an answer at a place, if one does."""
    step = step_at(lesson, place)
    return step if isinstance(step, Item) and not place.is_closed else None


def settle(lesson: Lesson, place: Place, before: Outline = ()) -> Place:
    """Find a place again in the lesson as it is now, after an edit or days away.

    The step is found by its key, or by its words; if it is gone, the one that followed it in the edition ``before`` is
    taken, and at last the one of its number.
    """
    if place.version == lesson.version:
        return place
    after = outline(lesson)
    keys = [key for key, _ in after]
    if found := find_again(before, after, place.key):
        moved = replace(place, key=found, number=keys.index(found), version=lesson.version)
        return replace(moved, picked=(), answered=()) if open_item(lesson, moved) else moved
    if place.key == SUMMARY_KEY:
        return replace(_at(lesson, len(keys)), is_done=place.is_done)
    following = nearest(before, after, place.key)
    number = keys.index(following) if following else min(place.number, len(keys) - 1)
    return replace(_at(lesson, number), is_done=place.is_done)


def go_on(lesson: Lesson, place: Place) -> Place:
    """Take the next step; stays at the summary."""
    number = min(place.number + 1, len(lesson.steps))
    return replace(_at(lesson, number), is_done=place.is_done or number == len(lesson.steps))


def go_back(lesson: Lesson, place: Place) -> Place:
    """Take one step back; stays at the first."""
    return replace(_at(lesson, max(place.number - 1, 0)), is_done=place.is_done)


def go_to_quiz(lesson: Lesson, place: Place, answered: frozenset[str]) -> Place:
    """Go to the first item that is not answered yet, after this place if there is one; else to the first item.

    A lesson without items has no quiz to go to: the place stays.
    """
    numbers = [n for n, step in enumerate(lesson.steps) if isinstance(step, Item)]
    unanswered = [n for n in numbers if lesson.steps[n].key not in answered]
    ahead = [n for n in unanswered if n >= place.number]
    targets = ahead or unanswered or numbers
    return replace(_at(lesson, targets[0]), is_done=place.is_done) if targets else place


def pick(place: Place, option_key: str) -> Place:
    """Add an option to those picked, or take it away again."""
    rest = tuple(key for key in place.picked if key != option_key)
    return replace(place, answered=(), picked=rest if len(rest) < len(place.picked) else (*place.picked, option_key))


def arrange(place: Place, option_keys: Sequence[str], option_key: str) -> Place:
    """Add a step to those put in order, or take it away again; when only one is left, it follows by itself."""
    after = pick(place, option_key)
    left = tuple(key for key in option_keys if key not in after.picked)
    is_added = option_key in after.picked
    return replace(after, picked=(*after.picked, *left)) if is_added and len(left) == 1 else after


def asks_sure(item: Item, place: Place) -> bool:
    """Tell whether a person is to say how sure they are before an answer at this place is graded."""
    return item.asks_sure and place.tries == 0


def tried(item: Item, place: Place, *, is_right: bool, kept: tuple[str, ...] = ()) -> Place:
    """Count a try; the item closes when it is right or the tries are used. Of two options, one try leaves no choice.

    ``kept`` are the options of a right answer that is not whole: the next try begins with them.
    """
    tries = place.tries + 1
    at_most = 1 if item.kind == "true or false" else TRIES_AT_MOST
    return replace(place, tries=tries, picked=kept, answered=(), is_closed=is_right or tries >= at_most)


def with_kept(item: Item, place: Place, keys: Sequence[str]) -> Sequence[str]:
    """Add to an answer what was right at the first try of an item with several right options."""
    if item.kind != "several right" or not place.tries:
        return keys
    return (*place.picked, *(key for key in keys if key not in place.picked))


def _at(lesson: Lesson, number: int) -> Place:
    key = lesson.steps[number].key if number < len(lesson.steps) else SUMMARY_KEY
    return Place(lesson.id, lesson.version, key, number)
