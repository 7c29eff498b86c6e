"""Makes the lists of names and of ordinary words that masking looks up: ``python -m tests.review.masking.name_lists``.

Names are those of Faker (MIT). Which of them are ordinary words as well, and which words English knows, is told by the
word frequencies of spacy-lookups-data (MIT): "will" is commoner than "Will", "darren" is not.
"""

from __future__ import annotations

import gzip
import importlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import spacy.util
import spacy_lookups_data

from review.name_words import ENGLISH, FIRST_NAMES, LAST_NAMES, ORDINARY, folded

LOCALES = (
    "en en_GB en_IE en_US en_IN en_PK en_NG en_KE ga_IE de_DE de_AT de_CH de_LU fr_FR fr_BE fr_CH fr_CA fr_DZ "
    "es_ES es es_CO it_IT "
    "nl_NL nl_BE pl_PL fi_FI et_EE el_GR sv_SE da_DK no_NO hu_HU cs_CZ sk_SK pt_PT ro_RO hr_HR sl_SI lt_LT lv_LV tr_TR "
    "sw yo_NG ha_NG ru_RU uk_UA"
).split()
STOPPED = "en de fr es it nl pl fi et el sv da hu pt ro".split()
TABLES = "en de es".split()  # languages whose frequencies are told with their capitals
LEAST_CHARS = 3
AS_COMMON = 0.7  # log probability: a word in small letters at most half as common as with a capital is ordinary
RARE = -15.5  # log probability: what is seldomer in small letters is no word, only a name that was typed fast
KNOWN = -14.6  # log probability: of some 25,000 words, capitals or not
SELDOM = -16.2  # log probability: of some 50,000 words in small letters


def make() -> dict[Path, list[str]]:
    """Make the lists, by file, each in order."""
    first, last = _names("first_name"), _names("last_name")
    ordinary = {word for word in first | last if _is_ordinary(word)}
    return {
        FIRST_NAMES: sorted(first),
        LAST_NAMES: sorted(last - first),
        ORDINARY: sorted(ordinary),
        ENGLISH: sorted(_english() - ((first | last) - ordinary)),
    }


def _names(kind: str) -> set[str]:
    found: set[str] = set()
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for name in dir(provider):
            held = getattr(provider, name)
            if name.startswith(kind) and isinstance(held, (list, tuple, set, Mapping)):
                found |= _words(one for one in held if isinstance(one, str))
    return found


def _words(names: Iterable[str]) -> set[str]:
    parts = (part for name in names for part in name.replace("-", " ").replace(".", " ").split())
    found = {folded(part) for part in parts if len(part) >= LEAST_CHARS and part[0].isupper()}
    return {word for word in found if re.fullmatch(r"[^\W\d_]+(?:[’'][^\W\d_]+)*", word)}


@lru_cache(maxsize=8)
def _frequencies(language: str) -> dict[str, float]:
    path = Path(spacy_lookups_data.__file__).parent / "data" / f"{language}_lexeme_prob.json.gz"
    table = json.loads(gzip.decompress(path.read_bytes()))
    best: dict[str, float] = {}
    for word, likelihood in table.items():
        if word.isalpha() and (word.islower() or word.istitle()):
            key = folded(word) if word.islower() else folded(word).capitalize()
            best[key] = max(best.get(key, likelihood), likelihood)
    return best


@lru_cache(maxsize=1)
def _stop_words() -> set[str]:
    return {folded(word) for one in STOPPED for word in spacy.util.get_lang_class(one).Defaults.stop_words}


def _is_ordinary(word: str) -> bool:
    if word in _stop_words():
        return True
    for table in map(_frequencies, TABLES):
        small = table.get(word)
        if small is not None and small > max(RARE, table.get(word.capitalize(), RARE) - AS_COMMON):
            return True
    return False


def _english() -> set[str]:
    """List the words that are common, and the seldom ones that are mostly written small."""
    table = _frequencies("en")
    common = {word.lower() for word, likelihood in table.items() if likelihood > KNOWN}
    small = {
        word
        for word, told in table.items()
        if word.islower() and told > max(SELDOM, table.get(word.capitalize(), SELDOM))
    }
    return {word for word in common | small if word.isascii()}


def write() -> None:
    """Write the files."""
    for path, words in make().items():
        path.write_text("\n".join(words) + "\n", encoding="utf-8")
        print(f"{path.name}: {len(words)}")


if __name__ == "__main__":
    write()
