"""Publishing: checked whole, written whole or not at all, kept in the history, taken back, committed where git is."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from knowledge.errors import ContentError
from knowledge.loader import load_knowledge
from review.errors import ContentChanged, NothingChanged, PathRefused, PublishingError, TextRefused
from review.publishing import Change, Publisher, mark_of
from review.revisions import Edited
from tests.review.content import ENTRY, LESSON, TOLD, TOLD_ANEW, copy_content, reworded, text_of

ATTEMPTS = (
    "../settings.py",
    "answers/../../settings.py",
    "/etc/passwd",
    "answers/system/value.md/../../../x.md",
    "answers/system/.hidden.md",
    "answers/system/value.md\n",
    "answers\\system\\value.md",
    "answers/system/value.py",
    "images/ladder.svg",
    "distress.yml",
    "answers/" + "a" * 200 + ".md",
    "answers/System/Value.md",
    "answers//value.md",
    "./glossary.yml",
    "",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the content."""
    return copy_content(tmp_path)


@pytest.fixture
def publisher(engine: Engine, folder: Path) -> Publisher:
    """Give a publisher of the copy."""
    return Publisher(engine, folder)


def test_change_that_passes_is_written_and_kept(publisher: Publisher, folder: Path) -> None:
    """The file holds the new text, and the history says who, why, before and after."""
    before = text_of(folder)

    number = publisher.publish([Change(ENTRY, reworded(folder))], "anna", "plainer")

    assert TOLD_ANEW in text_of(folder)
    kept = publisher.revisions.find(number)
    assert kept is not None
    assert (kept.made_by, kept.why, kept.files) == ("anna", "plainer", (Edited(ENTRY, before, text_of(folder)),))


def test_change_that_fails_the_check_is_not_written(publisher: Publisher, folder: Path) -> None:
    """Nothing is written, also of the other file; the problem names file and line."""
    lesson = text_of(folder, LESSON)
    broken = reworded(folder).replace("{sources: S9, S252, S253}", "{sources: S999999}", 1)

    with pytest.raises(ContentError) as caught:
        publisher.publish([Change(LESSON, lesson + "\n"), Change(ENTRY, broken)], "anna", "two at once")

    assert "S999999" in str(caught.value)
    assert {one.file for one in caught.value.problems} == {ENTRY}
    assert text_of(folder, LESSON) == lesson
    assert TOLD in text_of(folder)
    assert publisher.revisions.latest() == []


def test_check_tells_what_tutor_check_tells(publisher: Publisher, folder: Path) -> None:
    """A line is named as it stands in the text, and nothing is changed by checking."""
    text = text_of(folder).replace("id: system.value", "id: system.worth")

    problems = publisher.check([Change(ENTRY, text)])

    assert f"{ENTRY}:1: id 'system.worth' is not a topic of course.yml; use one that is" in map(str, problems)
    assert publisher.check([]) == []


@pytest.mark.parametrize("path", ATTEMPTS)
def test_path_that_leads_elsewhere_is_refused(publisher: Publisher, folder: Path, path: str) -> None:
    """Nothing outside the content's own files can be read, checked or written."""
    for attempt in (publisher.check, lambda changes: publisher.publish(changes, "anna", "a trick")):
        with pytest.raises(PathRefused):
            attempt([Change(path, "x")])
    with pytest.raises(PathRefused):
        publisher.text(path)


def test_link_out_of_the_content_is_refused(publisher: Publisher, folder: Path, tmp_path: Path) -> None:
    """A link among the files leads nowhere."""
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    (folder / "answers" / "system" / "leak.md").symlink_to(tmp_path / "secret.md")
    (folder / "answers" / "away").symlink_to(tmp_path, target_is_directory=True)

    for path in ("answers/system/leak.md", "answers/away/secret.md"):
        with pytest.raises(PathRefused):
            publisher.text(path)
    assert "answers/system/leak.md" not in publisher.paths()


@pytest.mark.parametrize("text", ["---\nid: x\x00\n---", "\ud800", "a\x1b[31m", "x" * 1_000_001])
def test_text_that_no_file_may_hold_is_refused(publisher: Publisher, text: str) -> None:
    """Control characters, half characters and very long texts are told kindly."""
    with pytest.raises(TextRefused, match=r"value\.md"):
        publisher.publish([Change(ENTRY, text)], "anna", "nonsense")


def test_second_editor_is_told_and_overwrites_nothing(publisher: Publisher, folder: Path) -> None:
    """A change made from an older text is refused, and names who was quicker."""
    base = mark_of(text_of(folder))
    publisher.publish([Change(ENTRY, reworded(folder), base)], "anna", "plainer")

    with pytest.raises(ContentChanged, match="anna at the desk"):
        publisher.publish([Change(ENTRY, text_of(folder).replace("A service", "Any service"), base)], "bo", "mine")

    assert TOLD_ANEW in text_of(folder)


