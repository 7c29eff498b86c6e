"""Which pilots are nearest to a person's own setting, and why. Pure functions; the rule can be told in a sentence.

For each attribute, what a pilot shares with the setting counts, and a value that few pilots have counts more. The
points are shared out over the attributes that can be compared: what a pilot leaves empty speaks neither for it nor
against it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.model import Attribute, Pilot

NEAREST_AT_MOST = 3
NEAREST_AT_LEAST = 2
THIRD_SHARE = 0.7  # the third is told only when it is nearly as near as the first

Chosen = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Near:
    """A pilot, with the values that it shares by attribute, the attributes in which it differs, and its score."""

    pilot_id: str
    shared: dict[str, tuple[str, ...]]
    differs: tuple[str, ...]
    score: float


def nearest(attributes: Sequence[Attribute], pilots: Mapping[str, Pilot], chosen: Chosen) -> list[Near]:
    """Find the two or three nearest pilots, the nearest first; none when nothing is shared.

    A pilot whose attributes are all empty is never among them.
    """
    weights = weigh(attributes, pilots)
    found = [_compare(attributes, pilot, chosen, weights) for pilot in pilots.values()]
    ranked = sorted((one for one in found if one.score > 0), key=lambda one: (-one.score, one.pilot_id))
    top = ranked[:NEAREST_AT_MOST]
    return [one for n, one in enumerate(top) if n < NEAREST_AT_LEAST or one.score >= THIRD_SHARE * top[0].score]


def weigh(attributes: Sequence[Attribute], pilots: Mapping[str, Pilot]) -> dict[tuple[str, str], float]:
    """Weigh each value of each attribute: 1 and more, and the more the fewer pilots have it."""
    weights = {}
    for attribute in attributes:
        filled = [values for pilot in pilots.values() if (values := pilot.compare.get(attribute.key))]
        for value in attribute.values:
            count = sum(1 for values in filled if value in values)
            weights[attribute.key, value] = 1 + math.log(len(filled) / count) if count else 0.0
    return weights


def _compare(
    attributes: Sequence[Attribute], pilot: Pilot, chosen: Chosen, weights: Mapping[tuple[str, str], float]
) -> Near:
    shared, differs, points = {}, [], 0.0
    for attribute in attributes:
        own, theirs = chosen.get(attribute.key, ()), pilot.compare.get(attribute.key, ())
        if not own or not theirs:
            continue
        both = tuple(value for value in attribute.values if value in own and value in theirs)
        if both:
            shared[attribute.key] = both
            points += sum(weights[attribute.key, value] for value in both)
        else:
            differs.append(attribute.key)
    compared = len(shared) + len(differs)
    return Near(pilot.id, shared, tuple(differs), points / compared if compared else 0.0)
