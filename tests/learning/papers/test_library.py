"""A link leads to its owner's paper, as things are at that moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from learning.downloads import Link
from learning.papers.library import FORMATS, Library
from learning.plan_walk import PlanWalk
from learning.store import LearningStore
from tests.learning.papers.samples import ENGLISH, question_ids, the_course

NOON = datetime(2026, 11, 26, 12, 0)
LINK = Link("ann", "plan", "1", "md", "web", NOON, NOON + timedelta(hours=24), None)


@pytest.fixture
def library(store: LearningStore) -> Library:
    """Give the papers of somebody with one answer in one project."""
    walk = PlanWalk(the_course(), store)
    walk.open_question("ann", "m1", question_ids()[0])
    walk.answer("ann", "m2", ENGLISH)
    return Library(the_course(), store)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("kind", ["plan", "notes"])
def test_link_gives_its_paper(library: Library, kind: str, format: str) -> None:
    """Plan and notes, in each format."""
    paper = library.make(replace(LINK, kind=kind, format=format))

    assert paper is not None
    assert paper.name.endswith(f".{format}")


def test_paper_holds_what_was_answered_since(library: Library, store: LearningStore) -> None:
    """It is made when it is asked for, with the latest answers."""
    PlanWalk(the_course(), store).open_question("ann", "m3", question_ids()[1])
    PlanWalk(the_course(), store).answer("ann", "m4", "A later answer.")

    paper = library.make(LINK)

    assert paper is not None
    assert ENGLISH in paper.content.decode() and "A later answer." in paper.content.decode()


@pytest.mark.parametrize(
    "link",
    [
        replace(LINK, learner_id="ben"),
        replace(LINK, subject="2"),
        replace(LINK, subject=""),
        replace(LINK, kind="certificate"),
        replace(LINK, format="exe"),
    ],
)
def test_link_to_what_is_not_there_gives_nothing(library: Library, link: Link) -> None:
    """Another person's project, one that is gone, another kind of paper: nothing, and no error."""
    assert library.make(link) is None
