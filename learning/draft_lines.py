"""Taking questions out of texts that list them, one a line, as the front matter of an answer does. Pure functions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from knowledge.listed import form_of

TAKEN_OUT = "(taken out)"
LEAST_WORDS = 3  # fewer are nobody's own words
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ENTRY = re.compile(r"\s*-\s+(?P<value>.+)$")


def lines_of(text: str) -> list[str]:
    r"""Return the entries of a text's lists, in their order.

    Example:
        >>> lines_of('questions:\n  - who pays\n  - "is it: safe?"\n')
        ['who pays', 'is it: safe?']
    """
    return [entry for line in _LINE.findall(text) if (entry := _entry_of(line)) is not None]


def without_lines_that(text: str, is_gone: Callable[[str], bool]) -> str:
    r"""Return a text without the entries of lists for which something holds, however they are quoted.

    Example:
        >>> without_lines_that('questions:\n  - who pays\n  - "is it: safe?"\n', "is it: safe?".__eq__)
        'questions:\n  - who pays\n'
    """
    lines = [(line, _entry_of(line)) for line in _LINE.findall(text)]
    return "".join(line for line, entry in lines if entry is None or not is_gone(entry))


def without_words(text: str, words: str) -> tuple[str, int]:
    """Put ``TAKEN_OUT`` where a question stands word for word in the middle of a text; say how often it stood there.

    Example:
        >>> without_words("People ask: Who mends the shed? We do.", "who mends the shed")
        ('People ask: (taken out)? We do.', 1)
    """
    tokens = wording_of(words).split()
    if len(tokens) < LEAST_WORDS:
        return text, 0
    told = (re.escape(token).replace("'", "['’]") for token in tokens)
    pattern = r"(?<![^\W_])" + r"[\W_]+".join(told) + r"(?![^\W_])"
    return re.subn(pattern, TAKEN_OUT, text, flags=re.IGNORECASE)


def wording_of(text: str) -> str:
    """Return the words of a text whatever its signs: with either apostrophe, and without the marks of Markdown.

    Example:
        >>> wording_of("_We don’t know_, Anna!")
        "we don't know anna"
    """
    return form_of(text.replace("’", "'").replace("_", " "))


def hash_of(salt: str, line: str) -> str:
    """Return a mark of a line's words by which it is known again, and which does not tell them."""
    return hashlib.sha256(f"{salt}:{wording_of(line)}".encode()).hexdigest()


def _entry_of(line: str) -> str | None:
    found = _ENTRY.match(line.rstrip("\r\n"))
    if found is None:
        return None
    try:
        return str(YAML(typ="safe", pure=True).load(found["value"])).strip()
    except YAMLError:
        return found["value"].strip()
