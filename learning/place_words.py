"""The words with which people name an option's place, ask, and give reasons."""

from __future__ import annotations

import re

LETTER_PLACES = {letter: n for n, letter in enumerate("abcdef")}
COUNTS = {word: n for n, word in enumerate("one two three four five six".split(), 1)}
ORDINALS = {
    word: n
    for n, words in enumerate(("first 1st top", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th"))
    for word in words.split()
}
ASKS = re.compile(
    r"^\W*(?:(?:so|and|but|ok|hey|please|sorry|well)\W+)*(?:what|whats|what's|who|whom|whose|why|how|hows|how's|when|"
    r"where|which|is|are|was|were|do|does|did|can|could|should|would|will|explain|define|describe|tell me|give me|"
    r"show me|i wonder|i don'?t understand)\b"
)
REASON = re.compile(r"\b(?:because|cause|cuz|cos|bc|since|but)\b")
PRONOUN = re.compile(r"\b(the|this|that|[a-f]|first|second|third|fourth|fifth|sixth|last|middle|right) one\b")
