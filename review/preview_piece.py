"""One bubble of a preview, filled into the tutor's own responses, as each door shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nh3
from markupsafe import Markup

from knowledge.markup import parse_yaml
from settings import ROOT
from telling.cards import Bubble
from telling.telegram import TAGS, to_telegram
from telling.web import to_html


@dataclass(frozen=True)
class Piece:
    """One bubble. ``line`` is where it stands in the file; ``buttons`` are those that the content names."""

    where: str
    line: int
    web: Markup
    telegram: Markup
    sources: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()


def make_piece(
    where: str, line: int, bubble: Bubble, sources: Iterable[str] = (), buttons: Iterable[str] = ()
) -> Piece:
    """Fill a bubble, and show it as the page and as Telegram do."""
    text = _responses()[bubble.response].format_map(bubble.values)
    shown = nh3.clean(to_telegram(text), tags=set(TAGS), attributes={"a": {"href"}})
    return Piece(where, line, Markup(to_html(text)), Markup(shown), tuple(sources), tuple(buttons))  # noqa: S704 - clean


@lru_cache(maxsize=1)
def _responses(file: Path = ROOT / "domain.yml") -> dict[str, str]:
    """Read what the tutor says, by the name of each response: the first of its variants."""
    responses = parse_yaml(file.read_text(encoding="utf-8"), file.name)["responses"]
    return {str(name): str(variants[0].get("text", "")) for name, variants in responses.items()}
