"""How hard texts may be: exceptions with a reason, and the middle of all."""

from __future__ import annotations

from knowledge.reading_checks import grade_all
from tests.knowledge.broken_lessons import HARD
from tests.knowledge.content_tree import LESSON, TOOLS, ContentTree

CARD_TEXTS = (
    "Behind the library was a yard that nobody used.",
    "In Northtown one neighbour brought a spade, and four came to help.",
    "The neighbours chose the plants together.",
    "It rained for weeks, and the beans were lost.",
    "A garden is a good place to begin.",
    "All tools stand in one shed, and all have the key.",
)
FAIRLY_HARD = (
    "In monthly evening meetings neighbours decide together about everything "
    "that happens in the yard behind the library."
)


def test_hard_text_with_a_reason_is_taken(tree: ContentTree) -> None:
    """An exception with a reason, in its file, lets a card and an answer be hard to read."""
    tree.edit(LESSON, "It rained for weeks, and the beans were lost.\n", f"{HARD}\n{{reading: words of the law}}\n")
    tree.edit(TOOLS, "and everyone has a key.\n", f"and a key. {HARD * 2}\n{{reading: words of the law}}\n")

    assert tree.problems() == []


def test_course_hard_on_the_whole_is_reported(tree: ContentTree) -> None:
    """No single text is too hard, and yet more than half of them are above what the middle may be."""
    for text in CARD_TEXTS:
        tree.edit(LESSON, text, FAIRLY_HARD)

    (problem,) = tree.problems()

    assert (problem.file, problem.line) == ("course.yml", 1)
    assert problem.text.startswith("half of all cards and answers are above reading grade")
    assert problem.text.endswith("tutor check --readability shows which files to begin with")


def test_every_text_read_is_graded_once(tree: ContentTree) -> None:
    """Cards, stories and reflections, and all sections of entries, each have one grade."""
    kinds = [one.kind for one in grade_all(tree.knowledge())]

    assert {kind: kinds.count(kind) for kind in kinds} == {"card": 7, "answer": 4, "simpler": 4, "longer": 5}
