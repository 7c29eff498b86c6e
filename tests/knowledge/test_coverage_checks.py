"""What the map of the course promises is there, and nothing lies about unused."""

from __future__ import annotations

import pytest

from tests.knowledge.content_tree import LESSON, STAGE, ContentTree


@pytest.mark.parametrize(
    ("missing", "at", "gist"),
    [
        (LESSON, "- id: system.garden", "lesson system.garden has no file; write it, or name it"),
        (STAGE, "- id: roadmap.begin", "stage roadmap.begin has no file; write it in roadmap/"),
    ],
)
def test_file_promised_and_missing_is_told_at_the_map(tree: ContentTree, missing: str, at: str, gist: str) -> None:
    """A lesson or a stage without its file is named at its line of the map."""
    (tree.folder / missing).unlink()

    problem = next(one for one in tree.problems() if gist in one.text)

    assert (problem.file, problem.line) == ("course.yml", tree.line("course.yml", at))


def test_lesson_planned_needs_no_file(tree: ContentTree) -> None:
    """A lesson that is named in planned.yml may be written later; one that is not must be there."""
    assert "system.kitchen" not in tree.knowledge().lessons and tree.problems() == []

    tree.edit("planned.yml", "lessons: [system.kitchen]\n", "")

    (problem,) = tree.problems()
    assert (problem.file, problem.line) == ("course.yml", tree.line("course.yml", "- id: system.kitchen"))


def test_drawing_not_listed_is_told_at_the_drawing(tree: ContentTree) -> None:
    """A drawing without title and description is of no use to anybody who cannot see it."""
    tree.write("images/roof.svg", "<svg/>")

    assert [str(one) for one in tree.problems()] == [
        "images/roof.svg:1: roof is not in images.yml; give it a title and an alt there"
    ]


def test_picture_shown_nowhere_is_told(tree: ContentTree) -> None:
    """A picture whose place in a lesson was taken away is no longer of use."""
    tree.edit(LESSON, "; image: shed", "")

    assert [str(one) for one in tree.problems()] == [
        "images/images.yml:1: nothing shows shed; place {image: shed} where it teaches, or take it out"
    ]
