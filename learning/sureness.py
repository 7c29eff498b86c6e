"""Reading how sure a person says they are. Pure functions."""

from __future__ import annotations

from typing import Literal, get_args

from learning.wording import FILLERS, NEGATORS, to_plain, to_words

Sureness = Literal["sure", "unsure", "guess"]
SURE_AT_LEAST_PERCENT = 80
UNSURE_AT_LEAST_PERCENT = 50

_GUESS = frozenset("guess guessed guessing gues idea clue dunno idk random randomly hunch gamble coin dark".split())
_UNSURE = frozenset(
    "unsure uncertain doubt doubts doubtful doubting maybe perhaps probably hesitating hesitant half nope nah so-so "
    "kinda somewhat hardly less fifty partly halfway".split()
)
_SURE = frozenset(
    "sure certain certainly confident positive yes yep yup yeah definitely absolutely totally hundred know knew very "
    "quite fairly completely convinced 100".split()
)
_SOMEWHAT = frozenset("kind sort bit little".split())
_AROUND = FILLERS | frozenset(
    "i am a an at all but of kind sort bit little feel felt feeling fully entirely really truly honest honestly shot "
    "in pretty much too exactly percent do don't dont have had no any one my this 50 by toss flip it's now as can be "
    "well quite wild pure educated lucky complete just only option honestly enough yet there here".split()
)


def read_sureness(text: str) -> Sureness | None:
    """Read "sure", "not so sure", "just a guess", "yes", "no", "80%".

    Returns:
        None when a text says anything else, or is a question.
    """
    plain = to_plain(text)
    words = to_words(plain)
    numbers = [int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 4]
    if plain.endswith("?") or not words:
        return None
    if set(words) - {str(number) for number in numbers} - _GUESS - _UNSURE - _SURE - NEGATORS - _AROUND:
        return None
    if numbers and not NEGATORS & set(words):
        return _read_percent(max(numbers)) if "%" in plain or "percent" in words or max(numbers) >= 10 else None
    return _read_words(frozenset(words))


def _read_percent(percent: int) -> Sureness:
    if percent >= SURE_AT_LEAST_PERCENT:
        return "sure"
    return "unsure" if percent >= UNSURE_AT_LEAST_PERCENT else "guess"


def _read_words(words: frozenset[str]) -> Sureness | None:
    is_denied = bool(words & NEGATORS)
    if words & _GUESS or (is_denied and words & {"know", "knew"}):
        return "guess"
    if is_denied or words & _UNSURE:
        return "unsure"
    if words & (_SURE | {"certainly", "surely", "definitely"}):
        return "sure"
    return "unsure" if words & _SOMEWHAT else None


def is_sureness(text: str | None) -> bool:
    """Tell whether a button names one of the three."""
    return text in get_args(Sureness)
