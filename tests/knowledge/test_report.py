"""Taking values out of content, with a kind word where something is missing or of the wrong sort."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.markup import parse_yaml
from knowledge.report import Report, slug


def taken(yaml: str, offset: int = 0) -> tuple[Any, Report]:
    """Parse YAML and begin a report on it."""
    return parse_yaml(yaml, "some.yml"), Report("some.yml", offset)


@pytest.mark.parametrize(
    ("yaml", "text"),
    [("a: words", "words"), ("a: 2019", "2019"), ("a: 2019-05-01", "2019-05-01"), ("a: |\n  one\n  two\n", "one\ntwo")],
)
def test_text_of_any_scalar_is_taken(yaml: str, text: str) -> None:
    """Words, numbers and dates become text."""
    values, report = taken(yaml)

    assert report.text(values, "a") == text
    assert report.problems == []


@pytest.mark.parametrize("yaml", ["b: x\na:", "b: x\na: ''", "b: x\na: [x]", "b: x\na: {x: y}"])
def test_text_of_wrong_sort_is_reported(yaml: str) -> None:
    """What is empty or no text is reported at its line; an optional text is just empty."""
    values, report = taken(yaml, offset=1)

    assert report.text(values, "a") == "" and report.text(values, "a", optional=True) == ""
    assert [str(one) for one in report.problems] == ["some.yml:3: no a; write a: followed by a text"]


@pytest.mark.parametrize(
    ("yaml", "texts", "gist"),
    [
        ("a: [x, 1, 2.5]", ("x", "1", "2.5"), None),
        ("a: []", (), None),
        ("a: x", (), "must be a list of texts"),
        ("b: x", (), "must be a list of texts"),
        ("a: [[x]]", (), "must be a list of texts"),
        ("a: [x, ' ']", ("x",), "holds an empty text"),
    ],
)
def test_texts_are_a_list_or_reported(yaml: str, texts: tuple[str, ...], gist: str | None) -> None:
    """A list of texts is taken; anything else is reported."""
    values, report = taken(yaml)

    assert report.texts(values, "a") == texts
    assert [gist in one.text for one in report.problems if gist] == ([True] if gist else [])


@pytest.mark.parametrize(("yaml", "number", "is_well"), [("a: 7", 7, True), ("a: 0", 1, False), ("a: 7.5", 1, False)])
def test_number_whole_and_positive_is_taken(yaml: str, number: int, is_well: bool) -> None:
    """A whole number above zero is taken; anything else is reported and read as one."""
    values, report = taken(yaml)

    assert report.number(values, "a") == number
    assert (report.problems == []) == is_well


def test_rows_without_keys_are_left_out() -> None:
    """Entries of a list that hold no keys are reported, each at its line."""
    values, report = taken("a:\n  - x: 1\n  - words\n  - y: 2\nb: words\n")

    assert [dict(row) for row in report.rows(values, "a")] == [{"x": 1}, {"y": 2}]
    assert report.rows(values, "b") == [] and report.rows(values, "none") == []
    assert [one.line for one in report.problems] == [3, 5]


def test_mapping_of_wrong_sort_is_empty() -> None:
    """Keys and values are taken; a list in their place is reported and read as nothing."""
    values, report = taken("a: {x: 1}\nb: [1]\n")

    assert dict(report.mapping(values, "a")) == {"x": 1}
    assert report.mapping(values, "b") == {} and report.mapping(values, "none") == {}
    assert [one.line for one in report.problems] == [2]


@pytest.mark.parametrize(
    ("title", "key"),
    [("The same week, told twice", "the-same-week-told-twice"), ("  A -- b!  ", "a-b"), ("?!", ""), ("S9", "s9")],
)
def test_slug_of_title_is_a_plain_key(title: str, key: str) -> None:
    """A title becomes a short key."""
    assert slug(title) == key


@given(st.text())
def test_slug_of_any_text_is_plain_and_settled(text: str) -> None:
    """A key holds small letters, digits and single hyphens, and is its own key."""
    key = slug(text)

    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", key)
    assert slug(key) == key
