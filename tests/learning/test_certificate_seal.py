"""A name is bound to its certificate, and nothing of it can be read, changed or moved."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.certificate_code import read_code
from learning.certificate_key import make_key
from learning.certificate_seal import SEAL_LIMIT_CHARS, Seal
from tests.learning.certificates import CODE, NOON

NAME = "Łucja Żółć"
SEAL = Seal(make_key())
OTHER_CODE = CODE[::-1]
NAMES = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=80)


@given(NAMES)
def test_sealed_name_is_opened_with_its_code_only(name: str) -> None:
    """Any name comes back whole with its own code, and not at all with another."""
    sealed = SEAL.close(name, CODE)

    assert SEAL.open(sealed, CODE) == name
    assert SEAL.open(sealed, OTHER_CODE) is None


@given(st.text(max_size=120))
def test_anything_else_opens_nothing(text: str) -> None:
    """What was not sealed here is no name, whatever it is."""
    assert SEAL.open(text, CODE) is None
    assert SEAL.open_paper(text, NOON) is None


@given(st.data())
def test_seal_with_one_letter_changed_does_not_hold(data: st.DataObject) -> None:
    """Every letter counts."""
    sealed = SEAL.close(NAME, CODE)
    place = data.draw(st.integers(0, len(sealed) - 2))  # the last letter holds bits that stand for nothing
    letter = data.draw(st.sampled_from("ABCabc019-_").filter(lambda one: one != sealed[place]))

    assert SEAL.open(sealed[:place] + letter + sealed[place + 1 :], CODE) is None


def test_seal_of_another_key_does_not_hold() -> None:
    """Another installation's seals are worth nothing here."""
    other = Seal(make_key())

    assert SEAL.open(other.close(NAME, CODE), CODE) is None
    assert not SEAL.is_named(NAME, other.check_letters(NAME, CODE), CODE)


def test_seal_does_not_show_the_name() -> None:
    """Neither the name nor its bytes can be read from an address."""
    assert "Ann" not in SEAL.close("Ann" * 10, CODE)
    assert SEAL.open("A" * (SEAL_LIMIT_CHARS + 1), CODE) is None


@pytest.mark.parametrize("typed", [NAME, "łucja  ŻÓŁĆ ", unicodedata.normalize("NFD", NAME)])
def test_check_letters_hold_for_the_name_as_typed(typed: str) -> None:
    """Case, blanks and how an accent is made do not matter, nor case and dashes of the letters."""
    letters = SEAL.check_letters(NAME, CODE)

    assert SEAL.is_named(typed, f"{letters[:4]} - {letters[4:].lower()}", CODE)


@pytest.mark.parametrize(("name", "code"), [("Lucja Zolc", CODE), ("Bob", CODE), (NAME, OTHER_CODE)])
def test_check_letters_do_not_hold_for_another(name: str, code: str) -> None:
    """Another name or another certificate needs other letters."""
    assert not SEAL.is_named(name, SEAL.check_letters(NAME, CODE), code)


@pytest.mark.parametrize("letters", ["", "0000", "?", "x" * 1_000])
def test_check_letters_that_are_none_do_not_hold(letters: str) -> None:
    """Nothing, too little or nonsense is no proof."""
    assert not SEAL.is_named(NAME, letters, CODE)


def test_code_belongs_to_its_link_and_name() -> None:
    """The same link and name give the same code, another link or name another one, and each is a code."""
    codes = {SEAL.code_for(f"token {n}", name) for n in range(100) for name in (NAME, "Ben")}

    assert len(codes) == 200
    assert all(read_code(code) == code for code in codes)
    assert SEAL.code_for("token", NAME) == SEAL.code_for("token", NAME) != Seal(make_key()).code_for("token", NAME)


@given(NAMES, st.datetimes(datetime(2020, 1, 1), datetime(2200, 1, 1)))
def test_paper_address_works_until_its_time(name: str, until: datetime) -> None:
    """Name and code come back until the moment, and not after it."""
    sealed = SEAL.close_paper(name, CODE, until)

    assert SEAL.open_paper(sealed, until - timedelta(seconds=1)) == (name, CODE)
    assert SEAL.open_paper(sealed, until + timedelta(seconds=1)) is None


def test_seals_of_two_purposes_do_not_mix() -> None:
    """The QR code's name opens no paper, and a paper's address shows no name on the verify page."""
    assert SEAL.open_paper(SEAL.close(NAME, CODE), NOON) is None
    assert SEAL.open(SEAL.close_paper(NAME, CODE, NOON), CODE) is None
