"""Which language a text is in: told only when it is surely another one than English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.languages import EUROPEAN, other_language
from knowledge.loader import load_knowledge

NAMES = ("Wrocław", "Võru", "Jyväskylä")
ENGLISH_WORDS = "we want to plan the new service with people who use it because they know what helps".split()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mikä on yhteiskehittäminen ja miten se toimii", "fi"),
        ("wat is co-creatie en hoe begin ik ermee", "nl"),
        ("Was ist Ko-Kreation und wie fange ich damit an?", "de"),
        ("qu'est-ce que la co-création et comment commencer", "fr"),
        ("¿qué es la co-creación y cómo empiezo?", "es"),
        ("che cos'è la co-creazione e da dove comincio", "it"),
        ("co to jest współtworzenie i jak zacząć", "pl"),
        ("mis on koosloome ja kuidas alustada", "et"),
        ("mi az a közös alkotás és hogyan kezdjem el", "hu"),
        ("τι είναι η συνδημιουργία και πώς ξεκινάω", "el"),
        ("vad är samskapande och hur börjar jag", "sv"),
        ("що таке співтворчість і з чого почати", "uk"),
        ("ما هو الإبداع المشترك", "ar"),
        ("hätä", "fi"),
    ],
)
def test_other_language_is_named(text: str, code: str) -> None:
    """Sentences of the pilots' languages, and of people who came there, are told apart."""
    assert other_language(text) == code


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("what is co-creation and how do I start", id="plain"),
        pytest.param("How did Popowice in Wrocław go?", id="foreign names"),
        pytest.param("tell me about Võru and Jönköping", id="names with marks"),
        pytest.param("young people in Turku", id="short, with a name"),
        pytest.param("open space in Wrocław", id="short, with a marked name"),
        pytest.param("what does Vunki mano mean", id="a foreign title"),
        pytest.param("i no speak good english please explain me", id="second language"),
        pytest.param("wat dis mean tho", id="slang"),
        pytest.param("wot is the poit of peple comming", id="slips"),
    ],
)
def test_english_stays_english(text: str) -> None:
    """English with foreign names, slang or slips is English."""
    assert other_language(text) is None


@pytest.mark.parametrize("text", ["", "?", "kiitos", "wie geht", "hola", "123 456 789", "👍👍👍", "\ud800"])
def test_too_few_words_are_not_judged(text: str) -> None:
    """One or two words without a mark may be anything."""
    assert other_language(text) is None


@pytest.mark.parametrize("text", ["共同創造とは何ですか", "שלום מה זה", "한국어로 물어봐도 되나요", "สวัสดีครับ"])
def test_script_of_no_language_known_is_not_guessed(text: str) -> None:
    """Japanese is not taken for Icelandic: a language outside the list is not named at all."""
    assert other_language(text) is None


def test_every_language_named_has_its_sentence() -> None:
    """For each language that can be told, the content says in it that the course is in English."""
    assert set(EUROPEAN) - {"en"} <= set(load_knowledge().languages)


@given(words=st.lists(st.sampled_from(ENGLISH_WORDS), max_size=15), name=st.sampled_from(NAMES))
def test_any_english_words_around_a_name_stay_english(words: list[str], name: str) -> None:
    """However English words are put together, one foreign name among them changes nothing."""
    assert len(words) < 3 or other_language(" ".join([*words[:3], name, *words[3:]])) is None


@given(text=st.text(max_size=80))
def test_any_text_is_in_a_known_language_or_none(text: str) -> None:
    """Whatever is typed, the code is one of those that have a sentence, or none."""
    assert other_language(text) in {None, *EUROPEAN} - {"en"}
