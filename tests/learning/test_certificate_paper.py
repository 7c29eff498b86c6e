"""The certificate on paper: one page, readable in many scripts, with a QR code that leads where it should."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
import segno

from knowledge.model import Course
from learning.certificate_code import group
from learning.certificate_paper import CertificatePaper, missing_letters
from learning.credential import Addresses
from tests.learning.certificates import CERTIFICATE, CERTIFIED, CODE, a_course

HOME = "https://tutor.example.org"
CHECK = "ABCDEFGH"
ADDRESS = Addresses(HOME).named(CODE, "nR7R_rW89LcellUjWUzHoaaRGDiRtYSuQVB8QFJg")
COURSE: Course = a_course().course
NAMES = ["Łucja Żółć-Śmigielska", "Μαρία Παπαδοπούλου", "Õie Jõesaar-Ülevälja", "Олена Шевченко"]
DARK = 128


def draw(name: str = "Ann", address: str = ADDRESS) -> pypdfium2.PdfDocument:
    """Draw a certificate and open it."""
    pdf = CertificatePaper(COURSE, HOME).draw(CERTIFICATE, name, CODE, CHECK, address)
    return pypdfium2.PdfDocument(pdf)


def text_of(document: pypdfium2.PdfDocument) -> str:
    """Read the text of the only page."""
    return " ".join(document[0].get_textpage().get_text_range().split())


@pytest.mark.parametrize("name", NAMES)
def test_name_stands_on_certificate_as_typed(name: str) -> None:
    """Polish, Greek, Estonian and Ukrainian names can be read and copied, on one page."""
    document = draw(name)

    assert len(document) == 1
    assert name in text_of(document)


def test_arabic_name_is_joined_and_runs_from_the_right() -> None:
    """The letters of an Arabic name are joined: it looks different from its letters one by one, from the left."""
    name = "ليلى عبد الرحمن"

    joined, alone = draw(name), draw("‌".join(name[::-1]))

    assert len(joined) == 1
    assert set(name.split()) <= set(text_of(joined).split())
    assert joined[0].render(scale=1).to_numpy().tobytes() != alone[0].render(scale=1).to_numpy().tobytes()


def test_certificate_says_all_that_can_be_checked() -> None:
    """Course, lessons, hours, criterion, date, state of the course, code, letters, address, and what was unchecked."""
    text = text_of(draw())

    for part in (
        "A course",
        "3 of 3 lessons",
        "1.5 hours",
        "60 %",
        "9 March 2026",
        "state of the course v1",
        group(CODE),
        group(CHECK),
        f"{HOME}/verify",
        "was not checked",
    ):
        assert part in text


def test_certificate_with_more_lessons_than_asked_says_both() -> None:
    """Who did more than was asked for sees it."""
    certificate = replace(CERTIFICATE, certified=replace(CERTIFIED, lessons_asked=2))

    pdf = CertificatePaper(COURSE, HOME).draw(certificate, "Ann", CODE, CHECK, ADDRESS)

    assert "3 lessons (2 were asked for)" in text_of(pypdfium2.PdfDocument(pdf))


@pytest.mark.parametrize("name", ["W" * 80, "Maximiliane-Theodora von und zu " * 2, "x"])
def test_name_of_any_length_leaves_the_rest_in_place(name: str) -> None:
    """A long name is written smaller, on one line, and pushes nothing away."""
    page, usual = draw(name.strip())[0], draw()[0]

    def place_of_course(one: pypdfium2.PdfPage) -> tuple[float, ...]:
        searcher = one.get_textpage().search("A course")
        index, _ = searcher.get_next()
        return tuple(round(edge) for edge in one.get_textpage().get_charbox(index))

    assert place_of_course(page) == place_of_course(usual)


def test_qr_code_on_paper_is_that_of_the_address() -> None:
    """Read square by square from the rendered page, it is the code for the address, with a light edge around it."""
    expected = [[bool(one) for one in row] for row in segno.make(ADDRESS, error="m", micro=False).matrix_iter(border=4)]
    scale = 8.0
    image = draw()[0].render(scale=scale, grayscale=True).to_numpy()
    dots = scale * 72 / 25.4  # pixels a millimetre
    side = 42 * dots / len(expected)
    left, top = (297 - 12 - 12 - 42) * dots, 137 * dots

    found = [
        [bool(image[int(top + (y + 0.5) * side), int(left + (x + 0.5) * side)] < DARK) for x in range(len(expected))]
        for y in range(len(expected))
    ]

    assert found == expected


@pytest.mark.parametrize(("text", "missing"), [("Łucja Μαρία Õie ليلى", ""), ("王芳 Ann", "王芳"), ("Ann 🎓🎓", "🎓")])
def test_characters_without_a_picture_are_named(text: str, missing: str) -> None:
    """What no font of ours can show is told, each once."""
    assert missing_letters(text) == missing
