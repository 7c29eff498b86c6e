"""Writing lines into content files: a question under an answer, an example under a kind of refusal, a line to judge by.

Only the new lines are written; all others stay to the letter, comments too. What is written is read again before it is
given back, so that no text, however odd, can become anything else than a question.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from knowledge.text import tidy

QUESTION_LIMIT_CHARS = 400
INDENT = "  "
_PLAIN = re.compile(r"[A-Za-z][A-Za-z ]*[\w ,.?!'’()/-]*")
_WORDS_OF_YAML = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
_LIST_LINE = re.compile(r"\s+(-\s|#)|\s*$")


class EditError(ValueError):
    """A file cannot take the lines; the text says why."""


def tidy_question(text: str) -> str:
    """Make a question fit for a content file: one line, no more than ``QUESTION_LIMIT_CHARS``."""
    return tidy(text)[:QUESTION_LIMIT_CHARS].strip()


def quote(text: str) -> str:
    """Write a text so that YAML reads it as that text.

    Example:
        >>> quote("who pays"), quote("kids on screen: how many?")
        ('who pays', '"kids on screen: how many?"')
    """
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML and text == text.strip()
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def add_to_list(file_text: str, key: str, texts: Sequence[str]) -> str:
    """Add texts at the end of a list that stands under a key at the left edge, in YAML or in a front matter.

    Raises:
        EditError: There is no such list, or it would not hold just these texts afterwards.
    """
    lines = file_text.split("\n")
    heads = [number for number, line in enumerate(lines) if re.match(rf"{re.escape(key)}:\s*(#.*)?$", line)]
    if not heads:
        raise EditError(f"the file has no list under '{key}:'")
    end = heads[0] + 1
    while end < len(lines) and _LIST_LINE.match(lines[end]):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    changed = [*lines[:end], *(f"{INDENT}- {quote(text)}" for text in texts), *lines[end:]]
    before, after = _list(file_text, key), _list("\n".join(changed), key)
    if after != [*before, *texts]:
        raise EditError(f"the list under '{key}:' cannot be written to; change the file by hand")
    return "\n".join(changed)


def add_rows(file_text: str, rows: Sequence[dict[str, str | list[str]]]) -> str:
    """Add rows at the end of a file that is one list of keys and values, one row a line.

    Raises:
        EditError: The file is no such list.
    """
    begun = "" if file_text.strip() in ("", "[]") else file_text.rstrip("\n") + "\n"
    told = "".join(f"- {json.dumps(row, ensure_ascii=False)}\n" for row in rows)  # JSON is YAML
    there = _load(begun) or []
    if not isinstance(there, list) or _load(begun + told) != [*there, *rows]:
        raise EditError("the file is not a list of rows; change it by hand")
    return begun + told


def _list(file_text: str, key: str) -> list[str]:
    front = file_text.removeprefix("---\n").split("\n---\n", 1)[0] if file_text.startswith("---\n") else file_text
    data = _load(front)
    found = data.get(key) if isinstance(data, dict) else None
    if not isinstance(found, list):
        raise EditError(f"the file has no list under '{key}:'")
    return [str(one).strip() for one in found]


def _load(text: str) -> object:
    try:
        return YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, TypeError, AttributeError) as error:
        raise EditError("the file is not valid YAML; change it by hand") from error
