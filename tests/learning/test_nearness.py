"""The nearest pilots: what is shared counts, rare values more, and what is empty neither way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.loader import load_knowledge
from learning.nearness import NEAREST_AT_MOST, nearest, weigh
from tests.learning.plan_samples import ATTRIBUTES, PILOTS, a_pilot

REAL = load_knowledge()
settings_of = st.fixed_dictionaries(
    {},
    optional={
        one.key: st.lists(st.sampled_from(list(one.values)), unique=True, max_size=3 if one.several else 1)
        for one in REAL.comparison
    },
)


def test_pilot_that_shares_most_is_first() -> None:
    """A pilot alike in everything is the nearest, and is told why."""
    found = nearest(ATTRIBUTES, PILOTS, {"people": ["old"], "choice": ["yes"], "size": ["small"]})

    assert found[0].pilot_id == "pilot.north"
    assert found[0].shared == {"people": ("old",), "choice": ("yes",), "size": ("small",)}
    assert found[0].differs == ()


def test_rare_value_counts_more() -> None:
    """Where two share one value each, the rarer one is nearer."""
    weights = weigh(ATTRIBUTES, PILOTS)
    found = nearest(ATTRIBUTES, PILOTS, {"choice": ["no"], "size": ["big"]})

    assert weights["choice", "no"] > weights["choice", "yes"] > 0
    assert found[0].pilot_id == "pilot.east"


def test_empty_attribute_speaks_neither_way() -> None:
    """A pilot whose sources do not tell its size is not pushed down by that."""
    filled = a_pilot("filled", people=("old",), size=("big",))
    empty = a_pilot("open", people=("old",))
    pilots = {one.id: one for one in (filled, empty)}

    found = nearest(ATTRIBUTES, pilots, {"people": ["old"], "size": ["small"]})

    assert [one.pilot_id for one in found] == ["pilot.open", "pilot.filled"]
    assert (found[0].differs, found[1].differs) == ((), ("size",))


def test_nothing_chosen_finds_nothing() -> None:
    """Without an answer no pilot is claimed to be near."""
    assert nearest(ATTRIBUTES, PILOTS, {}) == []


@given(chosen=settings_of)
def test_nearest_of_the_course_are_few_sorted_and_true(chosen: dict[str, list[str]]) -> None:
    """At most three, the nearest first, each sharing what it is said to share; Athens, with no values, never."""
    found = nearest(REAL.comparison, REAL.pilots, chosen)

    assert len(found) <= NEAREST_AT_MOST
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    for near in found:
        pilot = REAL.pilots[near.pilot_id]
        assert near.pilot_id != "pilot.athens" and near.shared
        for key, values in near.shared.items():
            assert set(values) == set(chosen[key]) & set(pilot.compare[key])
        for key in near.differs:
            assert not set(chosen[key]) & set(pilot.compare[key])


@given(chosen=settings_of)
def test_order_of_answers_makes_no_difference(chosen: dict[str, list[str]]) -> None:
    """The same answers in another order find the same pilots."""
    turned = {key: list(reversed(values)) for key, values in reversed(chosen.items())}

    assert nearest(REAL.comparison, REAL.pilots, chosen) == nearest(REAL.comparison, REAL.pilots, turned)
