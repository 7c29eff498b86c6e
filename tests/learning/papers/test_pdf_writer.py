"""The PDF holds every text with letters for it, tagged, numbered, and with no heading alone at a page's end."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as raw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL.Image import Image

from learning.papers.document import Document, Heading, Paragraph, Points, Quote
from learning.papers.pdf_sheet import MISSING
from learning.papers.pdf_writer import write_pdf
from learning.papers.plan_document import SHORT_LIMIT_CHARS
from learning.papers.words import say
from tests.learning.papers.samples import (
    ARABIC,
    EMOJI,
    ENGLISH,
    ESTONIAN,
    GREEK,
    HEBREW,
    LONG,
    LONG_WORD,
    ODD,
    POLISH,
    TEXTS,
    a_document,
    a_long_plan,
    a_plan,
    a_short_plan,
    question_ids,
)

FROM_THE_LEFT = (POLISH, GREEK, ESTONIAN, ENGLISH, EMOJI, ODD, LONG_WORD, LONG)


def pages_of(document: Document) -> list[str]:
    """Write a paper, and read the text of its pages."""
    with pypdfium2.PdfDocument(write_pdf(document)) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def letters(text: str) -> str:
    """Return a text without blanks, line ends and compatibility forms, so that line breaks make no difference."""
    return re.sub(r"[\s\ufe0f\xad\ufffe\x02]", "", unicodedata.normalize("NFKC", text))


def darkest(image: Image) -> int:
    """Return the darkest grey of a picture, from 0 for black to 255."""
    return int(image.getextrema()[0])


def tags_of(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield the kinds of the tagged parts of a page, in order."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    for number in range(raw.FPDF_StructTree_CountChildren(tree)):
        top = raw.FPDF_StructTree_GetChildAtIndex(tree, number)
        for child in range(raw.FPDF_StructElement_CountChildren(top)):
            element = raw.FPDF_StructElement_GetChildAtIndex(top, child)
            buffer = ctypes.create_string_buffer(40)
            raw.FPDF_StructElement_GetType(element, buffer, 40)
            yield buffer.raw.decode("utf-16-le").rstrip("\0")


@pytest.fixture(scope="module")
def long_plan() -> Iterator[pypdfium2.PdfDocument]:
    """Give a plan of some twelve pages."""
    with pypdfium2.PdfDocument(write_pdf(a_long_plan())) as pdf:
        yield pdf


@pytest.mark.parametrize("text", FROM_THE_LEFT, ids=lambda text: text[:9])
def test_text_written_can_be_read_out_again(text: str) -> None:
    """Every character is there to be searched and read aloud, none is a box."""
    told = "".join(re.sub(r"A footer\s+\d of \d", "", page) for page in pages_of(a_document(Quote(text))))

    assert letters(text) in letters(told)
    assert MISSING not in told


@pytest.mark.parametrize("text", [ARABIC, HEBREW])
def test_text_from_right_to_left_has_every_word(text: str) -> None:
    """Each word can be found, and the text stands at the right."""
    with pypdfium2.PdfDocument(write_pdf(a_document(Quote(text)))) as pdf:
        page = pdf[0]
        told = page.get_textpage().get_text_bounded()
        right = page.render(scale=1).to_pil().convert("L").crop((490, 100, 524, 200))  # where the text begins

    assert darkest(right) < 100
    for word in text.rstrip(".").split():
        assert letters(word) in letters(told) or letters(word[::-1]) in letters(told)


def test_fonts_have_every_letter_that_is_written(caplog: pytest.LogCaptureFixture) -> None:
    """The library has no letter to complain of, in any script."""
    write_pdf(a_document(*(Quote(text) for text in (*TEXTS, "中 हिन्दी ไทย \x07"))))

    assert [one for one in caplog.messages if "glyph" in one] == []


def test_character_that_no_font_has_is_marked_and_said() -> None:
    """It is not left out in silence: a mark stands in its place, and a remark says where it can be read."""
    told = "\n".join(pages_of(a_document(Quote("中 and 文"))))

    assert told.count(MISSING) >= 2
    assert letters(say("unprintable", mark=MISSING)) in letters(told)


@settings(max_examples=15)
@given(text=st.text(min_size=1, max_size=300))
def test_paper_is_made_of_any_text(text: str) -> None:
    """No text breaks the writing, wherever it stands."""
    document = a_document(Heading(text), Paragraph(text), Points((text,)), Quote(text), title=text)

    assert pages_of(document)


def test_short_plan_has_few_pages() -> None:
    """Three answers and the picture stand on the first page; sources end it."""
    pages = pages_of(a_short_plan())

    assert len(pages) <= 3
    assert letters(POLISH) in letters(pages[0]) and "Prepare: 3/6" not in pages[0]


def test_long_plan_has_some_twelve_pages_with_numbers(long_plan: pypdfium2.PdfDocument) -> None:
    """Each page tells its number and how many there are."""
    count = len(long_plan)

    assert 10 <= count <= 16
    for number, page in enumerate(long_plan, 1):
        assert f"{number} of {count}" in page.get_textpage().get_text_bounded()


def test_no_heading_stands_alone_at_the_end_of_a_page(long_plan: pypdfium2.PdfDocument) -> None:
    """The last tagged part of a page is never a heading, and something of the next part stands under each."""
    for page in long_plan:
        tags = [tag for tag in tags_of(page) if tag != "Lbl"]

        assert tags and tags[-1] not in ("H1", "H2", "H3")


def test_parts_are_tagged_for_readers_that_speak(long_plan: pypdfium2.PdfDocument) -> None:
    """Title, headings, the picture, quotations, lists: each is what it is."""
    tags = [tag for page in long_plan for tag in tags_of(page)]

    assert tags.count("H1") == 1 and tags[0] == "H1"
    assert tags.count("H2") >= 9 and tags.count("H3") >= 42
    assert tags.count("Figure") == 1
    assert {"P", "BlockQuote", "LI", "Lbl"} <= set(tags)


def test_bookmarks_are_the_headings(long_plan: pypdfium2.PdfDocument) -> None:
    """Stages are on the first level, questions under them."""
    marks = list(long_plan.get_toc())

    assert [mark.get_title() for mark in marks if mark.level == 0][:2] == ["Prepare", "Co-initiate"]
    assert sum(mark.level == 1 for mark in marks) >= 42


def test_paper_says_title_and_language() -> None:
    """Its title is what a window shows, and its language what a voice speaks."""
    content = write_pdf(a_document(title="A club"))

    with pypdfium2.PdfDocument(content) as pdf:
        assert pdf.get_metadata_value("Title") == "A club"
    assert b"/Lang (en)" in content and b"/DisplayDocTitle true" in content and b"/Marked true" in content


def test_nothing_runs_off_the_page(long_plan: pypdfium2.PdfDocument) -> None:
    """The margins of every page are empty."""
    for page in long_plan:
        image = page.render(scale=1).to_pil().convert("L")
        margins = [(0, 0, 50, image.height), (image.width - 48, 0, image.width, image.height), (0, 0, image.width, 40)]

        assert all(darkest(image.crop(box)) > 250 for box in margins)


def test_same_paper_is_written_the_same() -> None:
    """Nothing of the machine or the moment is in it."""
    document = a_document(Quote(ENGLISH))

    assert write_pdf(document) == write_pdf(document)


@pytest.mark.parametrize("first", range(0, 42, 6))
@pytest.mark.parametrize("count", [1, 2, 4, 6])
def test_short_plan_is_made_to_fit_one_page(first: int, count: int) -> None:
    """As much as a short plan may hold, in any stage, also with the remark on who is missing, is one page."""
    text = (ENGLISH * 10)[: SHORT_LIMIT_CHARS // count]

    (page,) = pages_of(a_plan(dict.fromkeys(question_ids()[first : first + count], text), "A long name " * 6))

    assert "1 of 1" in page


def test_long_paper_keeps_its_size() -> None:
    """Only a paper that is to be one page is made smaller."""
    text = Quote(LONG)

    with pypdfium2.PdfDocument(write_pdf(a_document(*[text] * 3))) as pdf:
        sizes = {page.get_size() for page in pdf}

    assert len(sizes) == 1 and sizes.pop() == pytest.approx((595.28, 841.89), abs=0.1)


def test_paper_made_smaller_is_still_a4() -> None:
    """Letters and distances are smaller, the page is not."""
    text = (ENGLISH * 10)[:SHORT_LIMIT_CHARS]

    with pypdfium2.PdfDocument(write_pdf(a_plan({question_ids()[0]: text}, "A long name " * 6))) as pdf:
        size = pdf[0].get_size()

    assert size == pytest.approx((595.28, 841.89), abs=0.1)


@pytest.mark.parametrize("text", [ENGLISH, POLISH, GREEK, ESTONIAN, ARABIC])
def test_plan_hardly_begun_is_one_page_with_its_sources(text: str) -> None:
    """Three short answers, what is open, and what helped elsewhere with sources make one page for a manager."""
    (page,) = pages_of(a_plan(dict.fromkeys(question_ids()[:3], text)))

    assert say("open_questions") in page and say("catalysts") in page and say("sources") in page
