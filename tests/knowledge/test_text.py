"""Words: plain text out of typed text, lemmas, and the glossary's terms."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Place, Term
from knowledge.text import find_terms, glossary_language, lemmas, tidy


def a_term(term: str, *also: str) -> Term:
    """Make a term with its other forms."""
    return Term(term, also, "A word.", (), None, Place("glossary.yml", 1))


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("what is this?", "what is this?"),
        ("  two \t lines\r\nhere ", "two lines here"),
        ("zero\u200bwidth and\u00adsoft", "zerowidth andsoft"),
        ("what\u202e is this", "what is this"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("ｗｉｄｅ ﬁne", "wide fine"),
        ("cafe\u0301", "café"),
        ("cafe\u200b\u0301", "café"),
        ("half \ud83d of an emoji", "half of an emoji"),
        ("a\u2028b", "a b"),
        ("👍 ok", "👍 ok"),
        ("", ""),
    ],
)
def test_typed_text_becomes_plain(typed: str, plain: str) -> None:
    """Invisible letters, control letters, odd forms and wide spaces leave what a person typed."""
    assert tidy(typed) == plain


@given(st.text(alphabet=st.characters()))
def test_any_text_is_plain_after_one_tidying(text: str) -> None:
    """A tidied text is on one line, can be sent and stored, and stays as it is."""
    plain = tidy(text)

    assert tidy(plain) == plain
    assert not {unicodedata.category(char) for char in plain} & {"Cc", "Cs", "Zl", "Zp"}
    assert plain.encode("utf-8").decode("utf-8") == plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What do the services deliver?", ["service", "deliver"]),
        ("The CHILDREN's stories", ["child", "story"]),
        ("is it the of", []),
        ("", []),
        ("?!…", []),
    ],
)
def test_lemmas_carry_the_meaning(text: str, words: list[str]) -> None:
    """Words come in their plain form; little words and signs are left out."""
    assert lemmas(text) == words


@given(st.text(max_size=80))
def test_lemmas_ignore_case_of_any_text(text: str) -> None:
    """Shouting changes no word; every word is in small letters."""
    words = lemmas(text)

    assert words == lemmas(tidy(text).lower())
    assert all(word == word.lower() for word in words)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what is a bed", [("bed", "bed")]),
        ("Flower Beds and TOOL shed", [("bed", "Flower Beds"), ("shed", "TOOL shed")]),
        ("embedded sheds", []),
        ("beds, beds!", [("bed", "beds"), ("bed", "beds")]),
        ("", []),
    ],
)
def test_terms_are_found_in_any_form(text: str, found: list[tuple[str, str]]) -> None:
    """A term is found by any of its forms, in any case, as a whole word; its value is the glossary's word."""
    nlp = glossary_language([a_term("bed", "beds", "flower beds"), a_term("shed", "tool shed")])

    terms = find_terms(nlp(text))

    assert [(term, text[start:end]) for term, start, end in terms] == found


def test_same_terms_are_made_once() -> None:
    """A change elsewhere in the content costs nothing here; other terms are others."""
    beds, sheds = [a_term("bed", "beds")], [a_term("shed")]

    assert glossary_language(beds) is glossary_language(list(beds))
    assert glossary_language(beds) is not glossary_language(sheds)
