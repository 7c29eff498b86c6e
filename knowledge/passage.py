"""The smallest pieces of content: a few sentences, what they rest on, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where something stands, for messages to authors. Lines count from 1."""

    file: str
    line: int


@dataclass(frozen=True)
class Source:
    """A publication that content rests on."""

    key: str
    title: str
    author: str
    year: str
    url: str


@dataclass(frozen=True)
class Passage:
    """A few sentences in Markdown, the keys of their sources, a note on what is our own in them, and a picture.

    ``reading`` says why a text may be harder to read than others.
    """

    text: str
    sources: tuple[str, ...]
    place: Place
    note: str | None = None
    image: str | None = None
    reading: str | None = None
