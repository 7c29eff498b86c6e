"""Drafts: one a file for the whole team; who is second is told and loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from review.drafts import Drafts
from review.errors import ContentChanged, DraftChanged, PathRefused, PublishingError
from review.publishing import Publisher, mark_of
from tests.review.content import ENTRY, LESSON, TOLD_ANEW, copy_content, reworded, text_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the content."""
    return copy_content(tmp_path)


@pytest.fixture
def publisher(engine: Engine, folder: Path) -> Publisher:
    """Give a publisher of the copy."""
    return Publisher(engine, folder)


@pytest.fixture
def drafts(engine: Engine, publisher: Publisher) -> Drafts:
    """Give the drafts."""
    return Drafts(engine, publisher)


def test_draft_changes_no_file_and_is_found_again(drafts: Drafts, folder: Path) -> None:
    """What is kept is the text, from which file it was begun, and who saved it."""
    before = text_of(folder)

    saved = drafts.save(ENTRY, reworded(folder), "anna", seen=0)

    assert text_of(folder) == before
    assert drafts.find(ENTRY) == drafts.get(saved.id) == saved
    assert (saved.base, saved.saves, saved.changed_by) == (mark_of(before), 1, "anna")
    assert [one.path for one in drafts.all()] == [ENTRY]


def test_second_to_save_is_told_who_was_first(drafts: Drafts, folder: Path) -> None:
    """The first one's text stays; the second can look at it and save again."""
    drafts.save(ENTRY, reworded(folder), "anna", seen=0)

    with pytest.raises(DraftChanged, match="anna saved this draft"):
        drafts.save(ENTRY, "---\nmine: too\n---\n", "bo", seen=0)

    kept = drafts.find(ENTRY)
    assert kept is not None and TOLD_ANEW in kept.text
    later = drafts.save(ENTRY, "---\nmine: too\n---\n", "bo", seen=kept.saves)
    assert (later.changed_by, later.saves, later.base) == ("bo", 2, kept.base)
    with pytest.raises(DraftChanged, match="bo saved this draft"):
        drafts.save(ENTRY, "x", "anna", seen=kept.saves)


def test_draft_that_was_published_meanwhile_is_told(drafts: Drafts, folder: Path) -> None:
    """Somebody who still writes on a draft that is gone is told so."""
    drafts.save(ENTRY, reworded(folder), "anna", seen=0)
    drafts.discard([ENTRY])

    with pytest.raises(DraftChanged, match="gone: it was published, or thrown away"):
        drafts.save(ENTRY, "mine", "bo", seen=1)


def test_draft_of_an_older_file_is_published_after_a_look(drafts: Drafts, publisher: Publisher, folder: Path) -> None:
    """A file that changed since is not written over, until somebody says that they have looked."""
    text = reworded(folder)
    saved = drafts.save(ENTRY, text, "anna", seen=0)
    (folder / ENTRY).write_text(text_of(folder).replace("A service makes", "Any service makes"), encoding="utf-8")
    with pytest.raises(ContentChanged):
        publisher.publish([saved.change], "anna", "plainer")

    drafts.rebase(ENTRY, "anna", seen=1)
    looked = drafts.find(ENTRY)
    assert looked is not None
    publisher.publish([looked.change], "anna", "plainer")

    assert text_of(folder) == text
    with pytest.raises(DraftChanged):
        drafts.rebase(ENTRY, "anna", seen=1)


def test_path_that_leads_elsewhere_has_no_draft(drafts: Drafts) -> None:
    """Nothing is kept for a file that is none of the content's."""
    with pytest.raises(PathRefused):
        drafts.save("../../etc/passwd", "x", "anna", seen=0)
    assert drafts.all() == []


def test_new_entry_is_a_draft_with_its_row_in_the_map(drafts: Drafts, publisher: Publisher) -> None:
    """Both drafts can be read together; what is left to write is what the check names."""
    number = drafts.start_entry(["how do we pay volunteers", "mail me at a@b.example"], "anna", title="Paying people")

    draft, course = drafts.get(number), drafts.find("course.yml")
    assert draft is not None and course is not None
    assert (draft.path, draft.goes_with) == ("answers/system/paying-people.md", ("course.yml", LESSON))
    assert "how do we pay volunteers" in draft.text and "a@b.example" not in draft.text
    lesson = drafts.find(LESSON)
    assert lesson is not None
    knowledge, problems = publisher.read([draft.change, course.change, lesson.change])
    assert knowledge is not None
    assert knowledge.course.topics["system.paying-people"].lesson == knowledge.course.lessons[0].id
    assert {one.file for one in problems} == {draft.path}
    assert {one.text.partition(";")[0] for one in problems} >= {"no text", "no sources", "2 questions"}


def test_two_new_entries_have_files_of_their_own(drafts: Drafts) -> None:
    """The same title twice, and none at all, make different answers in one draft of the map."""
    numbers = [drafts.start_entry(["q"], "anna", title="Paying people", home="about") for _ in range(2)]
    unnamed = drafts.start_entry([], "bo")

    paths = [draft.path for number in (*numbers, unnamed) if (draft := drafts.get(number))]
    assert paths == [
        "answers/about/paying-people.md",
        "answers/about/paying-people-2.md",
        "answers/system/new-answer.md",
    ]
    course = drafts.find("course.yml")
    assert course is not None
    assert all(f"- id: {one}" in course.text for one in ("about.paying-people-2", "system.new-answer"))


def test_new_entry_in_no_lesson_is_refused(drafts: Drafts) -> None:
    """A home that is not in the course is told, and nothing is begun."""
    with pytest.raises(PublishingError, match="no lesson"):
        drafts.start_entry(["q"], "anna", home="system.nowhere")
    assert drafts.all() == []
