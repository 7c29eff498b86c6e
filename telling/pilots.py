"""The bubbles of a pilot: one side of it, and how it stands in a comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.model import Facet, Knowledge, Passage, Pilot
from knowledge.readability import count_words
from telling.cards import Bubble
from telling.stages import sources_of

FACTS_LIMIT_WORDS = 75
FACT_LIMIT_WORDS = 18
WORKED, HARD = ("drivers", "results"), ("brakes", "difficulties")
SHARED_NAMED = 4
NONE = "–"


def facet_bubble(pilot: Pilot, facet: Facet, place: str) -> tuple[Bubble, tuple[str, ...]]:
    """Tell what the sources say of one side of a pilot, or that they do not say; and the keys of the sources.

    Args:
        pilot: The pilot.
        facet: The side.
        place: How people know the pilot.
    """
    told = _fitting(pilot.facts.get(facet.key, ()))
    if not told:
        return Bubble("utter_facet_none", {"label": facet.label, "place": place, "none": facet.none}), ()
    lines = "\n".join(f"- {fact.text}" for fact in told)
    return Bubble("utter_facet", {"label": facet.label, "place": place, "facts": lines}), sources_of(told)


def compared_bubble(pilot: Pilot, number: int, shared: str, different: str = "") -> tuple[Bubble, tuple[str, ...]]:
    """Tell a pilot as one of the nearest, and the keys of the sources.

    Args:
        pilot: The pilot.
        number: Its place among the nearest, from 1.
        shared: What it has in common with the person's service, in words.
        different: What it has not; empty where nothing is known to differ.
    """
    worked, hard = _fact(pilot, WORKED), _fact(pilot, HARD)
    values = {"number": str(number), "title": pilot.title, "place": pilot.place_name}
    values |= {"shared": shared, "different": different}
    values |= {"worked": worked.text if worked else NONE, "hard": hard.text if hard else NONE}
    keys = (*sources_of(one for one in (worked, hard) if one), *pilot.compare_sources)
    return Bubble("utter_compare_pilot" if different else "utter_compare_pilot_alike", values), tuple(
        dict.fromkeys(keys)
    )


def name_shared(knowledge: Knowledge, shared: Mapping[str, Sequence[str]]) -> str:
    """Say in words what a service and a pilot share: keys of values, by attribute."""
    labels = [
        attribute.values[value]
        for attribute in knowledge.comparison
        for value in shared.get(attribute.key, ())
        if value in attribute.values
    ]
    return "; ".join(label.rstrip(",") for label in labels[:SHARED_NAMED])


def _fitting(facts: Sequence[Passage]) -> list[Passage]:
    """Take facts from the first on, as many as fit into a bubble."""
    told: list[Passage] = []
    for fact in facts:
        if count_words(" ".join(one.text for one in (*told, fact))) > FACTS_LIMIT_WORDS and told:
            break
        told.append(fact)
    return told


def _fact(pilot: Pilot, facets: tuple[str, ...]) -> Passage | None:
    """Take the first short fact of some facets; the shortest when none is short."""
    facts = [fact for facet in facets for fact in pilot.facts.get(facet, ())]
    short = [fact for fact in facts if count_words(fact.text) <= FACT_LIMIT_WORDS]
    return short[0] if short else min(facts, key=lambda fact: count_words(fact.text), default=None)
