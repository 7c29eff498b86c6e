"""Reading entries: an answer in its lengths, its sources, and the questions it answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entry_file import SECTIONS, read_entry
from knowledge.errors import ContentError
from tests.knowledge.content_tree import SHARING, TOOLS, ContentTree


def test_entry_read_has_all_lengths(tree: ContentTree) -> None:
    """An entry holds its answer, more, simpler and an example from a pilot."""
    entry, problems = read_entry(tree.folder / SHARING, SHARING)

    assert problems == []
    assert (entry.id, entry.lesson, len(entry.questions)) == ("system.sharing", "system.garden", 10)
    assert entry.answer.text == "Neighbours decide together what to plant, and each has a say."
    assert entry.more is not None and entry.more.text.endswith("could choose a bed.")
    assert entry.simpler is not None and entry.simpler.text == "All plant. All decide."
    assert entry.example is not None and entry.example_pilot == "pilot.north"


def test_entry_sections_cite_own_or_common_sources(tree: ContentTree) -> None:
    """A section rests on the sources it names, else on those of the entry."""
    entry, _ = read_entry(tree.folder / SHARING, SHARING)

    assert entry.answer.sources == ("S1", "S2")
    assert entry.more is not None and entry.more.sources == ("S2",)
    assert entry.example is not None and entry.example.sources == ("S1",)


def test_entry_without_optional_parts_is_read(tree: ContentTree) -> None:
    """A lesson and an example may be missing."""
    tree.edit(TOOLS, "lesson: system.garden\n", "")

    entry, problems = read_entry(tree.folder / TOOLS, TOOLS)

    assert problems == []
    assert (entry.lesson, entry.example, entry.example_pilot) == (None, None, None)


@pytest.mark.parametrize(
    ("old", "new", "line", "gist"),
    [
        pytest.param("id: system.sharing\n", "", 2, "no id", id="no id"),
        pytest.param("title: Sharing a garden", "title: []", 3, "no title", id="title is a list"),
        pytest.param("sources: [S1, S2]", "sources: S1", 5, "sources must be a list", id="sources no list"),
        pytest.param("  - how do we share a garden", "  - how: why", 7, "quote those that hold a colon", id="colon"),
        pytest.param("  - how do we share a garden", "  -", 7, "must be a list of texts", id="question without words"),
        pytest.param("  - how do we share a garden", '  - " "', 7, "holds an empty text", id="blank question"),
        pytest.param("## more", "## mroe", 23, "section 'mroe' is unknown", id="unknown section"),
        pytest.param("## more", "## simpler", 27, "a second section 'simpler'", id="section twice"),
        pytest.param("## answer", "## more", 1, "no section 'answer'", id="no answer"),
    ],
)
def test_entry_broken_form_names_line(tree: ContentTree, old: str, new: str, line: int, gist: str) -> None:
    """An entry with a fault of form is read, and the fault is named with its line."""
    tree.edit(SHARING, old, new)

    _, problems = read_entry(tree.folder / SHARING, SHARING)

    assert [(one.file, one.line) for one in problems if gist in one.text] == [(SHARING, line)]


def test_entry_missing_file_is_refused(tmp_path: Path) -> None:
    """An entry that is not there is one problem."""
    with pytest.raises(ContentError, match="the file is missing"):
        read_entry(tmp_path / "none.md", "answers/none.md")


WORDS = st.text(alphabet="abc öß語🌱.", min_size=1, max_size=40).map(str.strip).filter(bool)


@given(st.dictionaries(st.sampled_from(SECTIONS), WORDS))
def test_entry_sections_written_are_read_back(
    tmp_path_factory: pytest.TempPathFactory, sections: dict[str, str]
) -> None:
    """Any words in any sections come back as they were written."""
    path = tmp_path_factory.getbasetemp() / "any-entry.md"
    front = "---\nid: a\ntitle: b\nsources: [S1]\nquestions: [c]\n---\n"
    path.write_text(front + "".join(f"\n## {kind}\n{text}\n" for kind, text in sections.items()), encoding="utf-8")

    entry, _ = read_entry(path, "answers/any.md")

    told = {kind: passage.text for kind in SECTIONS if (passage := getattr(entry, kind)) and passage.text}
    assert told == sections
