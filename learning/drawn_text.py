"""Text in drawings: escaped for XML, and short enough for its place."""

from __future__ import annotations

from xml.sax.saxutils import escape


def shorten(text: str, limit_chars: int) -> str:
    """Cut a text that is too long, with a mark that it goes on.

    Example:
        >>> shorten("Homework club", 9)
        'Homework…'
    """
    return text if len(text) <= limit_chars else text[: limit_chars - 1].rstrip() + "…"


def safe(text: str) -> str:
    r"""Escape a text for XML, without the characters that XML forbids.

    Example:
        >>> safe("a < b\x00")
        'a &lt; b'
    """
    return escape("".join(char for char in text if char.isprintable() or char == " "))
