"""Texts as papers need them: without marks of Markdown and forbidden characters, and which way they run."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c\x85]")
_ORDERS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they could turn the words of others around
_RIGHT_TO_LEFT = ("R", "AL")
_SHOWN = ("text", "code_inline", "softbreak", "hardbreak")


def clean(text: str) -> str:
    r"""Take out what no file may hold, and what would turn text around; line ends and tabs stay, as "\n" and blanks.

    Example:
        >>> clean("a\x00b\r\nc\td")
        'ab\nc    d'
    """
    text = _LINE_ENDS.sub("\n", text).expandtabs(4)
    return "".join(one for one in _FORBIDDEN.sub("", _ORDERS.sub("", text)) if ord(one) & 0xFFFE != 0xFFFE)


def is_right_to_left(text: str) -> bool:
    """Tell which way a text runs, by its first letter that has a direction.

    Example:
        >>> is_right_to_left("(1) مرحبا hello"), is_right_to_left("hello مرحبا")
        (True, False)
    """
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind in _RIGHT_TO_LEFT for kind in kinds if kind in ("L", *_RIGHT_TO_LEFT)), False)


def opening(markdown: str) -> str:
    r"""Return the first paragraph of a text of the course, without marks; a list that it announces comes with it.

    Example:
        >>> opening("**Two** things, [here](https://a.org):\n\n- one.\n- two.\n\nMore.")
        'Two things, here: one; two.'
    """
    blocks = [(token.level, _words(token)) for token in _MARKDOWN.parse(markdown) if token.type == "inline"]
    first = blocks[0][1] if blocks else ""
    if not first.endswith(":"):
        return first
    points = [text.rstrip(".") for level, text in takewhile(lambda block: block[0] > 1, blocks[1:])]
    return f"{first} {'; '.join(points)}." if points else first


def _words(token: Token) -> str:
    parts = [child.content if child.content else " " for child in token.children or () if child.type in _SHOWN]
    return " ".join("".join(parts).split())
