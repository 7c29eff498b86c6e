"""Loading all content at once: what is read, what is refused, and the content's version."""

from __future__ import annotations

import pytest

from knowledge.errors import ContentError
from knowledge.loader import ALONE, CONTENT, EVALUATION_FILE, content_version, load_knowledge, read_knowledge
from tests.knowledge.content_tree import FILES, LESSON, PILOT, SHARING, TOOLS, ContentTree


def test_content_whole_is_loaded(tree: ContentTree) -> None:
    """Lessons, entries, pilots and data come together as one value."""
    knowledge = load_knowledge(tree.folder)

    assert set(knowledge.lessons) == {"system.garden"}
    assert set(knowledge.entries) == {"system.sharing", "system.tools", "pilot.north", "pilot.east"}
    assert set(knowledge.pilots) == {"pilot.north", "pilot.east"}
    assert [one.term for one in knowledge.glossary] == ["bed", "shed"]
    assert set(knowledge.sources) == {"S1", "S2"}
    assert set(knowledge.planned) == {"system.cooking", "roadmap.begin"}


def test_sources_cited_keep_the_order_given(tree: ContentTree) -> None:
    """Sources are named in the order of the keys; unknown keys are passed over."""
    knowledge = load_knowledge(tree.folder)

    assert [one.key for one in knowledge.cited(("S2", "S9", "S1"))] == ["S2", "S1"]


def test_real_content_is_loaded_and_named_from_root() -> None:
    """The project's own content has no fault of form, and is named as an author sees it."""
    knowledge = load_knowledge()

    assert knowledge.lessons and knowledge.entries and knowledge.pilots
    assert all(one.place.file.startswith("knowledge/content/lessons/") for one in knowledge.lessons.values())
    assert all((CONTENT.parent.parent / one.place.file).is_file() for one in knowledge.entries.values())


@pytest.mark.parametrize("name", ["course.yml", "glossary.yml", "sources.yml", "planned.yml"])
def test_content_without_data_file_is_refused(tree: ContentTree, name: str) -> None:
    """Without one of the files that stand alone there is no course, and the file is named."""
    (tree.folder / name).unlink()

    knowledge, problems = read_knowledge(tree.folder)

    assert knowledge is None
    assert [str(one) for one in problems] == [
        f"{name}:1: the file is missing; the course cannot be read without it",
    ]


def test_folder_empty_names_every_missing_file(tree: ContentTree) -> None:
    """An empty folder names all the files that must be there at once."""
    knowledge, problems = read_knowledge(tree.folder / "nothing")

    assert knowledge is None
    assert [one.file for one in problems] == [file for file, _ in ALONE.values() if file != EVALUATION_FILE]


@pytest.mark.parametrize("name", [LESSON, SHARING, PILOT])
def test_file_broken_leaves_the_others(tree: ContentTree, name: str) -> None:
    """One unreadable file is reported; all others are read."""
    tree.write(name, b"\xff\xfe\x00")

    knowledge, problems = read_knowledge(tree.folder)

    assert [(one.file, one.line) for one in problems] == [(name, 1)]
    assert knowledge is not None
    things = {LESSON: knowledge.lessons, SHARING: knowledge.entries, PILOT: knowledge.pilots}
    assert sum(len(kept) for kept in things.values()) == 6
    with pytest.raises(ContentError, match=name):
        load_knowledge(tree.folder)


def test_several_files_broken_are_all_reported(tree: ContentTree) -> None:
    """An author sees everything at once, also beside a broken course map."""
    tree.write("course.yml", "a: [\n")
    tree.write("sources.yml", "- x\n")
    tree.write(SHARING, "no front matter\n")

    _, problems = read_knowledge(tree.folder)

    assert {one.file for one in problems} == {"course.yml", "sources.yml", SHARING}


@pytest.mark.parametrize(
    ("name", "copy", "gist"),
    [
        (SHARING, "answers/system/zz.md", "id 'system.sharing' is taken by answers/system/sharing.md"),
        (LESSON, "lessons/system/09-again.md", "id 'system.garden' is taken by lessons/system/01-garden.md"),
        (PILOT, "pilots/zz.yml", "id 'pilot.north' is taken by pilots/north.yml"),
    ],
)
def test_id_used_twice_names_both_files(tree: ContentTree, name: str, copy: str, gist: str) -> None:
    """Two files with one id are refused: the second is named, and where the first stands."""
    tree.write(copy, FILES[name])

    _, problems = read_knowledge(tree.folder)

    assert [(one.file, one.line) for one in problems] == [(copy, 1)]
    assert gist in problems[0].text


def test_hidden_files_are_not_content(tree: ContentTree) -> None:
    """An editor's lock and a Mac's shadow file are passed over, also in the version."""
    version = content_version(tree.folder)
    (tree.folder / "answers/system/.#sharing.md").symlink_to("nobody@nowhere")
    tree.write("lessons/system/._01-garden.md", b"\x00\x05\x16\x07")

    knowledge = load_knowledge(tree.folder)

    assert len(knowledge.entries) == 4
    assert knowledge.version == version


def test_folder_named_like_a_file_is_reported(tree: ContentTree) -> None:
    """A folder whose name ends in .md is no entry; that is said, not crashed on."""
    (tree.folder / "answers/folder.md").mkdir()

    _, problems = read_knowledge(tree.folder)

    assert [(one.file, one.line) for one in problems] == [("answers/folder.md", 1)]


def test_version_follows_every_change(tree: ContentTree) -> None:
    """The same bytes give the same version; a letter or a file's name gives another."""
    first = content_version(tree.folder)
    same = content_version(tree.folder)
    tree.edit(TOOLS, "Many keys.", "Many keys!")
    edited = content_version(tree.folder)
    (tree.folder / TOOLS).rename(tree.folder / "answers/system/things.md")
    renamed = content_version(tree.folder)

    assert first == same and len(first) == 16
    assert len({first, edited, renamed}) == 3
