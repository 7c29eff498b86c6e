"""Taking questions out of texts that list them, one a line, as the front matter of an answer does. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Collection

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ENTRY = re.compile(r"\s*-\s+(?P<value>.+)$")


def without_lines(text: str, gone: Collection[str]) -> str:
    r"""Return a text without the entries of lists that are one of some texts, however they are quoted.

    Example:
        >>> without_lines('questions:\n  - who pays\n  - "is it: safe?"\n', {"is it: safe?"})
        'questions:\n  - who pays\n'
    """
    return "".join(line for line in _LINE.findall(text) if _entry_of(line) not in gone)


def _entry_of(line: str) -> str | None:
    found = _ENTRY.match(line.rstrip("\r\n"))
    if found is None:
        return None
    try:
        return str(YAML(typ="safe", pure=True).load(found["value"])).strip()
    except YAMLError:
        return found["value"].strip()
