"""The Markdown file shows the paper's parts as what they are."""

from __future__ import annotations

from markdown_it import MarkdownIt

from learning.papers.document import Figure, Heading, Paragraph, Points, Quote, Reference, References
from learning.papers.markdown_writer import write_markdown
from tests.learning.papers.samples import ODD, a_document


def test_parts_are_written_as_what_they_are() -> None:
    """Headings, lists, quotations, the picture in lines, and sources with their addresses."""
    document = a_document(
        Heading("Two *stars*"),
        Paragraph("A remark", small=True),
        Points(("one", "two")),
        Quote("Ann's words", "roadmap.a.b"),
        Figure("<svg/>", "said", ("★☆  Prepare",)),
        References((Reference(1, "A page.", "https://a.org"),)),
    )

    lines = write_markdown(document).decode().split("\n")

    assert lines[0] == "<!-- co-creation plan 1 -->"
    for line in (
        "# A title",
        "## Two \\*stars\\*",
        "*A remark*",
        "- one",
        "<!-- answer roadmap.a.b -->",
        "> Ann's words",
        "- ★☆  Prepare",
        "1. A page. <https://a.org>",
    ):
        assert line in lines


def test_markup_of_an_answer_stays_words() -> None:
    """Rendered, it shows what was typed, and adds no heading, link or script."""
    html = MarkdownIt("commonmark").render(write_markdown(a_document(Quote(ODD))).decode())

    assert html.count("<h1") == 1 and "<h2" not in html
    assert "<script" not in html and "<a " not in html and "<b>" not in html
    assert "=cmd|' /C calc'!A0" in html
