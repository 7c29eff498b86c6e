"""Reading what a person typed as an order of steps. Pure functions; letters and numbers follow the order shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from knowledge.model import Item, Option
from learning.ordering import is_whole, shown_options
from learning.place_words import ASKS, COUNTS, LETTER_PLACES, ORDINALS, PRONOUN, REASON
from learning.wording import FILLERS, find_copied, find_nearest, to_plain

_AROUND = FILLERS | frozenset(
    "next after before followed by order sequence row step steps start starts starting begin begins beginning comes "
    "come goes go put from to in at finish end ending of all".split()
)
_LAST = frozenset("last lastly finally bottom".split())
_AFTERWARDS = re.compile(r"\b(?:after (?:that|this|which|it)|afterwards|(?:first|last) of all)\b")
_TOKEN = re.compile(r"[0-9](?:st|nd|rd|th)\b|[0-9]+|[^\W\d_]+(?:'[^\W\d_]+)?")
_STATEMENT_END = re.compile(r"[.!;:(–—](?:\s|$)")
_LINKS = r"[\n;>→]|=>|\b(?:and )?(?:then|next|after that|afterwards|finally|lastly|followed by)\b"
_LABEL = re.compile(r"^[\s,]*(?:(?:[1-6][).:]|-|first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th|and|last)[\s,:]+)+")
_LETTER_LABEL = re.compile(r"^\W*([a-f])(?:[).:]|\W*$)")

ROW_LEAST_PARTS = 3  # "explain what it is for, then sign, then record" is an order, "explain it" is not

Token = tuple[str, int]  # "letter" or "number", and the place that it names, from 0
Find = Callable[[Sequence[Option], str], "Option | None"]


def read_order(item: Item, text: str) -> tuple[str, ...] | None:
    """Read a typed order: "b a c d", "bacd", "2,1,3", "first B, then C, then A", or the steps' own words.

    Where letters are named, numbers and "first" say when; where none are, numbers name the steps as shown.

    Returns:
        Keys of all steps, in the order meant. Empty when the text is meant as an order and is none of all steps, each
        once ("b", "b a b c"). None when it is not clearly an order, and may be a question.
    """
    plain = to_plain(text)
    for part in (plain, _before(REASON, plain)):
        places = _read_places(part, len(item.options))
        if places is not None:
            return _to_keys(item, places)
    stated = _read_places(_before(_STATEMENT_END, plain), len(item.options))
    return (_to_keys(item, stated) if stated else ()) or _read_words(item, plain)


def _before(end: re.Pattern[str], text: str) -> str:
    """Take "b a c" of "b a c because ..." and of "b a c. I think ..."; a question is not cut."""
    return text if text.endswith("?") else end.split(text, maxsplit=1)[0]


def _to_keys(item: Item, places: list[int]) -> tuple[str, ...]:
    shown = shown_options(item)
    keys = tuple(shown[place].key for place in places if place < len(shown))
    return keys if len(keys) == len(places) and is_whole(item, keys) else ()


def _read_places(text: str, count: int) -> list[int] | None:
    """Read a row of letters or numbers; None when any other word stands in it, or nothing names a place."""
    words = _TOKEN.findall(_AFTERWARDS.sub(" ", PRONOUN.sub(r"\1", text)))
    read = [_read_word(word, count) for word in words if word not in _AROUND]
    if not read or any(tokens is None for tokens in read):
        return None
    tokens = [token for tokens in read for token in tokens or ()]
    letters = [place for kind, place in tokens if kind == "letter"]
    if not letters:
        return [place for _, place in tokens]
    return letters if _are_in_turn(tokens) else _sort_by_number(tokens)


def _read_word(word: str, count: int) -> list[Token] | None:
    """Read one word: "b", "bacd", "2", "213", "third", "last"."""
    known = "abcdef"[:count]
    if word in LETTER_PLACES or (set(word) <= set(known) and len(word) <= len(known)):
        return [("letter", LETTER_PLACES[letter]) for letter in word]
    if word.isdecimal() and len(word) > 1 and all(1 <= int(digit) <= count for digit in word):
        return [("number", int(digit) - 1) for digit in word]
    if word.isdecimal():
        return [("number", int(word[:4]) - 1)] if int(word) else [("number", count)]
    if word in _LAST:
        return [("number", count - 1)]
    place = ORDINALS.get(word, COUNTS.get(word, 0) - 1)
    return None if place < 0 else [("number", place)]


def _are_in_turn(tokens: list[Token]) -> bool:
    """Tell whether each number only counts a letter beside it, as in "1. b 2. a" and "b first, then a, c last"."""
    turn = -1
    for n, (kind, place) in enumerate(tokens):
        turn += kind == "letter"
        is_before = n + 1 < len(tokens) and tokens[n + 1][0] == "letter" and place == turn + 1
        is_behind = n > 0 and tokens[n - 1][0] == "letter" and place == turn
        if kind == "number" and not (is_before or is_behind):
            return False
    return True


def _sort_by_number(tokens: list[Token]) -> list[int]:
    """Read "a is second, b is first", or "2 a, 1 b": each letter with its number; empty when it is not like that."""
    pairs = [dict(tokens[n : n + 2]) for n in range(0, len(tokens), 2)]
    is_alike = len({tokens[n][0] for n in range(0, len(tokens), 2)}) == 1
    if not is_alike or any(len(pair) < 2 for pair in pairs):
        return []
    return [pair["letter"] for pair in sorted(pairs, key=lambda pair: pair["number"])]


def _read_words(item: Item, text: str) -> tuple[str, ...] | None:
    """Read the steps' own words, joined by "then", by lines or by commas."""
    for links in (_LINKS, rf"{_LINKS}|,"):
        parts = [part for part in re.split(links, text) if part.strip(" ,.")]
        is_question = text.endswith("?") or (len(parts) < ROW_LEAST_PARTS and bool(ASKS.match(text)))
        find = find_copied if is_question else find_nearest
        found = _without_echo([_read_part(item, part, find) for part in parts])
        if found and None not in found:
            keys = tuple(option.key for option in found if option)
            return keys if is_whole(item, keys) else ()
        if len({option.key for option in found if option}) >= max(2, len(found) / 2):
            return ()
    return None


def _read_part(item: Item, part: str, find: Find) -> Option | None:
    shown, rest = shown_options(item), _LABEL.sub("", part)
    letter = _LETTER_LABEL.match(rest)
    if letter and LETTER_PLACES[letter.group(1)] < len(shown):
        return shown[LETTER_PLACES[letter.group(1)]]
    return find(item.options, rest)


def _without_echo(found: list[Option | None]) -> list[Option | None]:
    """Count a step once whose words were cut in two by a comma of its own."""
    return [option for n, option in enumerate(found) if option is None or n == 0 or option != found[n - 1]]
