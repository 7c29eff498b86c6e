"""Reading that a person wants to stop practising. Pure functions."""

from __future__ import annotations

from learning.wording import FILLERS, to_plain, to_words

_STOPS = frozenset("stop stopp enough quit pause finish end exit cancel leave".split())
_AROUND = FILLERS | frozenset(
    "i want wanna need to have let's lets can we me let practising practicing practice repeating repetition questions "
    "question quiz here now today day no not more another later a break stopping this is done thanks thank you".split()
)


def is_stop(text: str) -> bool:
    """Tell whether a text says "stop", "enough for today", "no more questions"; a question does not."""
    words = set(to_words(to_plain(text)))
    says_stop = bool(words & _STOPS) or words >= {"no", "more"}
    return says_stop and words <= _STOPS | _AROUND and not text.rstrip().endswith("?")
