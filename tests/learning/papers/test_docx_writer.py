"""The Word file opens, holds every text, runs each paragraph its way, and describes its picture."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from learning.papers.document import Document, Figure, Heading, Paragraph, Points, Quote
from learning.papers.docx_writer import write_docx
from learning.papers.plain import clean
from tests.learning.papers.samples import ARABIC, ENGLISH, HEBREW, LONG, TEXTS, a_document, a_long_plan


def opened(document: Document) -> WordDocument:
    """Write a paper and open it again."""
    return docx.Document(BytesIO(write_docx(document)))


@pytest.mark.parametrize("text", [*TEXTS, LONG])
def test_text_of_any_kind_survives(text: str) -> None:
    """What was written is there, line by line."""
    lines = [one.text for one in opened(a_document(Quote(text))).paragraphs if one.style and one.style.name == "Quote"]

    assert "\n".join(lines) == text


@settings(max_examples=30)
@given(text=st.text(min_size=1))
def test_file_opens_whatever_is_in_it(text: str) -> None:
    """Characters that no such file may hold are left out; the rest is there."""
    word = opened(a_document(Heading(text), Quote(text), Points((text,)), Paragraph(text), title=text))

    quoted = [one.text for one in word.paragraphs if one.style and one.style.name == "Quote"]
    assert "\n".join(quoted) == clean(text)


def test_paragraph_runs_as_its_letters_do() -> None:
    """Arabic and Hebrew run from the right and stand at the right; English does not."""
    word = opened(a_document(Quote(f"{ARABIC}\n{ENGLISH}"), Quote(HEBREW)))

    quoted = [one for one in word.paragraphs if one.style and one.style.name == "Quote"]
    turned = [one._p.pPr is not None and one._p.pPr.find(qn("w:bidi")) is not None for one in quoted]
    assert turned == [True, False, True]
    assert [one.runs[0].font.rtl for one in quoted] == [True, None, True]


def test_headings_are_headings_and_keep_with_what_follows() -> None:
    """The outline of Word shows them, and none stands alone at a page's end."""
    word = opened(a_document(Heading("Stage"), Heading("Question", 3)))

    styles = [one.style for one in word.paragraphs[2:] if one.style]
    assert [style.name for style in styles] == ["Heading 2", "Heading 3"]
    assert all(style.paragraph_format.keep_with_next for style in styles)


def test_file_says_what_it_is() -> None:
    """Title and language are in its properties, and nobody's name is."""
    properties = opened(a_document(title="A club")).core_properties

    assert (properties.title, properties.language, properties.author) == ("A club", "en", "")


def test_picture_is_described() -> None:
    """Who cannot see it hears what it shows."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"/>'
    word = opened(a_document(Figure(svg, "Two of six", ())))

    assert [shape._inline.docPr.get("descr") for shape in word.inline_shapes] == ["Two of six"]


def test_sources_lead_to_their_pages() -> None:
    """Each address in a long plan is a link."""
    word = opened(a_long_plan())

    links = [one for one in word.part.rels.values() if one.is_external]
    assert len(links) > 10
    assert all(one.target_ref.startswith("http") for one in links)


@pytest.mark.parametrize(("share", "wide_cm"), [(1.0, 16.0), (0.1, 5.14)])
def test_picture_is_as_large_as_its_share_of_the_page(share: float, wide_cm: float) -> None:
    """As wide as the text, or as high as it may be; with no room beside it that would push it off the page."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"/>'
    (shape,) = opened(a_document(Figure(svg, "Two of six", (), share))).inline_shapes

    assert shape.width.cm == pytest.approx(wide_cm, abs=0.01)
    assert shape.height.cm == pytest.approx(wide_cm / 2, abs=0.01)
    assert [shape._inline.get(side) for side in ("distL", "distR")] == ["0", "0"]


def test_line_beside_a_quotation_stands_where_its_text_begins() -> None:
    """At the right of Arabic, at the left of English; two quotations in a row have a line each."""
    word = opened(a_document(Quote(ENGLISH), Quote(ARABIC)))

    english, between, arabic = word.paragraphs[2:]
    bars = arabic._p.pPr.find(qn("w:pBdr"))  # type: ignore[union-attr]
    assert english._p.pPr.find(qn("w:pBdr")) is None  # type: ignore[union-attr]  # its style has it
    assert [(one.tag, one.get(qn("w:val"))) for one in bars] == [(qn("w:left"), "nil"), (qn("w:right"), "single")]
    assert between.text == "" and between.style is not None and between.style.name == "Normal"


def test_letters_from_the_right_have_the_size_and_weight_of_the_others() -> None:
    """Word keeps both apart for Arabic and Hebrew: a title is as large and as bold in them."""
    word = opened(a_document(title=ARABIC))

    for name in ("Title", "Heading 2", "Quote"):
        properties = word.styles[name].element.rPr
        assert properties.find(qn("w:szCs")).get(qn("w:val")) == properties.find(qn("w:sz")).get(qn("w:val"))
    assert word.styles["Title"].font.cs_bold
