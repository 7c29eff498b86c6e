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
from ruamel.yaml.error import MarkedYAMLError

from knowledge.errors import ContentError, Problem

_PARSER = MarkdownIt("commonmark").use(front_matter_plugin)
_ATTRIBUTES = re.compile(r"\{((?:sources|pilot|note|keep-as|misconception):[^{}]*)\}")
_LEFT_OVER = re.compile(r"\{[^{}]*\}")


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


def read_document(path: Path, file: str) -> Document:
    """Read one file into front matter and sections.

    Raises:
        ContentError: There is no front matter, or it is not a YAML mapping.
    """
    text = path.read_text(encoding="utf-8")
    root = SyntaxTreeNode(_PARSER.parse(text))
    blocks = list(root.children)
    if not blocks or blocks[0].type != "front_matter":
        raise ContentError([Problem(file, 1, "no front matter; begin the file with a block between two lines of ---")])
    front = parse_yaml(blocks[0].content, file, first_line=1)
    return Document(file, front, _split_sections(blocks[1:], text.splitlines(), file))


def _split_sections(blocks: list[SyntaxTreeNode], lines: list[str], file: str) -> list[Section]:
    heads = [i for i, block in enumerate(blocks) if block.type == "heading" and block.tag == "h2"]
    if blocks and (not heads or heads[0] > 0):
        line = blocks[0].map[0] + 1 if blocks[0].map else 1
        raise ContentError(
            [Problem(file, line, "text before the first section; put it under a heading that begins with ##")]
        )
    sections = []
    for start, end in zip(heads, [*heads[1:], len(blocks)], strict=True):
        head, body = blocks[start], blocks[start + 1 : end]
        kind, _, title = head.children[0].content.partition(":")
        first = head.map[1] if head.map else 0
        last = blocks[end].map[0] if end < len(blocks) and blocks[end].map else len(lines)  # type: ignore[index]
        sections.append(Section(kind.strip().lower(), title.strip(), first, body, lines[first:last]))
    return sections


def parse_yaml(text: str, file: str, first_line: int = 0) -> Any:
    """Parse YAML, keeping the lines of its keys; ``first_line`` is what stands above it in the file.

    Raises:
        ContentError: It is not YAML, or not a mapping or list at the top.
    """
    try:
        value = YAML(typ="rt").load(io.StringIO(text))
    except MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + 1 + first_line
        raise ContentError(
            [Problem(file, line, f"not valid YAML: {error.problem}; quote texts that hold a colon")]
        ) from error
    if not isinstance(value, dict | list):
        raise ContentError([Problem(file, 1 + first_line, "empty; expected keys and values")])
    return value


def line_of(value: Any, key: Any) -> int:
    """Line, counting from 1, of a key or an index in what ``parse_yaml`` returned."""
    try:
        return int(value.lc.data[key][0]) + 1
    except (AttributeError, KeyError, TypeError, IndexError):
        return 1


def take_attributes(text: str) -> tuple[str, dict[str, str]]:
    r"""Separate a text from its attributes.

    Example:
        >>> take_attributes("Staff felt safer.\n{sources: S27; pilot: pilot.uk}")
        ('Staff felt safer.', {'sources': 'S27', 'pilot': 'pilot.uk'})
    """
    attributes: dict[str, str] = {}
    for match in _ATTRIBUTES.finditer(text):
        for part in match.group(1).split(";"):
            name, _, value = part.partition(":")
            attributes[name.strip()] = value.strip()
    rest = "\n".join(line.rstrip() for line in _ATTRIBUTES.sub("", text).splitlines())
    return rest.strip(), attributes


def unknown_attribute(text: str) -> str | None:
    """Return what stands in braces and is no attribute, most often a misspelt one."""
    found = _LEFT_OVER.search(text)
    return found.group(0) if found else None


def source_keys(attributes: dict[str, str]) -> tuple[str, ...]:
    """Keys named in a ``sources`` attribute."""
    return tuple(key.strip() for key in attributes.get("sources", "").split(",") if key.strip())
