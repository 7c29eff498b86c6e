"""Pictures of a person's own show what they did, as of the moment at which they were described."""

from __future__ import annotations

import pytest

from learning.gallery import Gallery
from learning.plan_walk import PlanWalk
from learning.store import LearningStore
from tests.learning.papers.samples import question_ids, the_course

FIRST, SECOND = question_ids()[:2]


@pytest.fixture
def gallery(store: LearningStore) -> Gallery:
    """Give the pictures of Ann, who has answered one question."""
    answer(store, FIRST)
    return Gallery(the_course(), store)


def answer(store: LearningStore, question_id: str) -> None:
    """Answer a question as Ann."""
    walk = PlanWalk(the_course(), store)
    walk.open_question("ann", f"open-{question_id}", question_id)
    walk.answer("ann", f"answer-{question_id}", f"words on {question_id}")


def stars(svg: str | None) -> int:
    """Count the filled stars."""
    assert svg is not None
    return svg.count('class="full"')


def test_picture_of_a_plan_tells_what_is_filled(gallery: Gallery) -> None:
    """Its words say it for those who cannot see it, and its size keeps its room free."""
    picture = gallery.plan_picture("ann", 1)

    assert picture["url"] == "/pictures/plan/1.svg?at=1"
    assert "Prepare: 1 of 6" in picture["alt"]
    assert picture["title"] == "My project"
    assert (picture["width"], picture["height"]) == (720, 1130)


def test_picture_goes_on_showing_what_it_showed(gallery: Gallery, store: LearningStore) -> None:
    """An answer given later changes the next picture, not the one that stands in the conversation."""
    answer(store, SECOND)

    assert stars(gallery.draw("ann", "plan", "1", at=1)) == 1
    assert stars(gallery.draw("ann", "plan", "1")) == 2


@pytest.mark.parametrize(
    ("learner", "kind", "project"), [("ben", "plan", "1"), ("ann", "plan", "2"), ("ann", "x", "1")]
)
def test_picture_of_another_is_none(gallery: Gallery, learner: str, kind: str, project: str) -> None:
    """What is not this person's own is not drawn."""
    assert gallery.draw(learner, kind, project) is None


def test_picture_of_the_course_tells_how_far_each_theme_is(gallery: Gallery) -> None:
    """Every theme is told with what is done in it, and every lesson is drawn."""
    picture, svg = gallery.course_picture("ann"), gallery.draw("ann", "course")

    assert svg is not None
    for theme in the_course().course.themes:
        assert f"{theme.title}: 0 of {len(theme.lessons)}" in picture["alt"]
    assert svg.count("<g ") == len(the_course().course.lessons)
