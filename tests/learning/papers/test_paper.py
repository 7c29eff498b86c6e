"""A paper is a file with a name that says what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.papers.document import Quote
from learning.papers.paper import NAME_LIMIT_CHARS, file_name, write_paper
from tests.learning.papers.samples import a_document


@pytest.mark.parametrize(("format", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("md", b"<!-- co-creation plan")])
def test_paper_is_what_its_name_says(format: str, begins: bytes) -> None:
    """The content is of the kind that the ending promises."""
    paper = write_paper(a_document(Quote("x"), title="Our club"), format)

    assert paper.name == f"Our-club-2026-11-26.{format}"
    assert paper.content.startswith(begins)


def test_format_that_is_none_is_an_error() -> None:
    """Nobody gets an empty file."""
    with pytest.raises(KeyError):
        write_paper(a_document(), "exe")


@given(title=st.text())
def test_file_name_is_harmless(title: str) -> None:
    """No folder, no control character, no leading dot, and never too long."""
    name = file_name(title, "pdf", "2026-05-04")

    assert not set(name) & set('/\\:*?"<>|\n\r\t\x00')
    assert not name.startswith((".", "-"))
    assert name.endswith("2026-05-04.pdf")
    assert len(name) <= NAME_LIMIT_CHARS + 20
