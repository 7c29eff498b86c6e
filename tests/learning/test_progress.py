"""How far a person is: results by objective, minutes left, what is next."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Course, Knowledge, LessonPlan, Theme
from learning import walk
from learning.progress import minutes_left, next_lesson, results
from tests.learning.samples import a_knowledge, a_lesson

LESSONS = [replace(a_lesson(lesson_id=f"system.{n}"), minutes=8, title=f"Lesson {n}") for n in (1, 2, 3)]
PLANS = tuple(LessonPlan(lesson.id, lesson.title, lesson.objective, "system") for lesson in LESSONS)
COURSE = Course("A course", "", "", (Theme("system", "The System", "", PLANS),), {})


def _course() -> Knowledge:
    return replace(a_knowledge(*LESSONS), course=COURSE)


def _place(number: int, step: int) -> walk.Place:
    place = walk.start(LESSONS[number])
    for _ in range(step):
        place = walk.go_on(LESSONS[number], place)
    return place


def test_results_are_told_by_objective() -> None:
    """Each lesson begun has its objective, its step, and its items right at the first try and in the end."""
    outcomes = {"system.1": {"sample.where": ["wrong", "right"], "sample.who": ["right"]}}
    first, second = results(_course(), [_place(0, 4), _place(1, 1)], outcomes)

    assert (first.objective, first.is_done) == (LESSONS[0].objective, True)
    assert (first.right_first, first.right, first.items) == (1, 2, 2)
    assert (second.step, second.steps, second.is_done, second.right) == (2, 4, False, 0)


def test_lesson_taken_out_of_the_course_has_no_result() -> None:
    """What is no longer there is left out, without a fault."""
    gone = replace(_place(0, 1), lesson_id="system.gone")

    assert results(_course(), [gone], {}) == []
    assert next_lesson(_course(), [gone]) == LESSONS[0]


def test_minutes_left_count_the_steps_left() -> None:
    """A lesson not begun counts whole, one begun by its steps, one done not at all."""
    assert minutes_left(_course(), []) == 24
    assert minutes_left(_course(), [_place(0, 4), _place(1, 2)]) == 0 + 4 + 8


def test_next_is_the_open_lesson_then_the_first_not_done() -> None:
    """An open lesson comes first; without one the first that is not done; in the end none."""
    done = [_place(n, 4) for n in range(3)]

    assert next_lesson(_course(), [done[0], _place(2, 1)]) == LESSONS[2]
    assert next_lesson(_course(), [done[0]]) == LESSONS[1]
    assert next_lesson(_course(), done) is None


@given(st.lists(st.integers(0, 4), min_size=3, max_size=3))
def test_minutes_left_never_grow_on_the_way(steps: list[int]) -> None:
    """Each step forward leaves as many minutes or fewer, and none are left only at the end."""
    places = [_place(number, step) for number, step in enumerate(steps)]
    further = [_place(number, min(step + 1, 4)) for number, step in enumerate(steps)]

    assert minutes_left(_course(), further) <= minutes_left(_course(), places) <= 24
    assert (minutes_left(_course(), places) == 0) == (next_lesson(_course(), places) is None)
