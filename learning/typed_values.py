"""Reading what a person typed as values of an attribute of their service. Pure functions."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from knowledge.model import Attribute
from learning.place_words import ASKS, COUNTS
from learning.wording import NEGATORS, STOP_WORDS, to_plain, to_words

ALIKE_AT_LEAST = 86
ROOT_CHARS = 5
TIED_AT_MOST = 2  # "young offenders on probation" names two groups at once
_ALL = frozenset("all everything everybody everyone".split())
_FILL = STOP_WORDS | frozenset("mostly mainly people service work works around about only some do have has not".split())
_NUMBER = re.compile(r"\d{1,6}")
_PART = re.compile(r"[,;/&+\n]|\band\b|\bor\b|\bplus\b")


def read_values(attribute: Attribute, text: str) -> tuple[str, ...] | None:
    """Read a typed answer: "2", "1 and 3", "older people, families", "in a small town", "no they have to come".

    Returns:
        Keys of the values meant, in the order of the attribute; one at most where one is asked for. None when no value
        is clearly meant, and when it is a question.
    """
    plain = to_plain(text)
    if plain.endswith("?") or ASKS.match(plain):
        return None
    exact = {key for key, label in attribute.values.items() if to_words(to_plain(label)) == to_words(plain)}
    found = exact or _read_numbers(attribute, plain) or _read_amount(attribute, plain) or _read_words(attribute, plain)
    if not found or (len(found) > 1 and not attribute.several):
        return None
    return tuple(key for key in attribute.values if key in found)


def _read_numbers(attribute: Attribute, text: str) -> set[str]:
    keys = list(attribute.values)
    words = [word for word in to_words(text) if word not in STOP_WORDS]
    numbers = [int(word) if word.isascii() and word.isdecimal() else COUNTS.get(word, 0) for word in words]
    return {keys[n - 1] for n in numbers} if numbers and all(0 < n <= len(keys) for n in numbers) else set()


def _read_amount(attribute: Attribute, text: str) -> set[str]:
    """Read "about 100" where the labels are ranges, such as "Fewer than 40", "40 to 200", "More than 200"."""
    amounts = [int(one) for one in _NUMBER.findall(text)]
    if len(amounts) != 1:
        return set()
    return {key for key, label in attribute.values.items() if _holds(label, amounts[0])}


def _holds(label: str, amount: int) -> bool:
    ends = [int(one) for one in _NUMBER.findall(label)]
    if len(ends) == 2:
        return ends[0] <= amount <= ends[1]
    is_below = label.lower().startswith(("fewer", "less"))
    return len(ends) == 1 and (amount < ends[0] if is_below else amount > ends[0])


def _read_words(attribute: Attribute, text: str) -> set[str]:
    """Match each part of a row with a label; where one is asked for, the whole text."""
    parts = [part for part in _PART.split(text) if part.strip()] if attribute.several else [text]
    if attribute.several and set(to_words(text)) & _ALL and "everyone" in attribute.values:
        return {"everyone"}
    return {key for part in parts for key in _nearest(attribute, part)}


def _nearest(attribute: Attribute, part: str) -> set[str]:
    typed = to_words(part)
    begun = {to_words(to_plain(label))[0]: key for key, label in attribute.values.items()}
    if typed and typed[0] in ("yes", "no") and typed[0] in begun:
        return {begun[typed[0]]}
    content = [word for word in typed if word not in _FILL and word not in NEGATORS]
    counts = {key: _count(content, f"{label} {key}") for key, label in attribute.values.items()}
    best = max(counts.values(), default=0)
    keys = {key for key, count in counts.items() if count == best}
    return keys if best and len(keys) <= (TIED_AT_MOST if attribute.several else 1) else set()


def _count(content: list[str], label: str) -> int:
    """Count the words of a label that were typed."""
    words = {word for word in re.findall(r"\w+", to_plain(label)) if word not in _FILL}
    return sum(1 for word in words if any(_are_alike(word, other) for other in content))


def _are_alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    return one == other or (
        shorter >= ROOT_CHARS and (one[:ROOT_CHARS] == other[:ROOT_CHARS] or fuzz.ratio(one, other) >= ALIKE_AT_LEAST)
    )
