"""Mail addresses, links, and numbers that lead to a person: found by their form, so that a mistyped one is hidden too.

Check digits are not looked at: a number with a wrong digit still tells who somebody is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from review.masked_span import ACCOUNT, LINK, MAIL, NAME, NUMBER, PHONE, Span

# Countries of the pilots, and those that people write from besides.
REGIONS = ("FI", "SE", "EE", "GB", "NL", "PL", "ES", "IT", "HU", "GR", "DE", "FR")
LEAST_DIGITS = 7
LONGEST_LOCAL_DIGITS = 10  # of a number that is dialled without a zero before it
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.I)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+\s?(?:@|\(at\)|\[at\]| at (?=[\w-]+\.\w))\s?[\w-]+(?:\.[\w-]+)+", re.I)
_HANDLE = re.compile(r"(?<![\w@])@\w{3,}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}\b", re.I)
_LETTERED = re.compile(
    r"\b(?:[A-Z]{6}\s?\d\d\s?[A-Z]\s?\d\d\s?[A-Z]\d{3}\s?[A-Z]"  # Italy
    r"|[A-Z]{2}\s?\d\d\s?\d\d\s?\d\d\s?[A-D]"  # Great Britain
    r"|\d\d\s?\d{6}\s?[A-Z]\s?\d{3}"  # Germany, insurance
    r"|\d{6}\s?[-+A-FU-Y]\s?\d{3}[0-9A-Y]"  # Finland
    r"|(?:\d{7,8}|[XYZ][\s-]?\d{7})-?[A-Z]{1,2}"  # Spain, Ireland
    r"|[A-Z]{1,2}\d{6,9})\b",  # identity cards and passports
    re.I,
)
_DIGITS = re.compile(r"(?<![\w,])(?:\+|\(\+?)?\d(?:[\d\u00a0 ()./–-]{5,28})(?:\d|\d\w)?(?!\w)")
_YEARS = re.compile(r"(?:(?:19|20)\d\d\D{1,3})+(?:19|20)?\d\d")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}")
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}|[1-9][\d ]*000")


def find_numbers(text: str) -> list[Span]:
    """Find them, in their order, without overlaps; what comes first in this file goes before."""
    found: list[Span] = []
    for span in _candidates(text):
        if all(span.end <= one.start or one.end <= span.start for one in found):
            found.append(span)
    return sorted(found)


def _candidates(text: str) -> Iterator[Span]:
    for pattern, kind in ((_LINK, LINK), (_MAIL, MAIL), (_HANDLE, NAME)):
        yield from (Span(*one.span(), kind) for one in pattern.finditer(text))
    if sum(char.isdigit() for char in text) < LEAST_DIGITS - 1:
        return
    yield from (Span(*one.span(), ACCOUNT) for one in _IBAN.finditer(text) if _digits(one[0]) >= 10)
    yield from (Span(*one.span(), NUMBER) for one in _LETTERED.finditer(text))
    for one in _DIGITS.finditer(text):
        raw = one[0].rstrip(" (./–-\u00a0")
        if _digits(raw) >= LEAST_DIGITS and not _is_harmless(raw):
            yield Span(one.start(), one.start() + len(raw), PHONE if _is_phone(raw) else NUMBER)


def _digits(text: str) -> int:
    return sum(char.isdigit() for char in text)


def _is_harmless(raw: str) -> bool:
    """Tell years, dates, amounts, and rows of small numbers from numbers that lead to a person."""
    plain = raw.strip()
    if any(pattern.fullmatch(plain) for pattern in (_YEARS, _DATE, _AMOUNT)):
        return True
    groups = re.findall(r"\d+", plain)
    return max(map(len, groups)) <= 2 and plain[0] not in "+(0"


def _is_phone(raw: str) -> bool:
    if raw[0] not in "+(0" and _digits(raw) > LONGEST_LOCAL_DIGITS:
        return False
    return any(_is_valid(raw, region) for region in REGIONS)


def _is_valid(raw: str, region: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(raw, region))
    except phonenumbers.NumberParseException:
        return False
