"""A paper as PDF: tagged, with bookmarks, page numbers and its own fonts; no heading stands alone at a page's end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timezone
from io import BytesIO

from fpdf.prefs import ViewerPreferences

from knowledge.drawing import to_png
from learning.papers.document import Block, Document, Figure, Heading, Paragraph, Points, Quote, References
from learning.papers.pdf_sheet import BLUE, DARK, GREY, MISSING, TOGETHER_LINES, Line, Sheet, Style
from learning.papers.plain import clean
from learning.papers.words import say

TITLE = Style("/H1", 22, 9.5, 2, bold=True, colour=DARK)
SUBTITLE = Style("/P", 11, 5.5, 3, colour=GREY)
HEADINGS = {
    2: Style("/H2", 14, 6.5, 1.5, before_mm=4, bold=True, colour=DARK),
    3: Style("/H3", 10, 4.9, 1, before_mm=1.5, bold=True, colour=DARK),
}
TEXT = Style("/P", 10, 5.1, 2.5)
LEAD = replace(TEXT, after_mm=2)
SMALL = Style("/P", 8.5, 4.2, 2.5, colour=GREY)
POINT = Style("/LI", 10, 4.9, 0.8, indent_mm=4)
QUOTE = Style("/BlockQuote", 10, 5.1, 2, indent_mm=4, has_bar=True)
SOURCE = Style("/LI", 8.5, 4.2, 0, indent_mm=7)
ADDRESS = Style("/P", 8.5, 4.0, 1.0, indent_mm=7, colour=BLUE)
BOOKMARK_LIMIT_CHARS = 80
TIGHTER = (0.95, 0.9, 0.86)  # the smallest letters are then 7 points high, and answers 8.6


def write_pdf(document: Document) -> bytes:
    """Write a paper as PDF; one that should be a single page a little smaller, if that makes it one."""
    whole, pages = _write_scaled(document, 1.0)
    for scale in TIGHTER if document.is_brief and pages > 1 else ():
        tight, pages = _write_scaled(document, scale)
        if pages == 1:
            return tight
    return whole


def _write_scaled(document: Document, scale: float) -> tuple[bytes, int]:
    """Return the paper, and how many pages it has."""
    sheet = Sheet(document.footer, scale)
    try:
        return _fill(sheet, document), sheet.page_no()
    finally:
        sheet.close_fonts()


def _fill(sheet: Sheet, document: Document) -> bytes:
    _describe(sheet, document)
    sheet.add_page()
    sheet.write_lines(sheet.set_lines(document.title, TITLE), TITLE)
    sheet.write_lines(sheet.set_lines(document.subtitle, SUBTITLE), SUBTITLE)
    for number, block in enumerate(document.blocks):
        if sheet.room_mm() < _least_mm(sheet, document.blocks[number:]):
            sheet.add_page()
        _write(sheet, block)
    if sheet.has_missing:
        sheet.write_lines(sheet.set_lines(say("unprintable", mark=MISSING), SMALL), SMALL)
    return bytes(sheet.output())


def _describe(sheet: Sheet, document: Document) -> None:
    sheet.set_title(clean(document.title))
    sheet.set_subject(clean(document.subtitle))
    sheet.set_lang(document.language)
    sheet.set_creation_date(datetime.combine(document.made_on, datetime.min.time(), timezone.utc))
    sheet.viewer_preferences = ViewerPreferences(display_doc_title=True)


def _least_mm(sheet: Sheet, blocks: Sequence[Block]) -> float:
    """Tell how much room the next block needs on a page, with what must not be parted from it."""
    if not blocks:
        return 0.0
    block = blocks[0]
    if isinstance(block, Figure):
        return _picture_mm(sheet, block)[1]
    text, style = _text_of(block)
    lines = sheet.set_lines(text, style)
    if isinstance(block, References):
        address = sheet.set_lines(block.sources[0].url, ADDRESS) if block.sources else []
        return len(lines) * style.line_mm + len(address) * ADDRESS.line_mm
    if isinstance(block, Heading) or (isinstance(block, Paragraph) and block.leads):
        return style.before_mm + len(lines) * style.line_mm + style.after_mm + _least_mm(sheet, blocks[1:])
    count = len(lines) if len(lines) < 2 * TOGETHER_LINES else TOGETHER_LINES
    return style.before_mm + count * style.line_mm


def _text_of(block: Block) -> tuple[str, Style]:
    """Return the text with which a block begins, and how it looks."""
    if isinstance(block, Heading):
        return block.text, HEADINGS[block.level]
    if isinstance(block, Paragraph):
        return block.text, SMALL if block.small else LEAD if block.leads else TEXT
    if isinstance(block, Points):
        return "".join(block.texts[:1]), POINT
    if isinstance(block, References):
        return "".join(one.text for one in block.sources[:1]), SOURCE
    assert isinstance(block, Quote)
    return block.text, QUOTE


def _write(sheet: Sheet, block: Block) -> None:
    if isinstance(block, Figure):
        _write_figure(sheet, block)
    elif isinstance(block, Points):
        _write_points(sheet, block)
    elif isinstance(block, References):
        _write_references(sheet, block)
    else:
        text, style = _text_of(block)
        lines = sheet.set_lines(text, style)
        if isinstance(block, Heading):
            name = " ".join(clean(text).split())[:BOOKMARK_LIMIT_CHARS]
            sheet.start_section(name, block.level - 2, strict=False)
        sheet.write_lines(lines, style)


def _write_figure(sheet: Sheet, block: Figure) -> None:
    width, height = _picture_mm(sheet, block)
    left = (sheet.w - width) / 2
    sheet.image(BytesIO(to_png(block.svg)), x=left, y=sheet.y, w=width, h=height, alt_text=clean(block.alt))
    sheet.y += height + 3


def _picture_mm(sheet: Sheet, block: Figure) -> tuple[float, float]:
    """Return width and height of a picture on the page: as wide as the text, or as high as its share of a page."""
    wide, high = (float(one) for one in block.svg.partition('viewBox="0 0 ')[2].partition('"')[0].split())
    scale = min(sheet.epw / wide, sheet.eph * block.page_share / high)
    return wide * scale, high * scale


def _write_points(sheet: Sheet, block: Points) -> None:
    for text in block.texts:
        first, *others = sheet.set_lines(text, POINT)
        _write_hanging(sheet, "•", [first, *others], POINT)


def _write_references(sheet: Sheet, block: References) -> None:
    for one in block.sources:
        lines, address = sheet.set_lines(one.text, SOURCE), sheet.set_lines(one.url, ADDRESS) if one.url else []
        if sheet.room_mm() < len(lines) * SOURCE.line_mm + len(address) * ADDRESS.line_mm:
            sheet.add_page()
        _write_hanging(sheet, f"{one.number}.", lines, SOURCE)
        top = sheet.y
        if address:
            sheet.write_lines(address, ADDRESS)
            sheet.link(sheet.l_margin, top, sheet.epw, sheet.y - top - ADDRESS.after_mm, one.url)


def _write_hanging(sheet: Sheet, mark: str, lines: list[Line], style: Style) -> None:
    """Write lines with a mark before the first, which stays on its page."""
    if sheet.room_mm() < len(lines) * style.line_mm:
        sheet.add_page()
    if not lines[0].is_turned:
        sheet.write_mark(mark, style)
    sheet.write_lines(lines, style)
