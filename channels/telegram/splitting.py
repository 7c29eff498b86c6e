"""Cutting a text to what Telegram takes at once, at the end of a paragraph or sentence, with no tag left open."""

from __future__ import annotations

import re

MESSAGE_LIMIT_UNITS = 4096
CAPTION_LIMIT_UNITS = 1024
_UNIT = re.compile(r"<[^<>]*>|&#?\w{1,8};|.", re.DOTALL)
_OPENING = re.compile(r"<(\w+)[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_EMPTY = re.compile(r"<(\w+)[^<>]*>(\s*)</\1>")
_SENTENCE_ENDS = (".", "!", "?", "…", ":")


def count_units(text: str) -> int:
    """Count as Telegram does: UTF-16 code units, so that most emoji are two.

    Example:
        >>> count_units("a👍")
        3
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_html(text: str, limit_units: int = MESSAGE_LIMIT_UNITS) -> list[str]:
    """Split HTML into pieces of at most ``limit_units`` each, tags counted too; each piece is whole by itself.

    Args:
        text: With tags that are closed in the order in which they were opened.
        limit_units: UTF-16 code units; much more than the tags that are open at one place.

    Returns:
        At least one piece, unless there is nothing to show. What is no blank keeps its order.
    """
    pieces = []
    while units := _UNIT.findall(_without_empty_tags(text).strip()):
        end = _fitting(units, limit_units)
        end = end if end == len(units) else _break_before(units, end)
        still_open = _open_tags(units[:end])
        pieces.append("".join(units[:end]).rstrip() + "".join(_closing(tag) for tag in reversed(still_open)))
        text = "".join([*still_open, *_without_leading_blanks(units[end:])])
    return [piece for piece in pieces if _TAG.sub("", piece).strip()]


def _without_empty_tags(text: str) -> str:
    """Take tags away that hold nothing but blanks: they show nothing, and only take room."""
    count = 1
    while count:
        text, count = _EMPTY.subn(r"\2", text)
    return text


def _fitting(units: list[str], limit_units: int) -> int:
    """Return how many units fit, with the tags that would have to be closed after them; at least one more than tags."""
    tags: list[str] = []
    size = closing = 0
    for number, unit in enumerate(units):
        size += count_units(unit)
        if _is_tag(unit):
            _follow(tags, unit)
            closing = sum(len(_closing(tag)) for tag in tags)
        if size + closing > limit_units and not all(_is_tag(one) for one in units[:number]):
            return number
    return len(units)


def _break_before(units: list[str], end: int) -> int:
    """Find the best place to cut in the second half: after a paragraph, a line, a sentence, a word; else at the end."""
    ranked = [(_rank(units, place), place) for place in range(end, end // 2, -1)]
    rank, place = max(ranked, default=(0, end))
    return place if rank else end


def _rank(units: list[str], place: int) -> int:
    before = units[place - 1]
    if not before.isspace():
        return 0
    if before == "\n":
        return 4 if place > 1 and units[place - 2] == "\n" else 3
    words = next((unit for unit in reversed(units[max(place - 4, 0) : place - 1]) if not _is_tag(unit)), "")
    return 2 if words.endswith(_SENTENCE_ENDS) else 1


def _open_tags(units: list[str]) -> list[str]:
    tags: list[str] = []
    for unit in units:
        if _is_tag(unit):
            _follow(tags, unit)
    return tags


def _follow(tags: list[str], unit: str) -> None:
    if _OPENING.fullmatch(unit):
        tags.append(unit)
    elif tags:
        tags.pop()


def _closing(tag: str) -> str:
    found = _OPENING.fullmatch(tag)
    return f"</{found.group(1)}>" if found else ""


def _is_tag(unit: str) -> bool:
    return len(unit) > 2 and unit.startswith("<")


def _without_leading_blanks(units: list[str]) -> list[str]:
    start = next((n for n, unit in enumerate(units) if not unit.isspace()), len(units))
    return units[start:]
