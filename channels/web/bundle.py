"""Scripts and styles of the page joined into one file each, so that a slow connection asks once.

The scripts stay modules of their own in ``static``: each becomes a function that returns what it exports, in the order
in which they need each other. Of the language's ways to import and export we use two, and anything else is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_REMARK = re.compile(r"^[ \t]*/\*.*?\*/\n+", re.MULTILINE | re.DOTALL)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class NotJoinable(ValueError):
    """A script imports or exports in a way that cannot be joined; the text names file and line."""


def join_scripts(folder: Path, first: str, data: Mapping[str, object]) -> str:
    """Join a module and all that it imports.

    Args:
        folder: Where the modules are.
        first: Name of the module that starts the page, without ``.js``.
        data: Modules that are not files: name, and what they export as ``DATA``.

    Raises:
        NotJoinable: A module has another form of import or export, or two need each other.
        FileNotFoundError: A module that is imported is not there.
    """
    parts: dict[str, str] = {}

    def take(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise NotJoinable(f"{name}.js: imports itself, by way of {' -> '.join(path[path.index(name) :])}")
        if name in parts:
            return
        if name in data:
            parts[name] = f"const {_variable(name)} = {{ DATA: {_literal(data[name])} }};\n"
            return
        text = (folder / f"{name}.js").read_text(encoding="utf-8")
        for needed in _IMPORT.findall(text):
            take(needed[1], (*path, name))
        parts[name] = _wrap(name, text)

    take(first, ())
    return '"use strict";\n' + "".join(parts.values())


def _wrap(name: str, text: str) -> str:
    exports, text = ", ".join(_EXPORT.findall(text)), _REMARK.sub("", text)
    body = _EXPORT.sub("", _IMPORT.sub(lambda found: f"const {found[1]} = {_variable(found[2])};\n", text))
    if other := _OTHER.search(body):
        raise NotJoinable(f"{name}.js: {other[0]!r} cannot be joined; import {{ names }}, or export in front of a name")
    return f"const {_variable(name)} = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();\n"


def _variable(name: str) -> str:
    return "$" + name.replace("-", "_")


def _literal(value: object) -> str:
    """JSON that a script can hold: two line ends that only JSON allows are spelled out."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def join_styles(folder: Path, names: tuple[str, ...]) -> str:
    """Join style sheets, in the given order; remarks stay behind."""
    return "".join(_REMARK.sub("", (folder / f"{name}.css").read_text(encoding="utf-8")) for name in names)


def version_of(*texts: str) -> str:
    """Name a version by what is in it: another text, another name.

    Example:
        >>> version_of("a") == version_of("a") != version_of("b")
        True
    """
    return hashlib.sha256("\0".join(texts).encode("utf-8")).hexdigest()[:12]
