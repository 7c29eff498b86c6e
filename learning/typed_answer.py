"""Reading what a person typed as an answer to an item. Pure functions."""

from __future__ import annotations

import re

from knowledge.model import Item, Option
from learning.place_words import ASKS, COUNTS, LETTER_PLACES, ORDINALS, PRONOUN, REASON
from learning.wording import FILLERS, NEGATORS, STOP_WORDS, find_copied, find_nearest, to_plain, to_words

_TRUE = frozenset("true right yes yess yep yup yeah yea correct accurate agree agreed t y ture treu".split())
_FALSE = frozenset("false wrong no noo nope nah incorrect inaccurate untrue disagree n f flase fasle".split())
_STRESS = frozenset("statement really totally absolutely completely".split())
_ALL = frozenset("all everything every each".split())
_NONE = frozenset("none neither nothing".split())
_AROUND_ALL = frozenset("above them these those choices apply to any one".split())
_CONFIRMS = frozenset(
    "answer order yes yep yup yeah y ok okay sure right correct good fine done finished ready submit send that's "
    "thats".split()
)

_UNSURE = re.compile(r"\b(?:no (?:idea|clue)|not sure|unsure|dunno|idk|(?:don'?t|do not) (?:really )?know)\b")
_LABEL = re.compile(r"\W*([a-f]|[1-6])\s?[).:,;–—-]\s*(?=\w)")
_ALL_BUT = re.compile(r"\W*(?:all|everything)(?: of them)? (?:but|except|without|apart from)\b")
_SPAN = re.compile(r"\b(first|last) (two|three|four|five|[2-5])\b")
_PART = re.compile(r"[,;/&+\n]|\band\b")


def read_answer(item: Item, text: str) -> frozenset[str] | None:
    """Read a typed answer: "b", "the second one", "1 and 3", "all of them", "true", or an option's words.

    A letter with a question mark ("b?") is an unsure answer; words with one are a question.

    Returns:
        Keys of the options meant. Empty when the text is meant as an answer and fits no option ("7", "none of them",
        two letters where one option is right). None when it is not clearly an answer, and may be a question.
    """
    plain = to_plain(text)
    if item.kind == "true or false" and (key := _read_true_or_false(item, plain)):
        return frozenset([key])
    positions = _read_positions(item, plain)
    return _read_words(item, plain) if positions is None else _to_keys(item, positions)


def is_position(text: str) -> bool:
    """Tell whether a text names an option by its place, as "b", "the second one" or "7", whatever the item."""
    kept = [word for word in to_words(PRONOUN.sub(r"\1", to_plain(text))) if word not in FILLERS]
    places = LETTER_PLACES.keys() | ORDINALS.keys() | COUNTS.keys() | {"last", "middle", "bottom"}
    return bool(kept) and all(word in places or word.isdecimal() for word in kept)


def is_confirmation(text: str) -> bool:
    """Tell whether a text says that what was picked is the answer: "that is my answer", "yes", "done"."""
    words = set(to_words(to_plain(text)))
    return bool(words & _CONFIRMS) and words <= _CONFIRMS | FILLERS | {"all"} and not text.rstrip().endswith("?")


def _to_keys(item: Item, positions: list[int]) -> frozenset[str]:
    is_inside = all(0 <= position < len(item.options) for position in positions)
    is_one_too_many = len(set(positions)) > 1 and item.kind != "several right"
    return frozenset(item.options[n].key for n in positions) if is_inside and not is_one_too_many else frozenset()


def _before_reason(text: str) -> str:
    """Take "b" of "b because they decide", and of "b but I am not sure"; a question is not cut."""
    return text if text.endswith("?") else REASON.split(text, maxsplit=1)[0]


def _read_true_or_false(item: Item, text: str) -> str | None:
    if _UNSURE.search(_before_reason(text)) or (text.endswith("?") and ASKS.match(text)):
        return None
    judged = re.match(r"\W*(true|false)(?=[.,;:!–—-])", text)
    signs, is_flipped = set(), False
    for word in to_words(judged.group(1) if judged else _before_reason(text)):
        if word in _TRUE | _FALSE:
            signs.add((word in _TRUE) != is_flipped)
            is_flipped = False
        elif word in NEGATORS:
            is_flipped = True
        elif word == "or" or word not in STOP_WORDS | _STRESS:
            return None
    signs |= {False} if is_flipped else set()  # "of course not"
    return item.options[0 if signs.pop() else 1].key if len(signs) == 1 else None


