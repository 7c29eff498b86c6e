"""Whether a certificate may be given, and what is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.certificate import Certified, standing
from learning.sitting import REPETITION
from tests.learning.certificates import ITEMS, LESSONS, a_course, done, right


@pytest.mark.parametrize(
    ("lessons_asked", "percent", "lessons_done", "questions", "lessons_to_go", "right_to_go", "is_met"),
    [
        (None, 60, 3, 6, 0, 0, True),
        (None, 60, 3, 4, 0, 0, True),  # 60 % of six are four
        (None, 60, 3, 3, 0, 1, False),
        (None, 60, 2, 4, 1, 0, False),
        (None, 60, 0, 0, 3, 0, False),
        (2, 100, 2, 4, 0, 0, True),
        (2, 100, 2, 3, 0, 1, False),
        (9, 60, 3, 6, 0, 0, True),  # more lessons asked than there are: all will do
    ],
)
def test_standing_holds_deeds_against_criterion(
    lessons_asked: int | None,
    percent: int,
    lessons_done: int,
    questions: int,
    lessons_to_go: int,
    right_to_go: int,
    is_met: bool,
) -> None:
    """Lessons and right answers are counted, and what is missing of either."""
    found = standing(a_course(lessons_asked, percent), done(lessons_done), right(questions))

    assert (found.lessons_to_go, found.right_to_go, found.is_met) == (lessons_to_go, right_to_go, is_met)


def test_standing_names_lessons_left_in_order() -> None:
    """What is left is told in the order of the course, with a lesson that is begun."""
    found = standing(a_course(), done(1), right(6))

    assert [lesson.title for lesson in found.left] == ["Lesson 2", "Lesson 3"]
    assert found.certified == Certified("A course", "v1", ("Lesson 1",), 3, 60, 30)


def test_question_practised_right_later_counts() -> None:
    """What was missed in a lesson and right when it came back is right in the end."""
    outcomes = {**right(3), REPETITION: {ITEMS[3]: ["right"]}}

    found = standing(a_course(), done(3), outcomes)

    assert (found.right, found.is_met) == (4, True)


def test_lesson_and_question_taken_out_count_no_more() -> None:
    """What left the course is neither asked for nor counted."""
    gone = {"system.gone": {"system.gone.one": ["right"]}}

    found = standing(a_course(), done(3), {**right(3), **gone})

    assert (found.items, found.right) == (6, 3)


@pytest.mark.parametrize(("minutes", "hours"), [(5, 0.5), (50, 1.0), (257, 4.5), (270, 4.5)])
def test_hours_are_told_in_halves(minutes: int, hours: float) -> None:
    """Time is rounded to half an hour, and never to none."""
    assert Certified("A course", "v1", (), 0, 0, minutes).hours == hours


@given(
    st.one_of(st.none(), st.integers(1, 5)),
    st.integers(1, 100),
    st.integers(0, 3),
    st.integers(0, 6),
    st.integers(0, 6),
)
def test_more_right_answers_never_take_a_certificate_away(
    lessons_asked: int | None, percent: int, lessons_done: int, fewer: int, more: int
) -> None:
    """With the same lessons, who has answered more questions right is never further from it."""
    fewer, more = sorted((fewer, more))
    course, places = a_course(lessons_asked, percent), done(lessons_done)

    before, after = standing(course, places, right(fewer)), standing(course, places, right(more))

    assert after.right_to_go <= before.right_to_go
    assert after.is_met or not before.is_met
    assert before.is_met == (before.lessons_to_go == 0 and before.right_to_go == 0 and lessons_done > 0)
    assert len(LESSONS) - lessons_done == len(before.left)
