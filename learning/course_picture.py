"""The way through the course as a drawing: themes with their lessons, each done, begun or ahead. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from learning.drawn_text import safe, shorten
from learning.progress import Themed, ThemedLesson

WIDTH, TOP, HEADING, LINE, FOOT = 720, 96, 76, 50, 40
TITLE_LIMIT_CHARS, LINE_LIMIT_CHARS = 34, 40
LEFT = 64
_STYLE = """
    text { font: 24px "DejaVu Sans", Verdana, sans-serif; fill: #f1f8f6 }
    .b { font-weight: 700 }
    .mid { text-anchor: middle }
    .end { text-anchor: end; fill: #b9ded6 }
    .sky { fill: #0b3f3a }
    .thread { stroke: #8fc9be; stroke-width: 3 }
    .done { fill: #f6d3b3; stroke: #f6d3b3; stroke-width: 3 }
    .half { fill: #f6d3b3 }
    .open { fill: #0b3f3a; stroke: #8fc9be; stroke-width: 3 }
    .tick { fill: none; stroke: #0b3f3a; stroke-width: 4 }
"""
_TICK = '<path d="M-6 0l4 5 8-10" class="tick"/>'
_MARKS = {
    "done": f'<circle r="13" class="done"/>{_TICK}',
    "begun": '<circle r="13" class="open"/><path d="M0-13a13 13 0 0 0 0 26z" class="half"/>',
    "open": '<circle r="13" class="open"/>',
}


def course_size(themes: Sequence[Themed]) -> tuple[int, int]:
    """Return width and height of the drawing, in its own units."""
    return WIDTH, TOP + sum(HEADING + LINE * len(theme.lessons) for theme in themes) + FOOT


def draw_course(title: str, themes: Sequence[Themed], described: str) -> str:
    """Draw how far a learner is.

    Args:
        title: What stands at the top.
        themes: The themes in order, with what is done in them.
        described: What the picture says, in words.

    Returns:
        An SVG document, with text escaped and without any script or link.
    """
    width, height = course_size(themes)
    parts, top = [], TOP
    for theme in themes:
        parts.append(_draw_theme(theme, top))
        top += HEADING + LINE * len(theme.lessons)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="course-title course-desc">\n'
        f'  <title id="course-title">{safe(title)}</title>\n'
        f'  <desc id="course-desc">{safe(described)}</desc>\n'
        f"  <style>{_STYLE}  </style>\n"
        f'  <rect width="{width}" height="{height}" rx="24" class="sky"/>\n'
        f'  <text x="{width // 2}" y="64" class="b mid">{safe(title)}</text>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _draw_theme(theme: Themed, top: int) -> str:
    first, last = top + HEADING, top + HEADING + LINE * (len(theme.lessons) - 1)
    heading = (
        f'  <text x="{LEFT - 16}" y="{top + 38}" class="b">{safe(shorten(theme.title, TITLE_LIMIT_CHARS))}</text>\n'
        f'  <text x="{WIDTH - LEFT + 16}" y="{top + 38}" class="end">{theme.done}/{len(theme.lessons)}</text>\n'
        f'  <path d="M{LEFT} {first}V{last}" class="thread"/>\n'
    )
    return heading + "\n".join(
        _draw_lesson(lesson, first + LINE * number) for number, lesson in enumerate(theme.lessons)
    )


def _draw_lesson(lesson: ThemedLesson, y: int) -> str:
    return (
        f'  <g transform="translate({LEFT} {y})">{_MARKS[lesson.state]}'
        f'<text x="32" y="8">{safe(shorten(lesson.title, LINE_LIMIT_CHARS))}</text></g>'
    )
