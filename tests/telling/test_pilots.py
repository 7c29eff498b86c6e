"""Pilots in bubbles: as many facts as fit, an honest no where there are none, and a short word in comparisons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.loader import load_knowledge
from knowledge.model import Pilot
from knowledge.readability import count_words
from telling.pilots import FACTS_LIMIT_WORDS, NONE, SHARED_NAMED, compared_bubble, facet_bubble, name_shared

KNOWLEDGE = load_knowledge()
PILOTS = list(KNOWLEDGE.pilots.values())
PEOPLE = next(one for one in KNOWLEDGE.facets if one.key == "people")


@pytest.mark.parametrize("pilot", PILOTS, ids=[one.id for one in PILOTS])
def test_side_begins_with_its_first_fact_and_fits(pilot: Pilot) -> None:
    """The most important comes first; what does not fit is left out, with its sources."""
    bubble, sources = facet_bubble(pilot, PEOPLE, "here")
    facts = pilot.facts["people"]

    assert bubble.values["facts"].startswith(f"- {facts[0].text}")
    assert count_words(bubble.values["facts"]) <= max(FACTS_LIMIT_WORDS, count_words(facts[0].text))
    assert set(sources) <= {key for fact in facts for key in fact.sources}


def test_side_without_facts_says_so() -> None:
    """Nothing is made up, and nothing is cited."""
    bubble, sources = facet_bubble(replace(PILOTS[0], facts={}), PEOPLE, "here")

    assert (bubble.response, bubble.values["none"], sources) == ("utter_facet_none", PEOPLE.none, ())


def test_comparison_names_what_differs_only_where_it_is_known() -> None:
    """A dash stands where nothing is known; each source is named once."""
    alike, sources = compared_bubble(replace(PILOTS[0], facts={}), 1, "a")
    other, _ = compared_bubble(PILOTS[0], 2, "a", "b (c)")

    assert (alike.response, alike.values["worked"], alike.values["hard"]) == ("utter_compare_pilot_alike", NONE, NONE)
    assert (other.response, other.values["different"]) == ("utter_compare_pilot", "b (c)")
    assert sources == PILOTS[0].compare_sources


def test_shared_values_are_named_in_words_and_only_some() -> None:
    """Keys that are gone are left out; a long list ends early."""
    everything = {one.key: [*one.values, "gone"] for one in KNOWLEDGE.comparison}

    told = name_shared(KNOWLEDGE, everything)

    assert len(told.split("; ")) == SHARED_NAMED
    assert "gone" not in told
    assert name_shared(KNOWLEDGE, {}) == ""
