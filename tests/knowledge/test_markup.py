"""Markdown and YAML as authors' editors write them, and the attributes in braces."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import ContentError, Problem
from knowledge.markup import (
    ATTRIBUTES,
    FILE_LIMIT_BYTES,
    line_of,
    parse_yaml,
    read_document,
    read_text,
    source_keys,
    take_attributes,
    unknown_attribute,
)

FILE = "answers/one.md"
DOCUMENT = "---\nid: a.b\ntitle: One\n---\n\n## card: First\nOne line.\n\n## quiz: key (one right)\nTwo.\n"


def written(folder: Path, data: str | bytes) -> Path:
    """Write a file, exactly these bytes or this text."""
    path = folder / "one.md"
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


def test_document_read_gives_front_and_sections(tmp_path: Path) -> None:
    """A file becomes its front matter and its sections, each with its line."""
    path = written(tmp_path, DOCUMENT)

    document = read_document(path, FILE)

    assert dict(document.front) == {"id": "a.b", "title": "One"}
    assert document.front_line("title") == 3
    assert [(one.kind, one.title, one.line, one.text_until()) for one in document.sections] == [
        ("card", "First", 6, "One line."),
        ("quiz", "key (one right)", 9, "Two."),
    ]


def test_document_with_front_matter_only_has_no_sections(tmp_path: Path) -> None:
    """A file that an author has just begun is read, and is empty."""
    path = written(tmp_path, "---\nid: a.b\n---\n")

    document = read_document(path, FILE)

    assert document.sections == []


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(DOCUMENT.replace("\n", "\r\n"), id="crlf"),
        pytest.param(DOCUMENT.replace("\n", "\r"), id="cr"),
        pytest.param("\ufeff" + DOCUMENT, id="byte order mark"),
        pytest.param("\ufeff" + DOCUMENT.replace("\n", "\r\n"), id="both"),
    ],
)
def test_document_from_any_editor_reads_alike(tmp_path: Path, data: str) -> None:
    """Windows line ends and a byte order mark make no difference."""
    path = written(tmp_path, data)

    document = read_document(path, FILE)

    assert [(one.line, one.text_until()) for one in document.sections] == [(6, "One line."), (9, "Two.")]


def test_document_with_odd_separators_keeps_lines(tmp_path: Path) -> None:
    """Letters that only Unicode calls a line end (pasted from Word) shift no line."""
    path = written(tmp_path, DOCUMENT.replace("One line.", "One\u2028line\x0cand\x85more."))

    document = read_document(path, FILE)

    assert [one.line for one in document.sections] == [6, 9]
    assert document.sections[1].text_until() == "Two."


@pytest.mark.parametrize(
    ("data", "line", "gist"),
    [
        pytest.param("", 1, "no front matter", id="empty"),
        pytest.param("## card: A\ntext\n", 1, "no front matter", id="no front matter"),
        pytest.param("\n---\nid: a\n---\n", 1, "no front matter", id="front matter not first"),
        pytest.param("---\nid: a\n", 1, "no front matter", id="front matter not closed"),
        pytest.param("---\n---\n", 2, "empty", id="empty front matter"),
        pytest.param("---\n- a\n- b\n---\n", 2, "a list", id="front matter is a list"),
        pytest.param("---\njust words\n---\n", 2, "without keys", id="front matter is a text"),
        pytest.param("---\nid: a\ntitle: b: c\n---\n", 3, "not valid YAML", id="colon in a value"),
        pytest.param("---\nid: a\n\ttitle: b\n---\n", 3, "not valid YAML", id="tab"),
        pytest.param("---\nid: a\nid: b\n---\n", 3, "not valid YAML", id="key twice"),
        pytest.param("---\nid: [a\n---\n", 2, "not valid YAML", id="bracket not closed"),
        pytest.param("---\nid: a\x07\n---\n", 2, "not valid YAML", id="bell"),
        pytest.param("---\nid: a\nday: 2021-13-45\n---\n", 2, "not valid YAML", id="no such day"),
        pytest.param("---\nid: a\n---\n\nWords.\n\n## card: A\n", 5, "before the first section", id="text too early"),
        pytest.param("---\nid: a\n---\n# Big\n", 4, "before the first section", id="first-level heading"),
        pytest.param(b"---\nid: a\ntitle: caf\xe9\n---\n", 3, "not UTF-8", id="latin-1"),
        pytest.param("---\nid: a\n---\n".encode("utf-16"), 1, "not UTF-8", id="utf-16"),
        pytest.param(b"a" * (FILE_LIMIT_BYTES + 1), 1, "split the file", id="huge"),
    ],
)
def test_document_unreadable_says_file_and_line(tmp_path: Path, data: str | bytes, line: int, gist: str) -> None:
    """What cannot be read gives one problem with its file and line."""
    path = written(tmp_path, data)

    with pytest.raises(ContentError) as caught:
        read_document(path, FILE)

    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (FILE, line)
    assert gist in problem.text


def test_file_missing_says_so(tmp_path: Path) -> None:
    """A missing file is a problem, not a crash."""
    with pytest.raises(ContentError, match=r"answers/one\.md:1: the file is missing"):
        read_text(tmp_path / "none.md", FILE)


def test_folder_named_as_file_is_refused(tmp_path: Path) -> None:
    """A folder with a file's name cannot be read, and the problem says so."""
    with pytest.raises(ContentError, match="cannot be read"):
        read_text(tmp_path, FILE)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: b"---\nid: a\n---\n" + text.encode()))
