"""A certificate as a PDF of one page, with the course's own fonts, for names in many scripts."""

from __future__ import annotations

from functools import lru_cache

import segno
from fpdf import FPDF
from fpdf.enums import Align
from fpdf.fonts import TTFFont

from knowledge.drawing import FONTS
from knowledge.model import Course
from learning.certificate_code import group
from learning.certificate_words import MONTHS, say
from learning.certificates_store import Certificate

WIDTH_MM, HEIGHT_MM = 297, 210
EDGE_MM, QR_MM = 12, 42
NAME_POINTS, NAME_LEAST_POINTS = 34, 6
FONT = "DejaVu"
FONT_FILES = {"": FONTS / "DejaVuSans.ttf", "B": FONTS / "DejaVuSans-Bold.ttf"}  # by style
DEEP, INK, MUTED = (12, 98, 90), (20, 33, 30), (73, 90, 85)
QR_LEVEL = "m"


class CertificatePaper:
    """Draws certificates.

    Args:
        course: For its origin.
        home: The tutor's own address.
    """

    def __init__(self, course: Course, home: str) -> None:
        self._course = course
        self._home = home

    def draw(self, certificate: Certificate, name: str, code: str, check: str, address: str) -> bytes:
        """Draw one certificate.

        Args:
            certificate: What was certified.
            name: Whose it is, as they typed it.
            code: 28 letters.
            check: The letters that stand beside the name.
            address: What the QR code leads to, with the name sealed in it.

        Returns:
            A PDF file.
        """
        pdf = _open_page(certificate.certified.course)
        _draw_frame(pdf)
        _write_middle(pdf, certificate, name)
        self._write_proof(pdf, code, check, address)
        self._write_foot(pdf)
        content = bytes(pdf.output())
        _close_fonts(pdf)
        return content

    def _write_proof(self, pdf: FPDF, code: str, check: str, address: str) -> None:
        """Write what the certificate can be checked by: QR code, code and letters."""
        top = 137.0
        left = WIDTH_MM - EDGE_MM - 12 - QR_MM
        _draw_qr(pdf, address, left, top)
        pdf.set_xy(EDGE_MM + 12, top + 12)
        for text, points, color in (
            (say("code", code=group(code)), 13, INK),
            (say("check", check=group(check)), 13, INK),
            (say("scan", address=f"{self._home}/verify"), 10, MUTED),
        ):
            pdf.set_font(FONT, size=points)
            pdf.set_text_color(*color)
            pdf.set_x(EDGE_MM + 12)
            pdf.multi_cell(left - EDGE_MM - 22, points * 0.62, text, align=Align.L, new_x="LMARGIN", new_y="NEXT")

    def _write_foot(self, pdf: FPDF) -> None:
        pdf.set_y(HEIGHT_MM - EDGE_MM - 17)
        for text in (say("honest"), say("independent", origin=self._course.origin.removeprefix("findings of "))):
            _write_line(pdf, text, 8.5, MUTED, 4.8)


def missing_letters(text: str) -> str:
    """Return the characters of a text that the certificate's font cannot show, each once.

    Example:
        >>> missing_letters("Łucja Μαρία Õie ليلى"), missing_letters("王芳")
        ('', '王芳')
    """
    return "".join(dict.fromkeys(char for char in text if ord(char) not in _known() and not char.isspace()))


@lru_cache(maxsize=1)
def _known() -> frozenset[int]:
    """Return what both fonts can show."""
    pdf = _open_page("")
    known = frozenset.intersection(*(frozenset(font.cmap) for font in _fonts(pdf)))
    _close_fonts(pdf)
    return known


def _fonts(pdf: FPDF) -> list[TTFFont]:
    return [font for font in pdf.fonts.values() if isinstance(font, TTFFont)]


def _close_fonts(pdf: FPDF) -> None:
    """Close the font files, which are read as they are needed."""
    for font in _fonts(pdf):
        font.ttfont.close()


def _open_page(title: str) -> FPDF:
    pdf = FPDF(orientation="landscape", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_margin(EDGE_MM + 12)
    pdf.set_title(f"{say('heading')}: {title}")
    pdf.set_lang(say("language"))
    for style, path in FONT_FILES.items():
        pdf.add_font(FONT, style, str(path))
    pdf.set_text_shaping(True)
    pdf.add_page()
    return pdf


def _draw_frame(pdf: FPDF) -> None:
    pdf.set_draw_color(*DEEP)
    for edge, width in ((EDGE_MM - 4, 1.6), (EDGE_MM - 1.5, 0.3)):
        pdf.set_line_width(width)
        pdf.rect(edge, edge, WIDTH_MM - 2 * edge, HEIGHT_MM - 2 * edge)


def _write_middle(pdf: FPDF, certificate: Certificate, name: str) -> None:
    facts = certificate.certified
    basis = "basis" if facts.lessons == facts.lessons_asked else "basis_more"
    numbers = {"lessons": facts.lessons, "lessons_asked": facts.lessons_asked, "score_percent": facts.score_percent}
    issued = certificate.issued_at
    date = f"{issued.day} {MONTHS[issued.month - 1]} {issued.year}"
    pdf.set_y(26)
    _write_line(pdf, say("heading"), 40, DEEP, 19, bold=True)
    _write_line(pdf, say("opening"), 13, MUTED, 11)
    _write_line(pdf, name, _fitting_points(pdf, name), INK, 20, bold=True)
    _write_line(pdf, say("did"), 13, MUTED, 11)
    _write_line(pdf, facts.course, 25, DEEP, 15, bold=True)
    _write_line(pdf, f"{say(basis, hours=f'{facts.hours:g}', **numbers)}.", 11, INK, 9)
    _write_line(pdf, say("dated", date=date, version=facts.version), 11, MUTED, 8)


def _write_line(
    pdf: FPDF, text: str, points: float, color: tuple[int, int, int], height_mm: float, *, bold: bool = False
) -> None:
    pdf.set_font(FONT, "B" if bold else "", points)
    pdf.set_text_color(*color)
    pdf.multi_cell(0, height_mm, text, align=Align.C, new_x="LMARGIN", new_y="NEXT")


def _fitting_points(pdf: FPDF, name: str) -> float:
    """Return the largest size at which a name stands on one line."""
    pdf.set_font(FONT, "B", NAME_POINTS)
    share = (pdf.epw - 4) / max(pdf.get_string_width(name), 1)
    return max(NAME_LEAST_POINTS, min(NAME_POINTS, NAME_POINTS * share))


def _draw_qr(pdf: FPDF, address: str, left: float, top: float) -> None:
    """Draw the squares of a QR code, with the white edge around it that scanners need."""
    rows = [list(row) for row in segno.make(address, error=QR_LEVEL, micro=False).matrix_iter(border=4)]
    side = QR_MM / len(rows)
    pdf.set_fill_color(0, 0, 0)
    for y, row in enumerate(rows):
        for start, length in _runs(row):
            pdf.rect(left + start * side, top + y * side, length * side, side, style="F")


def _runs(row: list[int]) -> list[tuple[int, int]]:
    """Join neighbouring dark squares, so that no hair of light stands between them on screens."""
    runs: list[tuple[int, int]] = []
    for x, is_dark in enumerate(row):
        if is_dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif is_dark:
            runs.append((x, 1))
    return runs
