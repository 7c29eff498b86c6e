"""Drawings become PNG that Telegram takes: large enough to read, on light paper, with the fonts shipped here."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from knowledge.drawing import PAPER, WIDTH_PIXELS, DrawingError, file_to_png, to_png
from knowledge.picture_file import DRAWINGS

TELEGRAM_SIDES_PIXELS = 10_000
TELEGRAM_RATIO = 20
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">{0}</svg>'


def opened(png: bytes) -> Image.Image:
    """Open a picture."""
    return Image.open(BytesIO(png)).convert("RGB")


@pytest.mark.parametrize("drawing", sorted(DRAWINGS.glob("*.svg")), ids=lambda path: path.stem)
def test_every_drawing_of_the_course_fits_telegram(drawing: Path) -> None:
    """Width and height together, and one against the other, are what Telegram takes; and something is drawn."""
    picture = opened(file_to_png(drawing))

    assert picture.width == WIDTH_PIXELS
    assert picture.width + picture.height <= TELEGRAM_SIDES_PIXELS
    assert picture.height / picture.width <= TELEGRAM_RATIO
    assert len(picture.getcolors(maxcolors=picture.width * picture.height) or []) > 2


def test_text_is_drawn_with_the_shipped_fonts() -> None:
    """Letters of many scripts leave ink, also where a machine has no fonts."""
    words = '<text x="10" y="60" font-family="DejaVu Sans" font-size="30">{0}</text>'
    empty = to_png(SVG.format(""))

    for text in ("Öö", "Żź", "Ψω", "سلام"):
        assert to_png(SVG.format(words.format(text))) != empty


def test_paper_is_light() -> None:
    """What a drawing leaves free is light, whatever the colours of the chat."""
    red, green, blue = (int(PAPER[at : at + 2], 16) for at in (1, 3, 5))

    assert opened(to_png(SVG.format(""))).getpixel((5, 5)) == (red, green, blue)


def test_changed_drawing_is_drawn_anew(tmp_path: Path) -> None:
    """A drawing that the course team changed is not the old one."""
    drawing = tmp_path / "one.svg"
    drawing.write_text(SVG.format(""), encoding="utf-8")
    before = file_to_png(drawing)
    drawing.write_text(SVG.format('<rect width="100" height="100"/>'), encoding="utf-8")

    assert file_to_png(drawing) != before


@pytest.mark.parametrize("text", ["", "<html>", "\x00", "no drawing at all"])
def test_what_is_no_drawing_is_named(tmp_path: Path, text: str) -> None:
    """A broken file is an error with its name."""
    drawing = tmp_path / "broken.svg"
    drawing.write_text(text, encoding="utf-8")

    with pytest.raises(DrawingError, match=r"broken\.svg"):
        file_to_png(drawing)
