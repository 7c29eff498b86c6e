"""Reading what is data: the course map, pilots, the glossary, the sources, and what is planned."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.data_files import read_course, read_glossary, read_pilot, read_planned, read_sources
from knowledge.errors import ContentError
from tests.knowledge.content_tree import PILOT, ContentTree

READERS: dict[str, Callable[[Path, str], tuple[Any, ...]]] = {
    "course.yml": read_course,
    PILOT: read_pilot,
    "glossary.yml": read_glossary,
    "sources.yml": read_sources,
    "planned.yml": read_planned,
}


def test_course_read_maps_topics_to_groups(tree: ContentTree) -> None:
    """Each topic knows its theme and its lesson; stages and pilots are topics too."""
    course, problems = read_course(tree.folder / "course.yml", "course.yml")

    assert problems == []
    assert [plan.id for plan in course.lessons] == ["system.garden", "system.kitchen"]
    assert {topic.id: (topic.group, topic.lesson) for topic in course.topics.values()} == {
        "system.sharing": ("system", "system.garden"),
        "system.tools": ("system", "system.garden"),
        "system.cooking": ("system", "system.kitchen"),
        "roadmap.begin": ("roadmap", None),
        "pilot.north": ("pilot", None),
        "pilot.east": ("pilot", None),
    }
    assert course.topics["pilot.north"].about == "Northtown"


def test_pilot_read_has_facts_by_facet(tree: ContentTree) -> None:
    """Each fact carries its sources and its line; empty lists stay empty."""
    pilot, problems = read_pilot(tree.folder / PILOT, PILOT)

    assert problems == []
    assert (pilot.place_name, pilot.years) == ("Northtown", "2018 to 2020")
    (fact,) = pilot.facts["people"]
    assert (fact.text, fact.sources, fact.place.line) == ("Four neighbours took part at first.", ("S1",), 8)
    assert pilot.facts["results"] == ()
    assert pilot.story.text == "It began with a spade. A year later there were beans."


def test_glossary_read_has_forms_and_places(tree: ContentTree) -> None:
    """Each term has its other forms, its definition and its line."""
    terms, problems = read_glossary(tree.folder / "glossary.yml", "glossary.yml")

    assert problems == []
    assert [(one.term, one.also, one.topic, one.place.line) for one in terms] == [
        ("bed", ("beds", "flower bed"), "system.sharing", 1),
        ("shed", ("tool shed",), None, 7),
    ]


def test_sources_read_have_texts_and_places(tree: ContentTree) -> None:
    """A year may be a number, a link may be missing; each key has its line."""
    sources, places, problems = read_sources(tree.folder / "sources.yml", "sources.yml")

    assert problems == []
    assert (sources["S2"].year, sources["S2"].url) == ("2020", "")
    assert {key: place.line for key, place in places.items()} == {"S1": 1, "S2": 7}


def test_planned_read_has_questions_and_places(tree: ContentTree) -> None:
    """Each planned topic has its questions and its line; planned lessons are named."""
    planned, lessons, places, problems = read_planned(tree.folder / "planned.yml", "planned.yml")

    assert problems == []
    assert planned["roadmap.begin"] == ("how does a garden group start", "what happens at the first meeting")
    assert places["roadmap.begin"].line == 5
    assert (lessons, places["lessons"].line) == (("system.kitchen",), 9)


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "gist"),
    [
        pytest.param("course.yml", "title: Gardens for all\n", "", 1, "no title", id="course without title"),
        pytest.param("course.yml", "            title: Tools for everyone\n", "", 16, "no title", id="topic untitled"),
        pytest.param("course.yml", "id: system.tools", "id: system.sharing", 16, "stands twice", id="topic twice"),
        pytest.param("course.yml", "id: system.kitchen", "id: system.garden", 19, "stands twice", id="lesson twice"),
        pytest.param("course.yml", "pilots:\n", "pilots: none\nrest:\n", 31, "must be a list", id="pilots no list"),
        pytest.param("course.yml", "roadmap:\n  stages:\n", "roadmap:\n", 26, "keys and values", id="stages at once"),
        pytest.param("course.yml", "  - id: pilot.north\n", "  - x\n  - id: pilot.north\n", 32, "keys and", id="row"),
        pytest.param("course.yml", "certificate:\n", "rest:\n", 1, "no certificate", id="no certificate"),
        pytest.param(
            "course.yml", "lessons: all", "lessons: most", 39, "must be all, or a whole number", id="lessons no number"
        ),
        pytest.param("course.yml", "  score_percent: 60\n", "", 39, "a whole number", id="no score"),
        pytest.param(PILOT, "id: pilot.north\n", "", 1, "no id", id="pilot without id"),
        pytest.param(PILOT, "  partners: []\n", "", 6, "no list 'partners'", id="list missing"),
        pytest.param(PILOT, "  partners: []", "  friends: []", 9, "'friends' is not a list", id="unknown list"),
        pytest.param(PILOT, "  partners: []", "  partners: x", 9, "partners must be a list", id="facts no list"),
        pytest.param(PILOT, "  partners: []", "  partners: [x]", 9, "keys and values", id="fact is a text"),
        pytest.param(PILOT, ", sources: [S1]}", "}", 8, "sources must be a list", id="fact without sources"),
        pytest.param(PILOT, 'text: "Four neighbours took part at first.", ', "", 8, "no text", id="fact untold"),
        pytest.param(
            "glossary.yml", "  definition: A small house for tools.\n", "", 7, "no definition", id="undefined"
        ),
        pytest.param(
            "glossary.yml", "- term: shed", "- words\n- term: shed", 7, "keys and values", id="term is a text"
        ),
        pytest.param("sources.yml", "  author: The neighbours\n  year: 2020\n", "", 8, "no author", id="no author"),
        pytest.param(
            "sources.yml", "  url: https", "S3: a book\nS4:\n  url: https", 5, "S3 must hold", id="source text"
        ),
        pytest.param(
            "planned.yml", "roadmap.begin:\n", "system.x:\nroadmap.begin:\n", 5, "a list of", id="no questions"
        ),
    ],
)
def test_data_broken_names_line(tree: ContentTree, name: str, old: str, new: str, line: int, gist: str) -> None:
    """Data with one fault of form is read, and the fault is named with its file and line."""
    tree.edit(name, old, new)

    *_, problems = READERS[name](tree.folder / name, name)

    assert (name, line) in [(one.file, one.line) for one in problems if gist in one.text], problems


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    ("data", "gist"),
    [
        pytest.param("", "empty", id="empty"),
        pytest.param("just words\n", "without keys", id="words"),
        pytest.param("a: [1\n", "not valid YAML", id="broken"),
        pytest.param("a: 1\n---\nb: 2\n", "not valid YAML", id="two documents"),
        pytest.param(b"a: caf\xe9\n", "not UTF-8", id="latin-1"),
    ],
)
def test_data_unreadable_is_one_problem(tree: ContentTree, name: str, data: str | bytes, gist: str) -> None:
    """A file that is no data of its kind is refused with its name."""
    path = tree.write(name, data)

    with pytest.raises(ContentError, match=gist) as caught:
        READERS[name](path, name)

    assert caught.value.problems[0].file == name


@pytest.mark.parametrize("name", READERS)
def test_data_missing_is_one_problem(tmp_path: Path, name: str) -> None:
    """A file that is not there is refused with its name."""
    with pytest.raises(ContentError, match=f"{name}:1: the file is missing"):
        READERS[name](tmp_path / name, name)


def test_data_from_windows_reads_alike(tree: ContentTree) -> None:
    """A byte order mark and Windows line ends change nothing."""
    before = read_glossary(tree.folder / "glossary.yml", "glossary.yml")
    text = (tree.folder / "glossary.yml").read_text(encoding="utf-8")
    tree.write("glossary.yml", "\ufeff" + text.replace("\n", "\r\n"))

    after = read_glossary(tree.folder / "glossary.yml", "glossary.yml")

    assert after == before


KEYS = st.sampled_from(["id", "title", "themes", "lessons", "topics", "roadmap", "stages", "pilots", "facts", "people"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["a", "S1", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize("name", READERS)
@given(value=st.dictionaries(KEYS, VALUES, max_size=4) | st.lists(VALUES, max_size=4))
def test_data_of_any_shape_never_crashes(tmp_path_factory: pytest.TempPathFactory, name: str, value: Any) -> None:
    """Whatever shape the data has, it is read, or what is wrong is told with its file."""
    path = tmp_path_factory.getbasetemp() / "any.yml"  # JSON is YAML too
    path.write_text(json.dumps(value), encoding="utf-8")

    try:
        *_, problems = READERS[name](path, name)
    except ContentError as error:
        problems = error.problems

    assert all(problem.file == name and problem.line >= 1 for problem in problems)


@pytest.mark.parametrize(("lessons", "asked"), [("all", None), ("All", None), ("2", 2)])
def test_criterion_read_is_all_or_a_number(tree: ContentTree, lessons: str, asked: int | None) -> None:
    """What a certificate asks for is read from the course map, with its line."""
    tree.edit("course.yml", "lessons: all", f"lessons: {lessons}")

    course, problems = read_course(tree.folder / "course.yml", "course.yml")

    assert problems == []
    assert (course.certificate.lessons, course.certificate.score_percent) == (asked, 60)
    assert course.certificate.place.line == tree.line("course.yml", "certificate:")
