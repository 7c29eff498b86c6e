"""The made messages that masking is measured on. Two halves: one to build with, one for figures only.

A line is a message; ``{n:Anna}`` marks a name, m mail, p phone, i identity number, b account, a address; ``#`` begins a
comment. They were written as people would write them, before the lists of names were made. Nobody of them exists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
KINDS = {"n": "names", "m": "mail", "p": "phones", "i": "identity numbers", "b": "accounts", "a": "addresses"}
_MARKED = re.compile(r"\{([nmpiba]):([^}]+)\}")


@dataclass(frozen=True)
class Marked:
    """A piece of a message that must be hidden: where it stands in characters, and what it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Made:
    """A made message."""

    text: str
    marked: tuple[Marked, ...]


def read_half(name: str) -> list[Made]:
    """Read ``seen`` or ``unseen``."""
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [_to_made(line) for line in lines if line.strip() and not line.startswith("#")]


def _to_made(line: str) -> Made:
    text, marked, at = "", [], 0
    for found in _MARKED.finditer(line):
        text += line[at : found.start()]
        marked.append(Marked(len(text), len(text) + len(found[2]), KINDS[found[1]]))
        text, at = text + found[2], found.end()
    return Made(text + line[at:], tuple(marked))
