"""Content files in Markdown: front matter, sections, and the attributes in braces.

Markdown is read by markdown-it-py; this module only knows what the course's files add to it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.front_matter import front_matter_plugin
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from knowledge.errors import ContentError, Problem

FILE_LIMIT_BYTES = 1_000_000
ATTRIBUTES = ("sources", "pilot", "note", "image", "reading", "keep-as", "misconception")
_PARSER = MarkdownIt("commonmark").use(front_matter_plugin)
_BRACES = re.compile(r"\{[^{}]*\}")
_QUOTE = "quote texts that hold a colon or begin with a sign"


@dataclass(frozen=True)
class Section:
    """What stands under one second-level heading, ``## kind: title``."""

    kind: str
    title: str
    line: int
    nodes: list[SyntaxTreeNode]
    lines: list[str] = field(repr=False)

    def text_until(self, node: SyntaxTreeNode | None = None) -> str:
        """Source text of the section, up to a block of it or to its end."""
        end = node.map[0] if node is not None and node.map else self.line + len(self.lines)
        return "\n".join(self.lines[: end - self.line]).strip()


@dataclass(frozen=True)
class Document:
    """One Markdown file: its front matter and its sections."""

    file: str
    front: dict[str, Any]
    sections: list[Section]

    def front_line(self, key: str) -> int:
        """Line of a key of the front matter, counting from 1."""
        return line_of(self.front, key) + 1


def read_text(path: Path, file: str) -> str:
    """Read a text file as authors' editors write it: with any line ends, with a byte order mark or without.

    Raises:
        ContentError: The file is missing, cannot be read, is too large, or is not UTF-8.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ContentError([Problem(file, 1, "the file is missing; the course cannot be read without it")]) from error
    except OSError as error:
        raise ContentError([Problem(file, 1, f"the file cannot be read: {error.strerror}")]) from error
    if len(data) > FILE_LIMIT_BYTES:
        raise ContentError([Problem(file, 1, f"{len(data)} bytes; at most {FILE_LIMIT_BYTES}, so split the file")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ContentError([Problem(file, line, "a letter here is not UTF-8; save the file as UTF-8")]) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_document(path: Path, file: str) -> Document:
    """Read one file into front matter and sections.

    Raises:
        ContentError: The file cannot be read, there is no front matter, or it is not a YAML mapping.
    """
    text = read_text(path, file)
    root = SyntaxTreeNode(_PARSER.parse(text))
    blocks = list(root.children)
    if not blocks or blocks[0].type != "front_matter":
        raise ContentError([Problem(file, 1, "no front matter; begin the file with a block between two lines of ---")])
    front = parse_yaml(blocks[0].content, file, first_line=1)
    return Document(file, front, _split_sections(blocks[1:], text.split("\n"), file))


def _split_sections(blocks: list[SyntaxTreeNode], lines: list[str], file: str) -> list[Section]:
    heads = [i for i, block in enumerate(blocks) if block.type == "heading" and block.tag == "h2"]
    if blocks and (not heads or heads[0] > 0):
        line = blocks[0].map[0] + 1 if blocks[0].map else 1
        raise ContentError(
            [Problem(file, line, "text before the first section; put it under a heading that begins with ##")]
        )
    sections = []
    ends = [*heads[1:], len(blocks)] if heads else []
    for start, end in zip(heads, ends, strict=True):
        head, body = blocks[start], blocks[start + 1 : end]
        kind, _, title = head.children[0].content.partition(":")
        first = head.map[1] if head.map else 0
        last = blocks[end].map[0] if end < len(blocks) and blocks[end].map else len(lines)  # type: ignore[index]
        sections.append(Section(kind.strip().lower(), title.strip(), first, body, lines[first:last]))
    return sections


def parse_yaml(text: str, file: str, first_line: int = 0, *, kind: type[dict] | type[list] = dict) -> Any:
    """Parse YAML, keeping the lines of its keys.

    Args:
        text: The YAML.
        file: Its file, for messages.
        first_line: How many lines stand above it in the file.
        kind: What it must be: keys with values, or a list.

    Raises:
        ContentError: It is not YAML, or not of that kind.
    """
    try:
        value = YAML(typ="rt").load(io.StringIO(text))
    except MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + 1 + first_line
        told = error.problem or error.context
        raise ContentError([Problem(file, line, f"not valid YAML: {told}; {_QUOTE}")]) from error
    except (YAMLError, ValueError, TypeError, AttributeError, RecursionError) as error:  # a date such as 2021-13-45
        told = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ContentError([Problem(file, 1 + first_line, f"not valid YAML: {told}; {_QUOTE}")]) from error
    if not isinstance(value, kind):
        found = "empty" if value is None else f"a {'list' if isinstance(value, list) else 'text without keys'}"
        wanted = "a list, each entry beginning with -" if kind is list else "keys and values, such as id: system.value"
        raise ContentError([Problem(file, 1 + first_line, f"{found}; expected {wanted}")])
    return value


def line_of(value: Any, key: Any) -> int:
    """Line, counting from 1, of a key or an index in what ``parse_yaml`` returned; else the line where that begins."""
    try:
        return int(value.lc.data[key][0]) + 1
    except (AttributeError, KeyError, TypeError, IndexError):
        return int(getattr(getattr(value, "lc", None), "line", None) or 0) + 1


def take_attributes(text: str) -> tuple[str, dict[str, str]]:
    r"""Separate a text from its attributes. Braces that hold anything else stay, for ``unknown_attribute`` to find.

    Example:
        >>> take_attributes("Staff felt safer.\n{sources: S27; pilot: pilot.uk}")
        ('Staff felt safer.', {'sources': 'S27', 'pilot': 'pilot.uk'})
    """
    attributes: dict[str, str] = {}

    def take(match: re.Match[str]) -> str:
        parts = [part.partition(":") for part in match.group()[1:-1].split(";")]
        if any(name.strip() not in ATTRIBUTES for name, _, _ in parts):
            return match.group()
        for name, _, value in parts:
            attributes[name.strip()] = ", ".join(filter(None, (attributes.get(name.strip()), value.strip())))
        return ""

    rest = "\n".join(line.rstrip() for line in _BRACES.sub(take, text).splitlines())
    return rest.strip(), attributes


def unknown_attribute(text: str) -> str | None:
    """Return what stands in braces and is no attribute, most often a misspelt one."""
    found = _BRACES.search(text)
    return found.group(0) if found else None


def source_keys(attributes: dict[str, str]) -> tuple[str, ...]:
    """Keys named in a ``sources`` attribute."""
    return tuple(key.strip() for key in attributes.get("sources", "").split(",") if key.strip())
