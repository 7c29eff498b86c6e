"""Which language a text is in: only so sure as to answer people in theirs that the course is in English."""

from __future__ import annotations

import re
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from knowledge.text import is_english

EUROPEAN = "bg cs da de el en es et fi fr hr hu is it lt lv nb nl pl pt ro ru sk sl sq sr sv tr uk ar fa".split()
SURE_AT_LEAST = 0.75
WORDS_AT_LEAST = 3
MIXED_SHARE = 0.4  # many languages share little words with English: with so many, be surer
ENGLISH_SHARE = 0.8  # with so many English words, a text is English with a foreign name in it
MIXED_SURE_AT_LEAST = 0.99
_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-z\u00aa-\u024f\u0370-\u052f\u0600-\u06ff\u1e00-\u1fff]+")


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """Load the model once, about 0.1 s."""
    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    identifier.set_languages(EUROPEAN)
    return identifier


def other_language(text: str) -> str | None:
    """Tell which language a text is in, if it is surely another one than English.

    Returns:
        The ISO 639-1 code, such as ``fi``; None for English, for too few words, and when it is not sure.

    Example:
        >>> other_language("mikä on yhteiskehittäminen ja miten se toimii"), other_language("what is it")
        ('fi', None)
    """
    text = _OTHER_SCRIPT.sub(" ", text)  # of the languages above none is written so: the model could only guess
    words = _WORD.findall(text)
    if not words or (len(words) < WORDS_AT_LEAST and text.isascii()):
        return None
    share = _english_share(words)
    if share > ENGLISH_SHARE or _is_english_with_names(words):
        return None
    code, probability = _identifier().classify(text)
    wanted = MIXED_SURE_AT_LEAST if share > MIXED_SHARE else SURE_AT_LEAST if _LATIN.search(text) else 0.0
    return str(code) if code != "en" and probability >= wanted else None


def _english_share(words: list[str]) -> float:
    return sum(is_english(word.lower()) for word in words) / len(words)


def _is_english_with_names(words: list[str]) -> bool:
    """Tell whether a text is English but for its words with a capital: "young people in Turku"."""
    others = [word for number, word in enumerate(words) if number == 0 or not word[0].isupper()]
    return len(others) >= WORDS_AT_LEAST and _english_share(others) > ENGLISH_SHARE
