"""Breaking a text into lines. Pure: how wide a text is, is asked of whoever knows the font.

The library that writes PDF can break lines too, but it measures each letter by itself: five seconds for a long plan.
"""

from __future__ import annotations

from collections.abc import Callable

Measure = Callable[[str], float]
_MARKS = frozenset("/-_?&=.")


def break_text(text: str, width: float, measure: Measure) -> list[str]:
    """Break a text between words; a word that is wider than a line is broken where the line is full.

    Args:
        text: One paragraph, without line ends.
        width: Of a line, in the unit in which ``measure`` answers.
        measure: Tells how wide a text is.

    Returns:
        At least one line. All blanks but those at which a line ends are kept.

    Example:
        >>> break_text("we share the work incomprehensibly", 9, len)
        ['we share', 'the work', 'incompreh', 'ensibly']
    """
    blank = measure(" ")
    lines: list[str] = []
    words: list[str] = []
    used = 0.0
    for word in text.split(" "):
        wide = measure(word)
        if words and used + blank + wide > width:
            lines.append(" ".join(words))
            words, used = [], 0.0
        if wide > width:
            *full, word = _break_word(word, width, measure)
            lines += full
            wide = measure(word)
        used += wide + (blank if words else 0.0)
        words.append(word)
    return [*lines, " ".join(words)]


def _break_word(word: str, width: float, measure: Measure) -> list[str]:
    """Cut a word into the longest pieces that fit; one letter at least, however narrow the line.

    A long address is cut behind one of its own marks, if one stands near enough to the end of the line.
    """
    pieces = []
    while measure(word) > width and len(word) > 1:
        fits, too_long = 1, len(word)
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            fits, too_long = (middle, too_long) if measure(word[:middle]) <= width else (fits, middle)
        fits = max((fits - back for back in range(fits // 3) if word[fits - back - 1] in _MARKS), default=fits)
        pieces.append(word[:fits])
        word = word[fits:]
    return [*pieces, word]
