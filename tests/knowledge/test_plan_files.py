"""Reading stages of the Roadmap, and the attributes by which services are compared with the pilots."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import ContentError
from knowledge.plan_files import read_comparison, read_stage
from tests.knowledge.content_tree import STAGE, ContentTree

COMPARISON = "comparison.yml"
READERS: dict[str, Callable[[Path, str], tuple[Any, ...]]] = {COMPARISON: read_comparison, STAGE: read_stage}


def test_comparison_read_has_attributes_in_order(tree: ContentTree) -> None:
    """Attributes come in the order in which they are asked, each with its values and the words on their buttons."""
    attributes, problems = read_comparison(tree.folder / COMPARISON, COMPARISON)

    assert problems == []
    assert [(one.key, one.several, one.place.line) for one in attributes] == [("place", True, 1), ("size", False, 8)]
    assert attributes[0].values == {"yard": "In a yard", "roof": "On a roof"}


def test_stage_read_has_all_its_parts(tree: ContentTree) -> None:
    """A stage has its purpose, questions, tips and pitfalls, and names where else to look."""
    stage, problems = read_stage(tree.folder / STAGE, STAGE)

    assert problems == []
    assert (stage.id, stage.title, stage.purpose.sources) == ("roadmap.begin", "Beginning", ("S1",))
    assert [(one.key, one.theme, one.place.line) for one in stage.questions] == [
        ("place", "system", 6),
        ("say", "ethics", 13),
        ("tools", "catalysts", 19),
        ("rain", "system", 26),
    ]
    assert (stage.questions[1].sources, stage.questions[0].note) == ((), "made-up example")
    assert [one.note for one in stage.tips] == ["our own advice", None]
    assert [one.sources for one in stage.pitfalls] == [("S1",), ("S2",)]
    assert (stage.catalysts, stage.lessons, stage.pilots) == ((), ("system.garden",), ("pilot.north",))


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "gist"),
    [
        pytest.param(COMPARISON, "  ask: Where is your garden?\n", "", 1, "no ask", id="attribute not asked"),
        pytest.param(COMPARISON, "- key: size", "- size\n- key: size", 8, "keys and values", id="attribute is a text"),
        pytest.param(COMPARISON, "{key: yard, label: In a yard}", "{key: yard}", 5, "no label", id="value unnamed"),
        pytest.param(STAGE, "title: Beginning\n", "", 1, "no title", id="stage untitled"),
        pytest.param(STAGE, "purpose: Meet once", "porpoise: Meet once", 1, "no purpose", id="no purpose"),
        pytest.param(STAGE, "    theme: ethics\n", "", 13, "no theme", id="question without theme"),
        pytest.param(STAGE, "tips:\n", "tips: many\nrest:\n", 33, "must be a list", id="tips no list"),
        pytest.param(STAGE, "catalysts: []", "catalysts: x", 39, "a list of texts", id="catalysts no list"),
    ],
)
def test_file_broken_names_line(tree: ContentTree, name: str, old: str, new: str, line: int, gist: str) -> None:
    """A file with one fault of form is read, and the fault is named with its file and line."""
    tree.edit(name, old, new)

    *_, problems = READERS[name](tree.folder / name, name)

    assert (name, line) in [(one.file, one.line) for one in problems if gist in one.text], problems


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "data", ["", "just words\n", "a: [1\n", b"a: caf\xe9\n"], ids=["empty", "words", "broken", "latin"]
)
def test_file_unreadable_is_one_problem(tree: ContentTree, name: str, data: str | bytes) -> None:
    """A file that is no data of its kind is refused with its name."""
    path = tree.write(name, data)

    with pytest.raises(ContentError) as caught:
        READERS[name](path, name)

    assert [one.file for one in caught.value.problems] == [name]


KEYS = st.sampled_from("key ask several values label id title purpose questions tips pitfalls text theme".split())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["a", "S1", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize("name", READERS)
@given(value=st.dictionaries(KEYS, VALUES, max_size=4) | st.lists(VALUES, max_size=4))
def test_file_of_any_shape_never_crashes(tmp_path_factory: pytest.TempPathFactory, name: str, value: Any) -> None:
    """Whatever shape the data has, it is read, or what is wrong is told with its file."""
    path = tmp_path_factory.getbasetemp() / "any-plan.yml"  # JSON is YAML too
    path.write_text(json.dumps(value), encoding="utf-8")

    try:
        *_, problems = READERS[name](path, name)
    except ContentError as error:
        problems = error.problems

    assert all(problem.file == name and problem.line >= 1 for problem in problems)
