"""What ``tutor check`` prints: problems, counts, and on request how hard each file is to read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commands.check import check_content, readability_table
from knowledge.model import Passage, Place
from knowledge.reading_checks import Graded, Kind
from tests.knowledge.content_tree import TOOLS, ContentTree


def graded(kind: Kind, file: str, grade: float) -> Graded:
    """Make a text of a grade."""
    return Graded(kind, Passage("Some words.", (), Place(file, 1)), grade)


def test_table_has_a_line_a_file_and_the_whole() -> None:
    """Each file has its median, its highest grade and how many texts are above 11; below, all by kind."""
    rows = [
        graded("card", "lessons/one.md", 4.0),
        graded("card", "lessons/one.md", 12.0),
        graded("answer", "answers/two.md", 6.0),
        graded("simpler", "answers/two.md", 2.0),
        graded("longer", "answers/two.md", 11.5),
    ]

    table = [re.split(r"\s{2,}", line.strip()) for line in readability_table(rows)]

    assert table == [
        ["reading grade (Flesch-Kincaid)", "median", "highest", "above 11"],
        ["answers/two.md", "6.0", "11.5", "1"],
        ["lessons/one.md", "8.0", "12.0", "1"],
        [""],
        ["all cards and answers", "6.0", "12.0", "1"],
        ["all simpler answers", "2.0", "2.0", "0"],
        ["all that is read on request", "11.5", "11.5", "1"],
    ]


def test_table_of_nothing_is_its_heading() -> None:
    """Content without any text gives a heading and no row."""
    assert len(list(readability_table([]))) == 2


def test_check_with_readability_prints_table_and_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table comes first; the problems follow as without it, with the same exit code."""
    tree = ContentTree(tmp_path / "content")

    code = check_content(tree.folder, is_graded=True)

    said = capsys.readouterr().out.splitlines()
    assert code == 0
    assert said[0].startswith("reading grade")
    assert sum(line.startswith(("answers/", "lessons/")) for line in said) == 5
    assert said[-1].startswith("all well: 1 lessons, 4 answers")


def test_check_of_broken_content_prints_problems_after_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong stands below the table, and the exit code says that there is something."""
    tree = ContentTree(tmp_path / "content")
    tree.edit(TOOLS, "lesson: system.garden", "lesson: system.x")

    code = check_content(tree.folder, is_graded=True)

    said = capsys.readouterr().out.splitlines()
    assert code == 1
    assert said[-2:] == [f"{TOOLS}:1: 'system.x' is not a lesson of course.yml; mend the id", "1 to mend"]


def test_content_that_cannot_be_read_has_no_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the map of the course there is nothing to grade, and the missing file is named."""
    tree = ContentTree(tmp_path / "content")
    (tree.folder / "course.yml").unlink()

    code = check_content(tree.folder, is_graded=True)

    assert code == 1
    assert capsys.readouterr().out.startswith("course.yml:1: the file is missing")
