"""The Roadmap of one project as a star map: a star for each question, filled where it is answered. Pure.

The drawing names its parts for those who cannot see it; the words that it shows are given, not made here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from learning.drawn_text import safe, shorten
from learning.plan import StageStatus, ids_of

COLUMN, ROW, TOP = 360, 250, 130
NAME_LIMIT_CHARS = 34
ACROSS = 2  # on a phone
ACROSS_ON_PAPER = 4
ACROSS_IN_A_BAND = 7  # a low picture, for a paper of one page
WIDTH = COLUMN * ACROSS
RING = 62
LINE = 34
TITLE_LIMIT_CHARS = 18
_STAR = "M0-{0}L{1}-{1}L{0} 0L{1} {1}L0 {0}L-{1} {1}L-{0} 0L-{1}-{1}Z"
_STYLE = """
    text { font: 26px "DejaVu Sans", Verdana, sans-serif; fill: #f1f8f6; text-anchor: middle }
    .b { font-weight: 700 }
    .sky { fill: #0b3f3a }
    .thread { fill: none; stroke: #8fc9be; stroke-width: 3 }
    .full { fill: #f6d3b3; stroke: #f6d3b3; stroke-width: 3 }
    .open { fill: #0b3f3a; stroke: #8fc9be; stroke-width: 3 }
"""


def plan_size(stages: int, across: int = ACROSS) -> tuple[int, int]:
    """Return width and height of the drawing, in its own units."""
    return COLUMN * across, TOP + ROW * math.ceil(stages / across)


def draw_plan(name: str, status: Sequence[StageStatus], described: str, across: int = ACROSS) -> str:
    """Draw how far a plan is.

    Args:
        name: The project's name, as its owner wrote it.
        status: The stages in order, with what is answered in them.
        described: What the picture says, in words.
        across: How many stages stand side by side.

    Returns:
        An SVG document, with text escaped and without any script or link.
    """
    width, height = plan_size(len(status), across)
    places = [_place(number, len(status), across) for number in range(len(status))]
    stages = "\n".join(_draw_stage(one, *place) for one, place in zip(status, places, strict=True))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="plan-title plan-desc">\n'
        f'  <title id="plan-title">{safe(name)}</title>\n'
        f'  <desc id="plan-desc">{safe(described)}</desc>\n'
        f"  <style>{_STYLE}  </style>\n"
        f'  <rect width="{width}" height="{height}" rx="24" class="sky"/>\n'
        f'  <text x="{width // 2}" y="60" class="b">{safe(shorten(name, NAME_LIMIT_CHARS))}</text>\n'
        f"{stages}\n</svg>\n"
    )


def _place(number: int, count: int, across: int) -> tuple[int, int]:
    """Place a constellation, so many in a row; those of a row that is not full stand in its middle."""
    row = number // across
    in_row = min(across, count - row * across)
    x = (COLUMN * (across - in_row) + COLUMN * (2 * (number % across) + 1)) // 2
    return x, TOP + ROW * row + RING


def _draw_stage(status: StageStatus, x: int, y: int) -> str:
    ids = ids_of(status.stage)
    points = [_point(number, len(ids), x, y) for number in range(len(ids))]
    thread = "L".join(f"{left} {top}" for left, top in points)
    stars = "\n".join(
        f'  <path transform="translate({left} {top})" d="{_star(one in status.answered)}" '
        f'class="{"full" if one in status.answered else "open"}"/>'
        for one, (left, top) in zip(ids, points, strict=True)
    )
    below = "\n".join(
        f'  <text x="{x}" y="{y + RING + 56 + LINE * number}">{safe(line)}</text>'
        for number, line in enumerate(_label(status.stage.title, f"{len(status.answered)}/{len(ids)}"))
    )
    return f'  <path d="M{thread}" class="thread"/>\n{stars}\n{below}'


def _label(title: str, count: str) -> list[str]:
    """Write what stands under a constellation, in two lines where one would run into its neighbour's.

    Example:
        >>> _label("Prepare", "3/6"), _label("Co-govern and sustain", "0/6")
        (['Prepare: 3/6'], ['Co-govern and sustain', '0/6'])
    """
    return [f"{title}: {count}"] if len(title) <= TITLE_LIMIT_CHARS else [title, count]


def _point(number: int, count: int, x: int, y: int) -> tuple[int, int]:
    """Place a star on a wide ring, now nearer and now farther, so that it looks like a constellation."""
    angle = 2 * math.pi * number / max(count, 1) - math.pi / 2
    reach = RING * (1.0 if number % 2 else 0.7)
    return round(x + 1.9 * reach * math.cos(angle)), round(y + reach * math.sin(angle))


def _star(is_full: bool) -> str:
    size = 18 if is_full else 12
    return _STAR.format(size, round(size / 3.6))
