"""A paper as a Word file, in Word's own styles, so that it can be edited on in any of its programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from knowledge.drawing import to_png
from learning.papers.document import Block, Document, Figure, Heading, Paragraph, Points, Quote, References
from learning.papers.plain import clean, is_right_to_left

FONT = "Arial"  # on every machine, with Arabic, Hebrew and Greek letters
SIDE_CM, HEAD_CM = 2.5, 2.0
TEXT_CM = (21.0 - 2 * SIDE_CM, 29.7 - 2 * HEAD_CM)  # how wide and how high the text of a page may be
NUMBER_CM, SOURCE_PT, PART_PT = 0.9, 9, 6
DARK, GREY = RGBColor(0x0B, 0x3F, 0x3A), RGBColor(0x55, 0x55, 0x55)
SIZES_PT = {"Title": 26, "Heading 2": 16, "Heading 3": 12, "Normal": 11, "Quote": 11, "List Bullet": 11, "Subtitle": 12}


def write_docx(document: Document) -> bytes:
    """Write a paper as a Word file (.docx)."""
    word = docx.Document()
    _prepare(word, document)
    _add(word, document.title, "Title")
    _add(word, document.subtitle, "Subtitle")
    for before, block in zip((None, *document.blocks), document.blocks, strict=False):
        if isinstance(before, Quote) and isinstance(block, Quote):
            _part(word)
        _WRITERS[type(block)](word, block)
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def _prepare(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title, properties.subject = clean(document.title)[:255], clean(document.subtitle)[:255]
    properties.author, properties.comments = "", ""
    properties.language = document.language
    properties.created = properties.modified = datetime.combine(document.made_on, datetime.min.time())
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(SIDE_CM)
    section.top_margin = section.bottom_margin = Cm(HEAD_CM)
    for name, size in SIZES_PT.items():
        _set_style(word.styles[name], size)
    _set_language(word.styles["Normal"], document.language)
    _write_footer(section.footer.paragraphs[0], document.footer)


def _set_style(style: Any, size_pt: int) -> None:
    style.font.size, style.font.name = Pt(size_pt), FONT
    style.font.italic = style.font.cs_italic = False
    _set_turned_size(style.element.get_or_add_rPr(), size_pt)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)
    if style.name.startswith(("Heading", "Title")):
        style.font.color.rgb, style.font.bold, style.font.cs_bold = DARK, True, True
        style.paragraph_format.keep_with_next = True
    if style.name == "Title":  # without the coloured line that Word's own template draws under it
        for line in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(line)
    if style.name == "Subtitle":
        style.font.color.rgb, style.font.bold = GREY, False
    if style.name == "Quote":
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.left_indent = Cm(0.5)
        style.paragraph_format.widow_control = True
        _add_bar(style.element.get_or_add_pPr(), left="single")


def _set_turned_size(properties: Any, size_pt: int) -> None:
    """Set the size of letters that run from right to left: Word keeps it apart from that of all others."""
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), str(2 * size_pt))
    properties.find(qn("w:sz")).addnext(size)


def _add_bar(properties: Any, **sides: str) -> None:
    """Draw a line beside a quotation; its sides are those of the page, also where the text runs from the right."""
    borders = OxmlElement("w:pBdr")
    for side, kind in sides.items():
        bar = OxmlElement(f"w:{side}")
        for name, value in (("val", kind), ("sz", "18"), ("space", "8"), ("color", "8FC9BE")):
            bar.set(qn(f"w:{name}"), value)
        borders.append(bar)
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:bidi", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _set_language(style: Any, language: str) -> None:
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), "en-GB" if language == "en" else language)
    properties.append(lang)


def _add(word: WordDocument, text: str, style: str, *, small: bool = False, leads: bool = False) -> list[WordParagraph]:
    """Add a text, a paragraph for each of its lines, each running as its letters do."""
    made = []
    for line in clean(text).split("\n"):
        paragraph = word.add_paragraph(style=style)
        run = paragraph.add_run(line)
        if small:
            run.font.size, run.font.color.rgb = Pt(9), GREY
        if is_right_to_left(line):
            _turn(paragraph)
        made.append(paragraph)
    for paragraph in made:
        paragraph.paragraph_format.keep_with_next = True if leads else None
    for paragraph in made[:-1]:
        paragraph.paragraph_format.space_after = Pt(2)
    return made


def _turn(paragraph: WordParagraph) -> None:
    """Let a paragraph run from right to left, and stand at the right."""
    bidi = OxmlElement("w:bidi")
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(bidi, "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")
    if paragraph.style is not None and paragraph.style.name == "Quote":
        _add_bar(properties, left="nil", right="single")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT  # the side where it begins: in such a paragraph that is the right
    for run in paragraph.runs:
        run.font.rtl = True


def _write_heading(word: WordDocument, block: Heading) -> None:
    _add(word, block.text, f"Heading {block.level}")


def _write_paragraph(word: WordDocument, block: Paragraph) -> None:
    _add(word, block.text, "Normal", small=block.small, leads=block.leads)


def _write_points(word: WordDocument, block: Points) -> None:
    for text in block.texts:
        _add(word, text, "List Bullet")


def _write_quote(word: WordDocument, block: Quote) -> None:
    _add(word, block.text, "Quote")


def _part(word: WordDocument) -> None:
    """Part two quotations, whose lines at the side would run into one."""
    form = word.add_paragraph(style="Normal").paragraph_format
    form.space_after, form.line_spacing = Pt(0), Pt(PART_PT)


def _write_figure(word: WordDocument, block: Figure) -> None:
    shape = word.add_paragraph().add_run().add_picture(BytesIO(to_png(block.svg)))
    wide, high = TEXT_CM[0], TEXT_CM[1] * block.page_share
    scale = min(Cm(wide) / shape.width, Cm(high) / shape.height)
    shape.width, shape.height = Emu(round(shape.width * scale)), Emu(round(shape.height * scale))
    shape._inline.docPr.set("descr", clean(block.alt))
    for side in ("distT", "distB", "distL", "distR"):  # or some programs leave room beside it, and it runs off the page
        shape._inline.set(side, "0")


def _write_references(word: WordDocument, block: References) -> None:
    for one in block.sources:
        paragraph = word.add_paragraph(f"{one.number}.\t{clean(one.text)} ", style="Normal")
        form = paragraph.paragraph_format
        form.left_indent, form.first_line_indent = Cm(NUMBER_CM), Cm(-NUMBER_CM)
        form.space_after, form.keep_together = Pt(3), True
        paragraph.runs[0].font.size = Pt(SOURCE_PT)
        if one.url:
            _add_link(paragraph, one.url)


def _add_link(paragraph: WordParagraph, url: str) -> None:
    relation = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(url)
    run.font.size = Pt(SOURCE_PT)
    run.font.color.rgb, run.font.underline = RGBColor(0x0B, 0x57, 0x8A), True
    link.append(run._r)
    paragraph._p.append(link)


def _write_footer(paragraph: WordParagraph, text: str) -> None:
    """Write what stands at the foot of each page, with the page's number, which Word counts itself."""
    paragraph.add_run(f"{clean(text)}  ·  ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    for run in (paragraph.runs[0], number := paragraph.add_run("1")):
        run.font.size, run.font.color.rgb = Pt(9), GREY
    field.append(number._r)
    paragraph._p.append(field)


_WRITERS: dict[type[Block], Callable[[WordDocument, Any], None]] = {
    Heading: _write_heading,
    Paragraph: _write_paragraph,
    Points: _write_points,
    Quote: _write_quote,
    Figure: _write_figure,
    References: _write_references,
}
