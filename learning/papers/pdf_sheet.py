"""Sheets of a PDF: fonts for many scripts, lines that keep together, and tags that say what each part is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Literal

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from knowledge.drawing import FONTS
from learning.papers.lines import break_text
from learning.papers.plain import clean, is_right_to_left
from learning.papers.words import say

A4_MM, POINTS_IN_MM = (210.0, 297.0), 72 / 25.4
MARGIN_MM, FOOT_MM = 18.0, 19.0
TOGETHER_LINES = 2  # a paragraph leaves at least so many lines on either side of a page's end
MISSING = "\ufffd"
Tag = Literal["/H1", "/H2", "/H3", "/P", "/LI", "/Lbl", "/BlockQuote"]
Colour = tuple[int, int, int]
BLACK, GREY, DARK, BAR, BLUE = (0, 0, 0), (85, 85, 85), (11, 63, 58), (143, 201, 190), (11, 87, 138)


@dataclass(frozen=True)
class Style:
    """How a text looks: points, millimetres, and what it is to a reader that speaks."""

    tag: Tag
    size_pt: float
    line_mm: float
    after_mm: float
    before_mm: float = 0.0
    bold: bool = False
    colour: Colour = BLACK
    indent_mm: float = 0.0
    has_bar: bool = False


@dataclass(frozen=True)
class Line:
    """One line as it is set, and whether it runs from right to left."""

    text: str
    is_turned: bool


class Sheet(FPDF):
    """A4 sheets that are filled from the top.

    Args:
        footer: What stands at the foot of each.
        scale: Makes all smaller, letters and distances alike, where a page has to hold a little more: below 1.
    """

    def __init__(self, footer: str, scale: float = 1.0) -> None:
        super().__init__(unit=POINTS_IN_MM * scale, format=(A4_MM[0] / scale, A4_MM[1] / scale))
        self._scale = scale
        self._footer = footer
        self._set: dict[tuple[str, Style], list[Line]] = {}  # a text is measured more than once before it is written
        self._widths: dict[tuple[str, float, bool], float] = {}
        self.has_missing = False
        self.set_margins(MARGIN_MM, MARGIN_MM)
        self.c_margin = 0.0  # texts, bars and pictures begin at one line
        self.set_auto_page_break(False, FOOT_MM)
        self.add_font("text", "", FONTS / "DejaVuSans.ttf")
        self.add_font("text", "B", FONTS / "DejaVuSans-Bold.ttf")
        self.add_font("emoji", "", FONTS / "NotoEmoji-Regular.ttf")
        self.set_fallback_fonts(["emoji"], exact_match=False)
        self.set_text_shaping(True)
        self._known = {code for key in ("text", "textB", "emoji") for code in self.fonts[key].cmap}  # type: ignore[union-attr]

    def close_fonts(self) -> None:
        """Close the font files, which are read as they are needed."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def footer(self) -> None:
        """Write the foot of a page; readers that speak pass over it."""
        self.set_y(-FOOT_MM + 8)
        self._use(Style("/P", 8, 4, 0, colour=GREY), is_turned=False)
        self._out("/Artifact BMC")
        self.cell(self.epw / 2, 4, self._fit(self.printable(self._footer), self.epw * 0.75))
        self.set_x(MARGIN_MM + self.epw / 2)
        self.cell(self.epw / 2, 4, say("page", number=self.page_no(), total=self.str_alias_nb_pages), align="R")
        self._out("EMC")

    def printable(self, text: str) -> str:
        """Put a mark in the place of each character that no font here has."""
        shown = "".join(char if char == "\n" or ord(char) in self._known else MISSING for char in clean(text))
        self.has_missing |= shown.count(MISSING) > text.count(MISSING)
        return shown

    def room_mm(self) -> float:
        """Tell how much is free on this page."""
        return float(self.h - FOOT_MM - self.y)

    def set_lines(self, text: str, style: Style) -> list[Line]:
        """Break a text into lines of the page's width; each line of its own runs as its letters do."""
        if (text, style) in self._set:
            return self._set[text, style]
        lines: list[Line] = []
        for part in self.printable(text).split("\n"):
            is_turned = is_right_to_left(part)
            self._use(style, is_turned=is_turned)
            width = self.epw - style.indent_mm - 2 * self.c_margin
            measure = partial(self._measure, style=style)
            lines += [Line(one, is_turned) for one in break_text(part, width, measure)]
        self._set[text, style] = lines
        return lines

    def _measure(self, text: str, style: Style) -> float:
        """Tell how wide a text is in the font that is set; each word is measured once."""
        named = (text, style.size_pt, style.bold)
        if named not in self._widths:
            self._widths[named] = self.get_string_width(text)
        return self._widths[named]

    def write_lines(self, lines: Sequence[Line], style: Style) -> None:
        """Write lines, and go to the next page where they do not fit: never with a single line before or after."""
        self.y += style.before_mm if self.y > MARGIN_MM else 0
        rest = list(lines)
        while rest:
            fitting = self._fitting(len(rest), style)
            if not fitting:
                self.add_page()
                continue
            self._write_part(rest[:fitting], style)
            rest = rest[fitting:]
        self.y += style.after_mm

    def _fitting(self, count: int, style: Style) -> int:
        fitting = int((self.room_mm() + 0.01) // style.line_mm)
        if fitting >= count:
            return count
        fitting = min(fitting, count - TOGETHER_LINES)
        return fitting if fitting >= TOGETHER_LINES else 0 if self.y > MARGIN_MM else count

    def _write_part(self, lines: Sequence[Line], style: Style) -> None:
        top = self.y
        with self.tagged(style.tag):
            for line in lines:
                self._use(style, is_turned=line.is_turned)
                self.set_x(MARGIN_MM + (0 if line.is_turned else style.indent_mm))
                width, align = self.epw - style.indent_mm, "R" if line.is_turned else "L"
                self.cell(width, style.line_mm, line.text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        if style.has_bar:
            self._draw_bar(top, is_turned=lines[0].is_turned)

    def write_mark(self, mark: str, style: Style) -> None:
        """Write a bullet or a number before the line that comes next."""
        left, top = self.l_margin, self.y
        self._use(style, is_turned=False)
        with self.tagged("/Lbl"):
            self.cell(style.indent_mm, style.line_mm, mark)
        self.set_xy(left, top)

    def _draw_bar(self, top: float, *, is_turned: bool) -> None:
        self._out("/Artifact BMC")
        self.set_fill_color(*BAR)
        self.rect(self.w - MARGIN_MM - 1 if is_turned else MARGIN_MM, top, 1, self.y - top, style="F")
        self._out("EMC")

    def _use(self, style: Style, *, is_turned: bool) -> None:
        self.set_font("text", "B" if style.bold else "", style.size_pt * self._scale)
        self.set_text_color(*style.colour)
        self.set_text_shaping(True, direction="rtl" if is_turned else "ltr")

    def _fit(self, text: str, width_mm: float) -> str:
        while text and self.get_string_width(text) > width_mm:
            text = text[:-1]
        return text

    @contextmanager
    def tagged(self, tag: Tag) -> Iterator[None]:
        """Say what is written inside. The library tags pictures by itself, texts only by these parts of it."""
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=tag, mcid=number)
        self._out(f"/P <</MCID {number}>> BDC")
        yield
        self._out("EMC")
