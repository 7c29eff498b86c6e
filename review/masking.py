"""Personal data hidden in what people wrote: mail, telephone, account and identity numbers, addresses and names.

Nothing that finds by patterns and lists finds everything; how much it finds is measured, see docs/privacy.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from review.masked_names import find_names
from review.masked_numbers import find_numbers
from review.masked_places import find_addresses
from review.masked_span import ACCOUNT, ADDRESS, LINK, MAIL, NAME, NUMBER, PHONE, Span

__all__ = ["ACCOUNT", "ADDRESS", "LINK", "MAIL", "NAME", "NUMBER", "PHONE", "Span", "find", "mask"]
KEPT_TEXTS = 4_096
READ_LIMIT_CHARS = 20_000  # more than a message may have; what is longer is hidden from there on
CUT = "[cut]"


@lru_cache(maxsize=KEPT_TEXTS)
def mask(text: str) -> str:
    """Hide what may tell who somebody is.

    Example:
        >>> mask("I am Maria Virtanen, call +358 40 123 4567 or write to maria@example.org")
        'I am [name], call [phone] or write to [mail]'
    """
    parts, at = [], 0
    for span in find(text[:READ_LIMIT_CHARS]):
        parts += [text[at : span.start], span.kind]
        at = span.end
    return "".join(parts) + text[at:READ_LIMIT_CHARS] + (CUT if len(text) > READ_LIMIT_CHARS else "")


def find(text: str) -> list[Span]:
    """Find what may tell who somebody is: pieces that do not overlap, in their order."""
    numbers = find_numbers(text)
    places = _without(find_addresses(text), numbers)
    taken = sorted([*numbers, *places])
    return sorted([*taken, *_without(find_names(text), taken)])


def _without(found: Iterable[Span], taken: list[Span]) -> list[Span]:
    """Keep what does not overlap with what is taken, and not with one another."""
    kept: list[Span] = []
    for span in sorted(found):
        if all(span.end <= one.start or one.end <= span.start for one in (*taken, *kept)):
            kept.append(span)
    return kept
