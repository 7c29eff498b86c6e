"""What a question names: pilots by their places, and countries where there was none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.loader import load_knowledge
from knowledge.model import Knowledge, Place, Places
from knowledge.naming import Named, PlaceFinder

PLACES = Places(
    pilots={
        "Athens": ("pilot.athens",),
        "Αθήνα": ("pilot.athens",),
        "the UK": ("pilot.uk",),
        "Jönköping": ("pilot.sweden",),
        "Co-Crea-Te": ("pilot.spain",),
        "Dutch": ("pilot.houten", "pilot.nieuwegein"),
        "Houten": ("pilot.houten",),
    },
    elsewhere={"France": "France", "French": "France", "Northern Ireland": "Northern Ireland", "Ireland": "Ireland"},
    told_of_elsewhere="no-such-pilot",
    place=Place("places.yml", 1),
)
FINDER = PlaceFinder(PLACES)


@pytest.mark.parametrize(
    ("text", "pilots", "elsewhere"),
    [
        pytest.param("what did they do in Athens", ("pilot.athens",), (), id="plain"),
        pytest.param("ATHENS!! athens", ("pilot.athens",), (), id="capitals and twice"),
        pytest.param("τι έγινε στην Αθήνα;", ("pilot.athens",), (), id="Greek letters"),
        pytest.param("what happened in αθήνα", ("pilot.athens",), (), id="Greek letters, lower case"),
        pytest.param("JÖNKÖPING", ("pilot.sweden",), (), id="marked letters in capitals"),
        pytest.param("was it in the uk", ("pilot.uk",), (), id="two words"),
        pytest.param("how did co-crea-te begin", ("pilot.spain",), (), id="hyphens"),
        pytest.param("the dutch ones", ("pilot.houten", "pilot.nieuwegein"), (), id="one name, two pilots"),
        pytest.param("Houten or the other Dutch one", ("pilot.houten", "pilot.nieuwegein"), (), id="each pilot once"),
        pytest.param("Athens, then the UK", ("pilot.athens", "pilot.uk"), (), id="several, in their order"),
        pytest.param("the UK, then Athens", ("pilot.uk", "pilot.athens"), (), id="several, the other way"),
        pytest.param("and in France or french towns", (), ("France",), id="country without a pilot, once"),
        pytest.param("in Northern Ireland", (), ("Northern Ireland",), id="the longer name wins"),
        pytest.param("Athens, and not Ireland", ("pilot.athens",), ("Ireland",), id="both"),
        pytest.param("Athenstown houtens frenchfries", (), (), id="parts of words"),
        pytest.param("", (), (), id="nothing"),
    ],
)
def test_places_named_are_found(text: str, pilots: tuple[str, ...], elsewhere: tuple[str, ...]) -> None:
    """Whole names count, whatever their capitals and script, each once and in the order of the text."""
    assert FINDER.find(text) == Named(pilots, elsewhere)


def test_finder_without_places_finds_none() -> None:
    """A course without pilots names none."""
    assert PlaceFinder(Places({}, {}, "", PLACES.place)).find("in Athens") == Named()


def test_places_of_content_are_found(garden: Knowledge) -> None:
    """Names are read from content, those of several pilots too."""
    finder = PlaceFinder(garden.places)

    assert finder.find("on the coast").pilots == ("pilot.east", "pilot.north")
    assert finder.find("in østport and in Southtown") == Named(("pilot.east",), ("Southland",))


def test_every_name_of_the_course_finds_its_pilots() -> None:
    """Each name in the course's own list is found in a sentence, and in capitals."""
    places = load_knowledge().places
    finder = PlaceFinder(places)

    missed = [
        name
        for name, topics in places.pilots.items()
        if finder.find(f"what happened in {name}, then?").pilots != topics
        or finder.find(f"{name.upper()}?").pilots != topics
    ]

    assert len(places.pilots) > 50 and missed == []


@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_any_text_around_a_name_names_known_places_only(before: str, after: str) -> None:
    """Whatever stands around, a name between spaces is found, and nothing is that is not in the list."""
    named = FINDER.find(f"{before} Jönköping {after}")

    assert "pilot.sweden" in named.pilots
    assert set(named.pilots) <= {topic for topics in PLACES.pilots.values() for topic in topics}
    assert set(named.elsewhere) <= set(PLACES.elsewhere.values())
