"""Personal data hidden in what people wrote: mail, telephone and identity numbers, names after their marks.

Names are found where the text says that a name follows ("my name is", "Mrs"), not everywhere; see docs/privacy.md.
"""

from __future__ import annotations

import re

from phonenumbers import Leniency, PhoneNumberMatcher

REGIONS = ("FI", "SE", "EE", "GB", "NL", "PL", "ES", "IT", "HU", "GR")  # countries of the pilots
_MAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<!\w)@\w{3,}")
_LINK = re.compile(r"https?://\S+", re.I)
_NUMBER = re.compile(r"(?<![\w.])(?=(?:[^\d\n]*\d){6})[A-Z]{0,2}\d[\d .\-+/A-Z]{4,26}[\dA-Z](?!\w)")
_YEARS = re.compile(r"(?:19|20)\d\d\s?(?:-|–|to)\s?(?:19|20)\d\d")
_CAPITAL = r"[A-ZÀ-ÞĀ-ŽΑ-ΩΆ-Ώ][\w’'-]+"
_NAME = re.compile(
    r"(?i:\b(?:my name is|name is|named|called|i am|i'm|this is|mr|mrs|ms|miss|dr|herr|frau|señora?|pan|pani)\b)\.?\s+"
    rf"({_CAPITAL}(?:\s+(?:(?:van|von|de|der|den|da|di|del|la|af)\s+)*{_CAPITAL})*)"
)
_FULL = re.compile(rf"\b(?:client|patient|colleague|boss|manager|neighbour|wife|husband|son|daughter)\s+({_CAPITAL})")
MAIL, PHONE, NUMBER, NAME, LINK = "[mail]", "[phone]", "[number]", "[name]", "[link]"


def mask(text: str) -> str:
    """Hide what may tell who somebody is.

    Example:
        >>> mask("I am Maria Virtanen, call +358 40 123 4567 or write to maria@example.org")
        'I am [name], call [phone] or write to [mail]'
    """
    text = _LINK.sub(LINK, _MAIL.sub(MAIL, text))
    text = _mask_phones(text)
    text = _NUMBER.sub(lambda found: found[0] if _YEARS.fullmatch(found[0].strip()) else NUMBER, text)
    text = _HANDLE.sub(NAME, text)
    for pattern in (_NAME, _FULL):
        text = pattern.sub(lambda found: found[0].replace(found[1], NAME), text)
    return text


def _mask_phones(text: str) -> str:
    spans: list[tuple[int, int]] = []
    for region in REGIONS:
        matches = PhoneNumberMatcher(text, region, leniency=Leniency.VALID)
        spans += [(match.start, match.end) for match in matches if not _YEARS.fullmatch(match.raw_string)]
    kept, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            kept += [text[at:start], PHONE]
            at = end
        at = max(at, end)
    return "".join(kept) + text[at:]
