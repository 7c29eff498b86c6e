"""A person's words in Markdown look as they were written, and are read back exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from learning.papers.escaping import escape, read_quote, unescape, write_quote
from tests.learning.papers.samples import TEXTS

MARKED = st.text("ab \n\\`*_[]<>&#+-=~|$.:1)!\t\r\x0b\x85\u2028;", max_size=60)


@given(text=st.one_of(MARKED, st.text()))
def test_quote_read_back_is_the_text(text: str) -> None:
    """Whatever was written, also where an editor would change blanks or line ends."""
    assert read_quote(write_quote(text)) == text


@given(text=st.one_of(MARKED, st.text()))
def test_quote_has_no_line_that_an_editor_would_change(text: str) -> None:
    """Each line begins as a quotation, ends without a blank, and holds no other line end."""
    for line in write_quote(text):
        assert line.startswith("> ")
        assert line[2:].strip() == line[2:]
        assert len(line.splitlines()) == 1


@given(text=MARKED)
def test_quote_is_shown_as_it_was_written(text: str) -> None:
    """Markdown makes no heading, list, link or emphasis of it, and no markup."""
    html = MarkdownIt("commonmark").render("\n".join(write_quote(text)))

    for tag in ("<h", "<ul", "<ol", "<em", "<strong", "<a ", "<code", "<hr", "<img", "<pre"):
        assert tag not in html


@pytest.mark.parametrize("text", TEXTS)
def test_text_of_any_kind_survives(text: str) -> None:
    """Scripts, emoji, formulas and markup."""
    assert read_quote(write_quote(text)) == text


@pytest.mark.parametrize(
    ("line", "written"),
    [("=cmd", "\\=cmd"), ("1. one", "1\\. one"), ("a # b", "a # b"), ("<b>", "\\<b\\>"), (" x ", "&#32;x&#32;")],
)
def test_line_is_escaped_where_needed_only(line: str, written: str) -> None:
    """What means nothing to Markdown stays readable."""
    assert escape(line) == written
    assert unescape(written) == line
