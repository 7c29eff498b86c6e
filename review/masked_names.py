"""Names of people, in capitals or not: by lists of names, and by the words around them.

A word that is a name and nothing else is a name wherever it stands. One that is an ordinary word as well ("will",
"mark", "hope") is a name only where the text says so: after "my name is", a title, or "my colleague".
"""

from __future__ import annotations

import re

from review.masked_span import NAME, Span
from review.name_signs import Phrase, lengths_of, load_signs
from review.name_word import SHORT_CHARS, Word
from review.name_words import ENGLISH, FIRST_NAMES, words_of

_TOKEN = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
ENGLISH_SHARE = 0.6
NAMES_AT_MOST = 5  # words of one name


def find_names(text: str) -> list[Span]:
    """Find the names, in their order."""
    return _Reader(text).spans()


class _Reader:
    """Reads one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = [Word(found) for found in _TOKEN.finditer(text)]
        self._signs = load_signs()
        known = sum(word.low in words_of(ENGLISH) for word in self._words)
        self._is_english = known >= ENGLISH_SHARE * len(self._words)

    def spans(self) -> list[Span]:
        """Give the pieces: each begins with a word that must be a name, and takes in the names beside it."""
        found: list[Span] = []
        at = 0
        while at < len(self._words):
            if not self._is_name(at):
                at += 1
                continue
            end = self._end_of_name(at)
            found.append(Span(self._words[at].start, self._words[end - 1].end, NAME))
            at = end
        return found

    def _is_name(self, at: int) -> bool:
        word = self._words[at]
        if len(word.low) < 2 or word.is_never or self._is_sign(at):
            return False
        if word.low in self._signs.particles:
            return self._is_after_title(at) and self._is_capital(at + 1)
        return self._follows_sign(at) or self._stands_alone(at)

    def _is_sign(self, at: int) -> bool:
        low = self._words[at].low
        return low in self._signs.titles or low in self._signs.roles

    def _follows_sign(self, at: int) -> bool:
        """Tell whether the words before say that a name comes."""
        word = self._words[at]
        can_be = word.is_capital or word.is_some_name
        if self._is_after_title(at):
            return can_be or not word.is_known
        if self._ends_with(at, self._signs.strong):
            return can_be or not word.is_known
        likely = word.is_first_name or (
            word.is_capital and not self._starts_sentence(at) and (word.is_some_name or not word.is_known)
        )
        if self._ends_with(at, self._signs.weak):
            return likely or (self._is_unknown(at) and self._after(at) in {"", *self._signs.is_, "a", "here"})
        before = self._before(at)
        if before in self._signs.roles or (before == "is" and self._before(at - 1) in self._signs.roles):
            return likely or self._is_unknown(at, SHORT_CHARS)
        return word.is_capital and self._after(at) in self._signs.titles_after

    def _is_after_title(self, at: int) -> bool:
        before = self._before(at)
        if before not in self._signs.titles or not self._is_joined(at):
            return False
        return self._words[at].is_capital or before not in self._signs.titles_before_capital

    def _stands_alone(self, at: int) -> bool:
        """Tell whether a word is a name without a sign: by the lists, or as a capital that English does not know."""
        word = self._words[at]
        if self._is_place(at):
            return False
        if word.is_first_name and (word.is_capital or len(word.low) > SHORT_CHARS):
            return True
        is_inside = word.is_capital and not self._starts_sentence(at)
        if word.is_capital and word.is_declined:
            return is_inside or not self._is_english
        if self._is_said_of(at):
            return True
        if not is_inside:
            return False
        if word.is_some_name:
            return self._before(at) in self._signs.before_name or not word.is_known
        return self._is_english and not word.is_known and self._before(at) not in self._signs.not_after

    def _is_said_of(self, at: int) -> bool:
        """Tell whether an unknown word, or a name, says or thinks something."""
        word, after = self._words[at], self._after(at)
        if self._before(at) in self._signs.not_after:
            return False
        if word.is_capital and self._is_unknown(at) and after in self._signs.is_:
            return True
        if after not in self._signs.says:
            return False
        if word.is_capital and word.low in words_of(FIRST_NAMES) and not self._starts_sentence(at):
            return True
        return self._is_unknown(at)

    def _is_unknown(self, at: int, least_chars: int = SHORT_CHARS + 1) -> bool:
        """Tell whether English has no such word, in an English text."""
        word = self._words[at]
        return self._is_english and not (word.is_known or word.is_mistyped) and len(word.low) >= least_chars

    def _is_place(self, at: int) -> bool:
        return self._words[at].is_capital and self._before(at) in self._signs.before_place

    def _end_of_name(self, at: int) -> int:
        """Return the number of the word after a name: further names, and words between them such as "van der"."""
        end = at + 1
        while end < len(self._words) and end - at < NAMES_AT_MOST and self._is_joined(end):
            if self._goes_on(at, end):
                end += 1
                continue
            last = end
            while last < len(self._words) and self._words[last].low in self._signs.particles and self._is_joined(last):
                last += 1
            if last == end or last >= len(self._words) or not (self._is_joined(last) and self._goes_on(at, last)):
                break
            end = last + 1
        return end

    def _goes_on(self, at: int, end: int) -> bool:
        word = self._words[end]
        if word.is_never or self._is_sign(end) or len(word.low) < 2:
            return False
        if word.is_capital:
            return True
        is_name = word.is_some_name and not word.is_known
        return is_name or (self._words[at].is_small and self._is_unknown(end))

    def _is_joined(self, at: int) -> bool:
        """Tell whether nothing but a blank, a dash or a point of an initial stands before a word."""
        before = self._words[at - 1] if at else None
        between = self._text[before.end : self._words[at].start] if before else ""
        is_short = before is not None and (len(before.low) == 1 or before.low in self._signs.titles)
        return bool(re.fullmatch(r"\.?[ \t]{0,2}" if is_short else r"[ \t]{1,2}|-", between)) and before is not None

    def _starts_sentence(self, at: int) -> bool:
        before = self._text[: self._words[at].start].rstrip(" \t\"'“„«(*")
        return not before or before[-1] in ".!?:\n;…•-"

    def _before(self, at: int) -> str:
        return self._words[at - 1].low if at > 0 else ""

    def _after(self, at: int) -> str:
        return self._words[at + 1].low if at + 1 < len(self._words) else ""

    def _is_capital(self, at: int) -> bool:
        return at < len(self._words) and self._words[at].is_capital

    def _ends_with(self, at: int, phrases: frozenset[Phrase]) -> bool:
        """Tell whether one of the phrases stands right before a word; one look for each length that phrases have."""
        if not at or "," in self._text[self._words[at - 1].end : self._words[at].start]:
            return False
        return any(
            tuple(word.low for word in self._words[at - length : at]) in phrases
            for length in lengths_of(phrases)
            if length <= at
        )