def _read_positions(item: Item, text: str) -> list[int] | None:
    """Read letters, numbers, ordinals, "all"; None when any other word stands among them."""
    if all_but := _ALL_BUT.match(text):
        left_out = _count_off(item, text[all_but.end() :])
        return [n for n in range(len(item.options)) if n not in left_out] if left_out else None
    for part in (text, _before_reason(text)):
        positions = _read_all(item, part)
        if positions is None:
            positions = _count_off(item, part)
        if positions is not None:
            return positions
    return _read_label(item, text)


def _read_all(item: Item, text: str) -> list[int] | None:
    """Read "all", "all of the above", "all four"; an empty list when the number is another one."""
    kept = {word for word in to_words(text) if word not in FILLERS}
    counts = {COUNTS.get(word) or int(word) for word in kept if word in COUNTS or re.fullmatch("[2-6]", word)} - {1}
    if not kept & _ALL or not kept <= _ALL | _AROUND_ALL | COUNTS.keys() | set("23456"):
        return None
    return list(range(len(item.options))) if counts <= {len(item.options)} else []


def _read_label(item: Item, text: str) -> list[int] | None:
    """Read the letter that stands before an option's words or a reason, as in "b) co-creation"."""
    label = _LABEL.match(text)
    if not label or text.endswith("?"):
        return None
    rest = text[label.end() :]
    names_more = any(word in LETTER_PLACES.keys() - {"a"} or word.isdecimal() for word in to_words(rest))
    return None if names_more or ASKS.match(rest) else _count_off(item, label.group(1))


def _count_off(item: Item, text: str) -> list[int] | None:
    """Read a row of places, in any of the ways people write them."""
    spelled = _SPAN.sub(lambda found: _spell_span(item, found), PRONOUN.sub(r"\1", text))
    read = [_read_position(item, word) for word in to_words(spelled) if word not in FILLERS]
    return [position for positions in read for position in positions or ()] if read and all(read) else None


def _spell_span(item: Item, found: re.Match[str]) -> str:
    count = COUNTS.get(found.group(2)) or int(found.group(2))
    letters = "abcdef"[: len(item.options)]
    return " ".join(letters[:count] if found.group(1) == "first" else letters[-count:])


def _read_position(item: Item, word: str) -> list[int] | None:
    """Read one word: "b", "2", "third", "last"; and "acd" or "13" where several are right."""
    if word in ("last", "bottom"):
        return [len(item.options) - 1]
    if word == "middle":
        return [len(item.options) // 2] if len(item.options) % 2 else None
    is_run = re.fullmatch(r"[a-f]{2,}|[1-6]{2,}", word) and sorted(set(word)) == list(word)
    if item.kind == "several right" and is_run:
        return [LETTER_PLACES[one] if one in LETTER_PLACES else int(one) - 1 for one in word]
    if word.isascii() and word.isdecimal() and len(word) < 5:
        return [int(word) - 1]
    position = LETTER_PLACES.get(word, ORDINALS.get(word, COUNTS.get(word, 0) - 1))
    return None if position < 0 else [position]


def _read_words(item: Item, text: str) -> frozenset[str] | None:
    """Match the words of a text with the words of the options."""
    if _UNSURE.search(text):
        return None
    if text.endswith("?") or ASKS.match(text):
        return _keys_of(find_copied(item.options, text))
    keys = _read_parts(item, text) or _nearest(item, text) or _nearest(item, _before_reason(text))
    if keys:
        return keys
    kept = {word for word in to_words(text) if word not in FILLERS}
    return frozenset() if kept & _NONE and kept <= _NONE | _AROUND_ALL else None


def _read_parts(item: Item, text: str) -> frozenset[str] | None:
    """Read "the topic, and b" part by part where several are right; None unless every part is clear."""
    parts = [part for part in _PART.split(text) if part.strip()] if item.kind == "several right" else []
    read = [_to_keys(item, found) if (found := _count_off(item, part)) else _nearest(item, part) for part in parts]
    return frozenset().union(*(keys or () for keys in read)) if read and all(read) else None


def _nearest(item: Item, text: str) -> frozenset[str] | None:
    return _keys_of(find_nearest(item.options, text))


def _keys_of(option: Option | None) -> frozenset[str] | None:
    return frozenset([option.key]) if option else None
