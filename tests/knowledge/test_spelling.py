"""Mending slips of the keyboard: what is mended, and what is left as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.spelling import KNOWN_FROM_TIMES, OFFERED_FROM_TIMES, Speller, is_known

OFTEN = "The neighbours share a garden. The neighbours bring a spade to the shed. A shared garden needs cocreation."
TEXTS = [OFTEN] * KNOWN_FROM_TIMES + ["A rare word: hammock."] + ["We dig, we rest."] * OFFERED_FROM_TIMES
NAMES = ["Northtown", "Østport", "the library yard"]


@pytest.fixture(scope="module")
def speller() -> Speller:
    """Give a speller that knows of gardens."""
    return Speller(TEXTS, NAMES)


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        pytest.param("nieghbours", "neighbours", id="two letters swapped"),
        pytest.param("gardn", "garden", id="letter missing"),
        pytest.param("gardeen", "garden", id="letter too many"),
        pytest.param("gadren of the neigbors", "garden of the neighbours", id="two words, one with two slips"),
        pytest.param("GARDN", "garden", id="capitals"),
        pytest.param("spdae?", "spade?", id="a sign behind it"),
        pytest.param("the 'gardn'", "the 'gardn'", id="between marks, as if quoted"),
        pytest.param("(gardn)", "(garden)", id="in brackets"),
        pytest.param("cocraetion", "cocreation", id="a word that only the course has"),
    ],
)
def test_slip_becomes_the_nearest_word(speller: Speller, typed: str, mended: str) -> None:
    """A word that nobody knows becomes the course's nearest word; all around it stays."""
    assert speller.mend(typed) == mended


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Northtown Østport library", id="names"),
        pytest.param("The neighbours share a garden", id="words of the course"),
        pytest.param("guardian pardon harden hedge", id="common English near to a word of the course"),
        pytest.param("cocreation", id="often used, in no dictionary"),
        pytest.param("gdn sed", id="too short to tell"),
        pytest.param("xylograbbl", id="near to nothing"),
        pytest.param("hamock", id="near to a word that the course hardly uses"),
        pytest.param("don't shan’t neighbour's", id="apostrophes"),
        pytest.param("garden2 2gardn g4rdn", id="digits"),
        pytest.param("мост 花园 κήπος", id="other scripts"),
        pytest.param("", id="nothing"),
        pytest.param("  \t?! 12 ", id="no letters"),
        pytest.param("👩🏽‍🌾🌱", id="emoji"),
    ],
)
def test_text_without_a_slip_stays(speller: Speller, text: str) -> None:
    """Names, words that are known, and what is no word at all stay as typed, with their capitals and spaces."""
    assert speller.mend(text) == text


def test_likelier_word_wins_among_equally_near() -> None:
    """Of two words that are equally near, the one that the course uses more often is meant."""
    speller = Speller(["goat boat"] * 3 + ["boat"] * 9, [])

    assert speller.mend("zoat") == "boat"


def test_short_word_may_have_one_slip_only(speller: Speller) -> None:
    """In a short word two slips are too many: what is meant is anybody's guess."""
    assert speller.mend("xphde") == "xphde" and speller.mend("spde") == "spade"


def test_speller_without_texts_mends_nothing() -> None:
    """Without words to offer, all stays."""
    assert Speller([], []).mend("gardn nieghbours") == "gardn nieghbours"


@pytest.mark.parametrize(
    ("word", "known"), [("services", True), ("the", True), ("realise", True), ("thier", False), ("gardn", False)]
)
def test_common_english_is_known(word: str, known: bool) -> None:
    """Common words and their forms are known; frequent slips are not taken for words."""
    assert is_known(word) is known


WORDS = st.lists(
    st.sampled_from("gardn garden nieghbours spdae shed Northtown hamock don't 12 ?! Østport SPADEE мост".split())
    | st.text(max_size=12),
    max_size=8,
)


@given(words=WORDS)
def test_any_text_keeps_its_frame_and_is_mended_once(speller: Speller, words: list[str]) -> None:
    """No word is lost or added, nothing but letters changes, and mending twice is mending once."""
    text = " ".join(words)

    mended = speller.mend(text)

    assert speller.mend(mended) == mended
    assert len(mended.split()) == len(text.split())
    assert bool(mended.strip()) == bool(text.strip())
    assert [char for char in mended if not char.isalpha()] == [char for char in text if not char.isalpha()]