def test_change_from_outside_the_desk_is_noticed(publisher: Publisher, folder: Path) -> None:
    """What an author saved by hand in the meantime stays."""
    base = mark_of(text_of(folder))
    (folder / ENTRY).write_text(reworded(folder), encoding="utf-8")

    with pytest.raises(ContentChanged, match="outside the desk"):
        publisher.publish([Change(ENTRY, "---\n", base)], "bo", "mine")


def test_undo_brings_the_text_back_and_can_be_undone(publisher: Publisher, folder: Path) -> None:
    """Each undo is a revision of its own; the same one is taken back once."""
    before, after = text_of(folder), reworded(folder)
    first = publisher.publish([Change(ENTRY, after)], "anna", "plainer")

    second = publisher.undo(first, "bo")
    assert text_of(folder) == before
    with pytest.raises(PublishingError, match=f"taken back already, by revision {second}"):
        publisher.undo(first, "bo")
    publisher.undo(second, "anna")

    assert text_of(folder) == after
    assert [(one.made_by, one.undoes) for one in publisher.revisions.latest(ENTRY)] == [
        ("anna", second),
        ("bo", first),
        ("anna", None),
    ]


def test_undo_is_refused_where_the_file_changed_since(publisher: Publisher, folder: Path) -> None:
    """A later change is not lost."""
    first = publisher.publish([Change(ENTRY, reworded(folder))], "anna", "plainer")
    publisher.publish([Change(ENTRY, text_of(folder).replace("A service makes", "Any service makes"))], "bo", "more")

    with pytest.raises(ContentChanged, match="changed by bo"):
        publisher.undo(first, "anna")

    assert "Any service makes" in text_of(folder)


def test_undo_of_what_never_was_is_told(publisher: Publisher) -> None:
    """An unknown number is no fault of ours."""
    with pytest.raises(PublishingError, match="no revision 7"):
        publisher.undo(7, "anna")


def test_publishing_the_same_is_told(publisher: Publisher, folder: Path) -> None:
    """Other line ends and empty lines at the end are no change; without a reason nothing is published."""
    same = text_of(folder).replace("\n", "\r\n") + "\r\n\r\n"
    with pytest.raises(NothingChanged):
        publisher.publish([Change(ENTRY, same)], "anna", "nothing")
    with pytest.raises(PublishingError, match="why"):
        publisher.publish([Change(ENTRY, reworded(folder))], "anna", " ")
    with pytest.raises(PublishingError, match="twice"):
        publisher.publish([Change(ENTRY, same), Change(ENTRY, same)], "anna", "twice")


def test_cut_off_publication_is_finished_at_the_next_start(publisher: Publisher, engine: Engine, folder: Path) -> None:
    """What was noted and not written is written; a file that was changed by hand since stays as it is."""
    before, lesson = text_of(folder), text_of(folder, LESSON)
    files = [Edited(ENTRY, before, reworded(folder)), Edited(LESSON, "another text", "too late")]
    publisher.revisions.begin(files, "anna", "cut off")

    Publisher(engine, folder).finish_begun()

    assert TOLD_ANEW in text_of(folder)
    assert text_of(folder, LESSON) == lesson
    assert publisher.revisions.begun() == []


def test_publication_in_a_checkout_makes_a_commit_of_these_files_only(publisher: Publisher, folder: Path) -> None:
    """Who and why stand in the commit; what somebody else prepared stays prepared."""
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "-c", "user.name=x", "-c", "user.email=x@x.invalid", "commit", "--quiet", "-m", "all")
    (folder / "glossary.yml").write_text(text_of(folder, "glossary.yml") + "\n# later\n", encoding="utf-8")
    git(folder, "add", "glossary.yml")

    number = publisher.publish([Change(ENTRY, reworded(folder))], "anna <x@y>; rm", "--amend plainer")

    kept = publisher.revisions.find(number)
    assert kept is not None
    assert kept.git_commit == git(folder, "rev-parse", "HEAD")
    assert git(folder, "show", "--format=%an|%s", "--name-only", "HEAD").splitlines() == [
        "anna xy rm|--amend plainer",
        "",
        ENTRY,
    ]
    assert git(folder, "status", "--porcelain") == "M  glossary.yml"


def test_refusing_git_does_not_stop_publishing(
    publisher: Publisher, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A checkout that takes no commit is told in the log; the content is published."""
    git(folder, "init", "--quiet")
    git(folder, "add", ENTRY)
    (folder / ".git" / "index.lock").touch()

    number = publisher.publish([Change(ENTRY, reworded(folder))], "anna", "plainer")

    kept = publisher.revisions.find(number)
    assert kept is not None
    assert kept.git_commit == ""
    assert "git took no commit" in caplog.text
    assert load_knowledge(folder).entries["system.value"].answer.text.startswith(TOLD_ANEW)


def git(folder: Path, *arguments: str) -> str:
    """Ask git about the copy."""
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()
