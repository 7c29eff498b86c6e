"""Content that changes while it is used: taken up whole and sound, or not at all."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import live as module
from knowledge.content_lock import content_lock
from knowledge.errors import ContentError
from knowledge.last_good import LastGood
from knowledge.live import Live
from knowledge.model import Knowledge
from tests.knowledge.content_tree import LESSON, SHARING, ContentTree

OLD, NEW = "Sharing tools", "Lending tools"
WAIT_SECONDS = 20.0


def answer_of(knowledge: Knowledge) -> str:
    """Make something from content: the text of one answer."""
    return next(entry.answer.text for entry in knowledge.entries.values() if entry.place.file == SHARING)


def live_of(tree: ContentTree, make: Callable[[Knowledge], str] = answer_of) -> Live[str]:
    """Give what is looked at only when a test asks."""
    return Live(make, tree.folder, look_seconds=0)


def change_answer(tree: ContentTree, word: str = "Everybody") -> None:
    """Change the answer's first word, which stays sound."""
    text = (tree.folder / SHARING).read_text(encoding="utf-8")
    head, mark, body = text.partition("## answer\n")
    tree.write(SHARING, f"{head}{mark}{word} {body.partition(' ')[2]}")


def test_sound_change_is_taken_up_whole(tree: ContentTree) -> None:
    """What is made from it is made anew, and what was given out before stays as it was."""
    live = live_of(tree)
    before = live()
    change_answer(tree)

    assert live() == before
    assert live.look()
    assert live().startswith("Everybody ")
    assert not before.startswith("Everybody ")
    assert not live.look()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param(SHARING, "---\nid: [", id="no YAML"),
        pytest.param(SHARING, "", id="empty, as while an editor saves"),
        pytest.param(SHARING, b"\xff\xfe\x00", id="no text"),
        pytest.param(LESSON, "---\nid: system.garden\n---\n", id="a lesson without its steps"),
        pytest.param("course.yml", "title: x\n", id="no map"),
        pytest.param("glossary.yml", None, id="a file that is gone"),
    ],
)
def test_broken_file_is_never_taken_up(
    tree: ContentTree, caplog: pytest.LogCaptureFixture, name: str, text: str | bytes | None
) -> None:
    """The old content stays, the log says once what is wrong and where; when it is mended, it is taken up."""
    live = live_of(tree)
    before, kept = live(), (tree.folder / name).read_bytes()
    if text is None:
        (tree.folder / name).unlink()
    else:
        tree.write(name, text)

    assert not live.look() and not live.look()
    assert live() == before
    assert sum(name in record.getMessage() for record in caplog.records) == 1

    tree.write(name, kept)
    change_answer(tree)
    assert live.look()
    assert live().startswith("Everybody ")


def test_change_that_only_the_check_refuses_is_not_taken_up(
    tree: ContentTree, caplog: pytest.LogCaptureFixture
) -> None:
    """What can be read and breaks a rule of content stays out as well."""
    live = live_of(tree)
    before = live()
    change_answer(tree, "word " * 200)

    assert not live.look()
    assert live() == before
    assert SHARING in caplog.text


def test_maker_that_fails_keeps_the_old(tree: ContentTree, caplog: pytest.LogCaptureFixture) -> None:
    """What cannot be made from the new content is told, and people go on with what they had."""
    makes = iter([lambda knowledge: "first", lambda knowledge: 1 / 0])
    live = live_of(tree, lambda knowledge: next(makes)(knowledge))
    before = live()
    change_answer(tree)

    assert not live.look()
    assert live() == before == "first"
    assert "could not be taken up" in caplog.text


def test_reader_waits_for_a_writer_of_several_files(tree: ContentTree) -> None:
    """While a publication writes, nothing is read; afterwards all of it is there."""
    live = live_of(tree)
    live()
    looked = threading.Event()

    def look() -> None:
        live.look()
        looked.set()

    with content_lock(tree.folder, to_write=True):
        tree.write(LESSON, "half")
        thread = threading.Thread(target=look)
        thread.start()
        assert not looked.wait(module.REST_SECONDS + 0.5)
        tree = ContentTree(tree.folder)
        change_answer(tree)
    thread.join(WAIT_SECONDS)

    live.look()
    assert live().startswith("Everybody ")


def test_other_file_that_changes_makes_anew(tree: ContentTree, tmp_path: Path) -> None:
    """What rests on another file too, such as an index, follows that."""
    other = tmp_path / "index"
    other.write_text("1", encoding="utf-8")
    live = Live(lambda knowledge: other.read_text(encoding="utf-8"), tree.folder, [other], look_seconds=0)
    live()
    other.write_text("22", encoding="utf-8")

    assert live.look()
    assert live() == "22"


def test_watcher_takes_changes_up_by_itself_and_ends_with_its_owner(tree: ContentTree) -> None:
    """Nobody has to ask; when nobody holds it any more, its thread ends."""
    others = set(threading.enumerate())
    held = [Live(answer_of, tree.folder, look_seconds=0.05)]
    held[0]()
    change_answer(tree)

    assert eventually(lambda: held[0]().startswith("Everybody "))
    held.clear()
    gc.collect()
    assert eventually(lambda: all(one.name != "content" for one in set(threading.enumerate()) - others))


def test_content_broken_at_the_start_is_told(tree: ContentTree) -> None:
    """There is nothing older to go on with: the error names the file."""
    tree.write("course.yml", "title: x\n")

    with pytest.raises(ContentError, match=r"course\.yml"):
        live_of(tree)()


def test_start_with_broken_content_goes_on_with_the_last_sound(
    tree: ContentTree, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A process that starts anew finds what was sound before; once the files are mended, it takes them up."""
    kept, folder = tmp_path / "kept", tree.folder
    Live(answer_of, folder, kept=kept, look_seconds=0)()
    change_answer(tree)
    course = (folder / "course.yml").read_bytes()
    tree.write("course.yml", "title: x\n")

    live = Live(answer_of, folder, kept=kept, look_seconds=0)

    assert not live().startswith("Everybody ")
    assert "what was last sound is used instead" in caplog.text
    tree.write("course.yml", course)
    assert live.look()
    assert live().startswith("Everybody ")


def test_few_copies_are_kept_and_the_newest_is_taken(tree: ContentTree, tmp_path: Path) -> None:
    """Old ones go; going back to an earlier text makes that one the newest."""
    kept = tmp_path / "kept"
    live = Live(lambda knowledge: knowledge.version, tree.folder, kept=kept, look_seconds=0)
    versions = [live()]
    for word in ("Everybody", "Nobody", "Everybody"):
        change_answer(tree, word)
        assert live.look()
        versions.append(live())

    assert {path.name for path in kept.iterdir()} == set(versions[-2:])
    assert LastGood(kept).newest() == kept / versions[-1]


def test_copy_that_cannot_be_kept_stops_nothing(
    tree: ContentTree, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Where no file can be written, people are served all the same."""
    (tmp_path / "kept").write_text("a file in the way", encoding="utf-8")

    assert Live(answer_of, tree.folder, kept=tmp_path / "kept", look_seconds=0)()
    assert "no copy of the content is kept" in caplog.text


def eventually(is_true: Callable[[], bool]) -> bool:
    """Wait until something holds."""
    limit = time.monotonic() + WAIT_SECONDS
    while not is_true() and time.monotonic() < limit:
        time.sleep(0.05)
    return is_true()