def test_any_bytes_give_document_or_problems(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever a file holds, the reader returns a document or says what is wrong and where."""
    path = tmp_path_factory.getbasetemp() / "any.md"
    path.write_bytes(data)

    try:
        document = read_document(path, FILE)
    except ContentError as error:
        found: list[Problem] = error.problems
        assert found and all(problem.file == FILE and problem.line >= 1 for problem in found)
    else:
        assert isinstance(document.front, dict)


@given(st.text(alphabet="ab1:-[]{}&*!|>%@`'\"#,? \n\t.\\", max_size=60))
def test_any_yaml_gives_mapping_or_problem(text: str) -> None:
    """Whatever stands in a YAML file, it is a mapping or a problem with a line."""
    try:
        value = parse_yaml(text, "some.yml")
    except ContentError as error:
        assert all(problem.line >= 1 and problem.text for problem in error.problems)
    else:
        assert isinstance(value, dict)


def test_yaml_nested_too_deep_is_a_problem() -> None:
    """A thousand brackets do not bring the reader down."""
    with pytest.raises(ContentError, match=r"some\.yml:\d+: not valid YAML"):
        parse_yaml("a: " + "[" * 1000, "some.yml")


def test_yaml_list_where_wanted_is_read() -> None:
    """A list is read where a list is wanted, and refused where keys are."""
    rows = parse_yaml("- a\n- b\n", "some.yml", kind=list)

    assert list(rows) == ["a", "b"]
    with pytest.raises(ContentError, match=r"some\.yml:1: a list; expected keys"):
        parse_yaml("- a\n- b\n", "some.yml")


def test_lines_of_keys_and_rows_count_from_one() -> None:
    """A key has its own line; one that is not there has the line where its mapping begins."""
    data = parse_yaml("a: 1\nrows:\n  - x: 1\n    y: 2\n  - x: 3\n", "some.yml")

    assert line_of(data, "rows") == 2
    assert line_of(data["rows"], 1) == 5
    assert line_of(data["rows"][0], "y") == 4
    assert line_of(data["rows"][1], "y") == 5
    assert line_of("no mapping", "y") == 1


@pytest.mark.parametrize(
    ("text", "rest", "attributes"),
    [
        ("No braces.", "No braces.", {}),
        ("One.\n{sources: S1, S2}", "One.", {"sources": "S1, S2"}),
        ("One.\n{sources: S1; pilot: pilot.uk}", "One.", {"sources": "S1", "pilot": "pilot.uk"}),
        ("{note: it is ours: all of it}", "", {"note": "it is ours: all of it"}),
        ("One.\n{sources: S1}\n{sources: S2}", "One.", {"sources": "S1, S2"}),
        ("One.\n{sources: S1,\nS2}", "One.", {"sources": "S1,\nS2"}),
        ("One.\n{source: S1}", "One.\n{source: S1}", {}),
        ("One.\n{sources: S1; pilto: x}", "One.\n{sources: S1; pilto: x}", {}),
        ("One.\n{note: ours; and long}", "One.\n{note: ours; and long}", {}),
        ("A {brace} stays", "A {brace} stays", {}),
        ("Open { only", "Open { only", {}),
    ],
)
def test_attributes_are_taken_from_text(text: str, rest: str, attributes: dict[str, str]) -> None:
    """Braces that hold attributes leave the text; all others stay in it."""
    assert take_attributes(text) == (rest, attributes)


@given(st.dictionaries(st.sampled_from(ATTRIBUTES), st.text("abS1, .", min_size=1).map(str.strip), min_size=1))
def test_attributes_written_are_read_back(wanted: dict[str, str]) -> None:
    """Any attributes written in braces come back, and the text around them stays."""
    braces = "; ".join(f"{name}: {value}" for name, value in wanted.items())

    rest, attributes = take_attributes(f"Some words.\n{{{braces}}}")

    assert rest == "Some words."
    assert attributes == wanted


def test_unknown_attribute_names_the_braces() -> None:
    """What is left in braces is named as it stands."""
    assert unknown_attribute("One. {sorces: S1}") == "{sorces: S1}"
    assert unknown_attribute("One.") is None


def test_source_keys_are_split_and_trimmed() -> None:
    """Keys are parted at commas; empty ones are passed over."""
    assert source_keys({"sources": " S1,S2 , ,\nS3"}) == ("S1", "S2", "S3")
    assert source_keys({}) == ()
