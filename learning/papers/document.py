"""What a paper is made of, whatever it is written as. Text is plain: no mark in it means anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Level = Literal[2, 3]


@dataclass(frozen=True)
class Heading:
    """A heading; the title of the whole paper is level 1."""

    text: str
    level: Level = 2


@dataclass(frozen=True)
class Paragraph:
    """A few sentences; ``small`` ones are remarks, ``leads`` ones stay with what follows."""

    text: str
    small: bool = False
    leads: bool = False


@dataclass(frozen=True)
class Points:
    """A list."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """The person's own words, with their own line ends; ``mark`` is the id by which they are read back, if any."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Figure:
    """A drawing as SVG, what it shows in words, and the same as lines of text where no picture can be.

    ``page_share`` is how much of a page's height it takes at most, 0 to 1.
    """

    svg: str
    alt: str
    lines: tuple[str, ...]
    page_share: float = 0.5


@dataclass(frozen=True)
class Reference:
    """One source: its number in the paper, what it is called, and its address or none."""

    number: int
    text: str
    url: str


@dataclass(frozen=True)
class References:
    """The list of sources."""

    sources: tuple[Reference, ...]


Block = Heading | Paragraph | Points | Quote | Figure | References


@dataclass(frozen=True)
class Document:
    """A paper. ``kind`` is what it is read back as; ``footer`` stands on every page, beside its number.

    ``is_brief`` says that it should be one page, for somebody who has a minute.
    """

    kind: Literal["plan", "notes"]
    title: str
    subtitle: str
    footer: str
    made_on: date
    blocks: tuple[Block, ...]
    language: str = "en"
    is_brief: bool = False
