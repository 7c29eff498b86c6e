"""What stands where something was hidden."""

from __future__ import annotations

from typing import NamedTuple

MAIL, PHONE, NUMBER, NAME, LINK = "[mail]", "[phone]", "[number]", "[name]", "[link]"
ACCOUNT, ADDRESS = "[account]", "[address]"


class Span(NamedTuple):
    """A piece of a text that is hidden: its place in characters, and the word that stands for it."""

    start: int
    end: int
    kind: str
