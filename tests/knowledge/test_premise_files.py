"""Reading what helps to take a question rightly: places, facets, languages, refusals, practice, corrections."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import ContentError
from knowledge.premise_files import (
    read_corrections,
    read_facets,
    read_languages,
    read_places,
    read_practice,
    read_refusals,
)
from tests.knowledge.content_tree import ContentTree

READERS: dict[str, Callable[[Path, str], tuple[Any, ...]]] = {
    "places.yml": read_places,
    "facets.yml": read_facets,
    "languages.yml": read_languages,
    "refusals.yml": read_refusals,
    "practice.yml": read_practice,
    "corrections.yml": read_corrections,
}
LISTS = ("practice.yml", "corrections.yml")


def test_places_read_map_names_to_pilots(tree: ContentTree) -> None:
    """Each name means its pilot, some names mean several, and countries without one know their own name too."""
    places, problems = read_places(tree.folder / "places.yml", "places.yml")

    assert problems == []
    assert places.pilots["Northland"] == ("pilot.north",)
    assert places.pilots["the coast"] == ("pilot.east", "pilot.north")
    assert places.elsewhere == {"Southland": "Southland", "Southern": "Southland", "Southtown": "Southland"}
    assert places.told_of_elsewhere == "no-pilot-there"


def test_facets_read_have_questions_and_places(tree: ContentTree) -> None:
    """Each facet has its label, its questions and its line; only the overview may have nothing to say."""
    facets, problems = read_facets(tree.folder / "facets.yml", "facets.yml")

    assert problems == []
    assert [(one.key, one.place.line, bool(one.none)) for one in facets] == [
        ("overview", 1, False),
        ("people", 10, True),
        ("money", 20, True),
    ]
    assert facets[1].in_place == ("who came to help in {place}",) and len(facets[1].questions) == 3


def test_languages_read_have_a_sentence_each(tree: ContentTree) -> None:
    """What is said to people who write in another language is known by its code."""
    languages, problems = read_languages(tree.folder / "languages.yml", "languages.yml")

    assert problems == [] and list(languages) == ["fi"] and "englanniksi" in languages["fi"]


def test_refusals_read_are_sorted_by_kind(tree: ContentTree) -> None:
    """Each kind has its examples, texts that look like something else among them."""
    refusals, problems = read_refusals(tree.folder / "refusals.yml", "refusals.yml")

    assert problems == []
    assert set(refusals) == {"near", "personal", "off", "noise", "inject", "trick"}
    assert "?!?!" in refusals["noise"]


def test_practice_read_has_accepted_topics(tree: ContentTree) -> None:
    """Each question has the topics that answer it, the best one first."""
    practice, problems = read_practice(tree.folder / "practice.yml", "practice.yml")

    assert problems == []
    assert practice[1] == ("Somebody took the rake home", ("system.tools", "system.sharing"))


def test_corrections_read_have_text_and_questions(tree: ContentTree) -> None:
    """Each false premise has the words in which people hold it, and what is true, with its sources and line."""
    corrections, problems = read_corrections(tree.folder / "corrections.yml", "corrections.yml")

    assert problems == []
    first = corrections[0]
    assert (first.id, first.topics, first.text.sources) == ("mayor-chose", ("system.sharing",), ("S2",))
    assert first.text.text.startswith("The mayor only") and len(first.questions) == 4
    assert (first.place.line, corrections[1].place.line) == (1, 11)


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "gist"),
    [
        pytest.param("places.yml", "[Northtown, Northland, the library yard]", "Northtown", 2, "a list", id="name"),
        pytest.param("places.yml", "told_of_elsewhere: no-pilot-there\n", "", 1, "no told_of_elsewhere", id="untold"),
        pytest.param("places.yml", "[Southern, Southtown]", "Southern", 8, "a list of texts", id="country"),
        pytest.param("places.yml", "  - names: [the coast]\n", "  - x\n  - names: []\n", 5, "keys and", id="row"),
        pytest.param("facets.yml", "  label: What it cost\n", "", 21, "no label", id="facet without label"),
        pytest.param(
            "facets.yml", '    - "who paid in {place}"\n', '    - ""\n', 23, "empty text", id="empty question"
        ),
        pytest.param("languages.yml", "fi: ", "fi: []\nsv: ", 1, "no fi", id="language without sentence"),
        pytest.param("refusals.yml", "noise:\n  - asdf\n", "noise: none\nx:\n  - asdf\n", 26, "a list", id="kind"),
        pytest.param(
            "practice.yml", '{question: "how many keys are there", ', "{", 12, "no question", id="practice untold"
        ),
        pytest.param("corrections.yml", "- id: mayor-chose\n  text", "- text", 1, "no id", id="correction without id"),
        pytest.param("corrections.yml", "  sources: [S2]\n", "", 1, "sources must be a list", id="no sources"),
    ],
)
def test_file_broken_names_line(tree: ContentTree, name: str, old: str, new: str, line: int, gist: str) -> None:
    """A file with one fault of form is read, and the fault is named with its file and line."""
    tree.edit(name, old, new)

    *_, problems = READERS[name](tree.folder / name, name)

    assert (name, line) in [(one.file, one.line) for one in problems if gist in one.text], problems


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "data",
    [
        pytest.param("", id="empty"),
        pytest.param("just words\n", id="words"),
        pytest.param("a: [1\n", id="broken"),
        pytest.param(b"a: caf\xe9\n", id="latin-1"),
    ],
)
def test_file_unreadable_is_one_problem(tree: ContentTree, name: str, data: str | bytes) -> None:
    """A file that is no data of its kind is refused with its name."""
    path = tree.write(name, data)

    with pytest.raises(ContentError) as caught:
        READERS[name](path, name)

    assert [one.file for one in caught.value.problems] == [name]


@pytest.mark.parametrize("name", READERS)
def test_file_of_the_other_shape_is_refused(tree: ContentTree, name: str) -> None:
    """A list where keys are wanted, or keys where a list is wanted, is refused."""
    path = tree.write(name, "a: b\n" if name in LISTS else "- a\n")

    with pytest.raises(ContentError, match=name):
        READERS[name](path, name)


KEYS = st.sampled_from(
    "pilots several elsewhere names label none in_place questions question topics id text fi".split()
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["a", "S1", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize("name", READERS)
@given(value=st.dictionaries(KEYS, VALUES, max_size=4) | st.lists(VALUES, max_size=4))
def test_file_of_any_shape_never_crashes(tmp_path_factory: pytest.TempPathFactory, name: str, value: Any) -> None:
    """Whatever shape the data has, it is read, or what is wrong is told with its file."""
    path = tmp_path_factory.getbasetemp() / "any-premises.yml"  # JSON is YAML too
    path.write_text(json.dumps(value), encoding="utf-8")

    try:
        *_, problems = READERS[name](path, name)
    except ContentError as error:
        problems = error.problems

    assert all(problem.file == name and problem.line >= 1 for problem in problems)
