"""Words: lemmas for lexical evidence, and the glossary's terms found in a text. Runs on spaCy without a download."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from knowledge.model import Term

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


def tidy(text: str) -> str:
    r"""Make a typed text plain: one form of each letter, no invisible or control characters, single spaces.

    Example:
        >>> tidy("what\u202e  is\x00 this?\n")
        'what is this?'
    """
    text = _INVISIBLE.sub("", text)
    text = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cs", "Cn"))
    return " ".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=1)
def language() -> Language:
    """English words and lemmas by look-up tables; made once, about 0.1 s."""
    nlp = spacy.blank("en")
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    nlp.initialize()
    return nlp


def is_english(word: str) -> bool:
    """Tell whether spaCy's tables know a word, in lower case: an inflected form, a lemma, or a little word.

    Example:
        >>> is_english("services"), is_english("palvelut")
        (True, False)
    """
    nlp = language()
    table = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_lookup")
    return word in nlp.Defaults.stop_words or word in table or word in _lemma_forms()


@lru_cache(maxsize=1)
def _lemma_forms() -> frozenset[str]:
    table = language().get_pipe("lemmatizer").lookups.get_table("lemma_lookup")
    return frozenset({*table.values(), "hello", "hi", "okay", "yes", "no", "thanks", "please"})


def lemmas(text: str) -> list[str]:
    """Lemmas of the words that carry meaning, in lower case.

    Example:
        >>> lemmas("What do the services deliver?")
        ['service', 'deliver']
    """
    doc = language()(tidy(text).lower())
    return [token.lemma_.lower() for token in doc if not (token.is_stop or token.is_punct or token.is_space)]


@lru_cache(maxsize=16_384)
def passage_lemmas(text: str) -> tuple[str, ...]:
    """Lemmas of a text of the course; of texts that stay when some of the content changes, they are known already."""
    return tuple(lemmas(text))


def glossary_language(terms: Iterable[Term]) -> Language:
    """Make a spaCy pipeline that finds the glossary's terms, their synonyms and their misspellings.

    Of the same terms it is the same one: making it takes a tenth of a second, and most changes leave the terms alone.
    """
    return _glossary_language(tuple(terms))


@lru_cache(maxsize=2)
def _glossary_language(terms: tuple[Term, ...]) -> Language:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns(
        [{"label": "term", "pattern": form, "id": term.term} for term in terms for form in (term.term, *term.also)]
    )
    return nlp


def find_terms(doc: Doc) -> list[tuple[str, int, int]]:
    """Terms found in a text: the glossary's word, and where it stands in characters."""
    return [(span.ent_id_ or span.id_, span.start_char, span.end_char) for span in doc.ents]
