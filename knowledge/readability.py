"""How long a text is to a reader, and how hard: words, letters as Telegram counts them, and school grades."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w[\w'’-]*")
_LIST_MARK = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`>#]")
_SENTENCE_END = re.compile(r"[.!?:]['\"’”)]*$")


def count_words(text: str) -> int:
    """Count the words a reader reads.

    Example:
        >>> count_words("It *is* not-so-hard, they've said.")
        5
    """
    return len(words_of(text))


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order, without punctuation and marks."""
    return _WORD.findall(text)


def count_chars(text: str) -> int:
    """Count letters and signs as Telegram does for its limits: UTF-16 code units.

    Source:
        core.telegram.org/api/entities#entity-length
    """
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def plain_sentences(text: str) -> str:
    r"""Take the marks of Markdown out of a text; each paragraph and list entry is one line that ends as a sentence.

    Example:
        >>> plain_sentences("Three *jobs*\nin the middle:\n\n- good reasons\n- a shield")
        'Three jobs in the middle:\ngood reasons.\na shield.'
    """
    units: list[list[str]] = [[]]
    for line in text.splitlines():
        mark = _LIST_MARK.match(line)
        if mark or not line.strip():
            units.append([])
        units[-1].append(line[mark.end() if mark else 0 :].strip())
    lines = (_MARKS.sub("", _LINK.sub(r"\1", " ".join(unit))).strip() for unit in units)
    return "\n".join(line if _SENTENCE_END.search(line) else f"{line}." for line in lines if line)


def reading_grade(text: str) -> float:
    """Estimate the years of schooling (US grades) that a text asks for; below 0 for very short sentences.

    Source:
        Kincaid et al. 1975 (Flesch-Kincaid grade level), as textstat counts it.
    """
    import textstat  # with its word list half a second, and only authors need it

    return float(textstat.flesch_kincaid_grade(plain_sentences(text)))
