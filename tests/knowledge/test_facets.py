"""What a question about a pilot asks for: who took part, who paid, or the whole of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from knowledge.encoder import SentenceEncoder
from knowledge.facets import FacetFinder
from knowledge.model import Knowledge


@pytest.fixture(scope="module")
def finder(garden: Knowledge, encoder: SentenceEncoder) -> FacetFinder:
    """Give a finder of the small course's facets."""
    return FacetFinder(garden.facets, garden.places, encoder)


@pytest.mark.parametrize(
    ("question", "facet"),
    [
        ("who paid for it", "money"),
        ("and what did all that cost?", "money"),
        ("where did the money come from in Northtown", "money"),
        ("WHO TOOK PART", "people"),
        ("how many came to help in the library yard", "people"),
        ("which people were there", "people"),
        ("tell me about the garden", None),
        ("what was it about", None),
        ("Eastport", None),
        ("who has the key of the shed", None),
        ("", None),
        ("👍", None),
    ],
)
def test_facet_asked_for_is_found(finder: FacetFinder, question: str, facet: str | None) -> None:
    """A question near to those of a facet asks for it; the whole, or anything else, is no facet."""
    found = finder.find(question)

    assert (found.key if found else None) == facet


@pytest.mark.parametrize(
    "name",
    [
        "Northtown",
        "EASTPORT",
        "the library yard",
        "Østport",
        "the Northland",
        "the pilot in Northtown",
        "the Eastport pilot",
    ],
)
def test_name_of_pilot_changes_nothing(finder: FacetFinder, name: str) -> None:
    """Which pilot is meant says nothing about what is asked: its name is taken out."""
    assert finder.find(f"who paid in {name}") == finder.find("who paid there") is not None


@pytest.mark.parametrize(("key", "label"), [("money", "What it cost"), ("people", "Who took part")])
def test_facet_named_by_key_is_found(finder: FacetFinder, key: str, label: str) -> None:
    """A facet that was asked for before is known by its key."""
    found = finder.named(key)

    assert found is not None and found.label == label


@pytest.mark.parametrize("key", ["", "unknown", "overview"])
def test_facet_unknown_is_none(finder: FacetFinder, key: str) -> None:
    """A key that no facet has finds none; the overview is no side of a pilot."""
    assert finder.named(key) is None


def test_finder_without_facets_finds_none(garden: Knowledge, encoder: SentenceEncoder) -> None:
    """A course without facets has none to ask for."""
    assert FacetFinder((), garden.places, encoder).find("who paid for it") is None


@given(question=st.text(max_size=60))
@examples(max_examples=30)
def test_any_question_asks_for_a_known_facet_or_none(finder: FacetFinder, garden: Knowledge, question: str) -> None:
    """Whatever is typed, what is found is a facet of the course, and never the overview."""
    found = finder.find(question)

    assert found is None or (found in garden.facets and found.key != "overview")
