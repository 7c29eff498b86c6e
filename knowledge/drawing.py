"""Drawings as PNG, for doors that show no SVG; always the same picture, because only the fonts beside this count."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import resvg_py

FONTS = Path(__file__).resolve().parent / "fonts"
FONT_FILES = (FONTS / "DejaVuSans.ttf", FONTS / "DejaVuSans-Bold.ttf", FONTS / "NotoEmoji-Regular.ttf")
WIDTH_PIXELS = 1080
PAPER = "#eef3f1"


class DrawingError(ValueError):
    """An SVG that cannot be drawn; the text says why."""


def to_png(svg: str, width: int = WIDTH_PIXELS) -> bytes:
    """Draw an SVG document on light paper.

    Args:
        svg: The document; all that it shows stands in it.
        width: Of the picture, in pixels; its height follows.

    Returns:
        A PNG file.

    Raises:
        DrawingError: The document is no SVG.
    """
    fonts = [str(path) for path in FONT_FILES]
    try:
        png = resvg_py.svg_to_bytes(
            svg_string=svg, width=width, background=PAPER, skip_system_fonts=True, font_files=fonts
        )
    except ValueError as error:
        raise DrawingError(f"not a drawing: {error}") from error
    return bytes(png)


def file_to_png(drawing: Path) -> bytes:
    """Draw an SVG file; drawn once as long as the file stays the same.

    Raises:
        DrawingError: The file is no SVG.
        OSError: It cannot be read.
    """
    return _draw_once(drawing, drawing.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _draw_once(drawing: Path, changed_at: int) -> bytes:
    try:
        return to_png(drawing.read_text(encoding="utf-8"))
    except (DrawingError, UnicodeDecodeError) as error:
        raise DrawingError(f"{drawing.name}: {error}") from error
