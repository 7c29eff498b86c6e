"""Addresses: a street with its number, and a town with its postal code. A town alone is no address."""

from __future__ import annotations

import re

from review.masked_span import ADDRESS, Span

_WORD = r"[^\W\d_][\w’'.-]*"
_NUMBER = r"\d{1,4}(?:\s?(?:bis|ter|[a-z](?!\w)))?(?:\s?[-/]\s?\d{1,4})?"
_UNIT = r"(?:,?\s(?:(?:m\.|lok\.|flat|apt|as|[A-Z])\s?)?\d{1,3}(?![\dº-])|,?\s\d{1,2}º(?:\s?\w)?(?!\w))*"
_POST_CODE = r"(?:[A-Z]{1,2}-)?(?:\d{2}-\d{3}|\d{3}\s\d{2}|\d{5}|\d{4}\s?[A-Z]{2}|\d{4})"
_POSTED = rf"{_POST_CODE}\s{_WORD}(?:\s(?=[A-ZÀ-ÞΑ-Ω]){_WORD})?"
_BRITISH = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}"
_TOWN = rf"(?:,?\s(?:{_POSTED}(?:\s(?:linn|vald|nell[’']{_WORD}))?|(?:{_WORD}\s)?{_BRITISH}(?!\w)))?"
_KINDS = r"Street|St|Road|Rd|Avenue|Ave|Lane|Close|Terrace|Drive|Court|Square|Crescent|Way|Gardens|Grove|Hill"
_BEFORE = (
    r"rue|avenue|av\.|boulevard|bd|place|impasse|chemin|quai|allée|calle|c/|avenida|avda\.?|plaza|paseo|carrer|via|viale|piazza|corso|"
    r"vicolo|ul\.|ulica|ulicy|aleja|al\.|os\.|οδός|οδού|λεωφόρος|λεωφ\.|πλατεία"
)
_AFTER = (
    r"(?:straße|strasse|str\.|gasse|weg|allee|platz|ufer|straat|laan|plein|gracht|kade|singel|dijk|"
    r"katu|kuja|polku|tänav|gatan|vägen|utca)"
)
_CAPITAL = r"(?-i:[A-ZÀ-ÞĀ-ŽΑ-Ω])[\w’'.-]+"
_STREETS = (
    rf"(?:flat\s\d+\w?,?\s)?\d{{1,4}}[a-z]?\s(?:{_CAPITAL}\s){{1,3}}(?-i:{_KINDS})\b",  # 14 Marlborough Terrace
    rf"\b(?:{_BEFORE})\s(?:{_WORD}\s){{0,3}}{_CAPITAL},?\s{_NUMBER}{_UNIT}",  # Via Garibaldi 18
    rf"{_NUMBER},?\s(?:{_BEFORE})\s(?:{_WORD}\s){{0,3}}{_CAPITAL}",  # 8 bis rue des Acacias
    rf"(?:\b{_CAPITAL}\s)?\b\w*{_AFTER}\s{_NUMBER}{_UNIT}",  # Lindenstraße 27
    rf"\b{_CAPITAL}\s{_NUMBER},\s\d{{5}}\s{_WORD}",  # Jüri 22a-5, 65609 Võru
)
_ADDRESS = re.compile("|".join(f"(?:{street}){_TOWN}" for street in _STREETS), re.I)


def find_addresses(text: str) -> list[Span]:
    """Find addresses, in their order."""
    if not any(char.isdigit() for char in text):
        return []
    return [Span(*one.span(), ADDRESS) for one in _ADDRESS.finditer(text)]
