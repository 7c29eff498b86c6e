"""A paper as a file: its name, its kind, and what is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from learning.papers.document import Document
from learning.papers.markdown_writer import write_markdown

NAME_LIMIT_CHARS = 50
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
}
_NO_NAME = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Paper:
    """A file to take away."""

    name: str
    media_type: str
    content: bytes


def write_paper(document: Document, format: str) -> Paper:
    """Write a document as ``pdf``, ``docx`` or ``md``.

    Raises:
        KeyError: There is no such format.
    """
    media_type = MEDIA_TYPES[format]
    return Paper(file_name(document.title, format, str(document.made_on)), media_type, _write(document, format))


def file_name(title: str, format: str, day: str) -> str:
    """Name a file after its title, in letters of any script, without what a file system minds.

    Example:
        >>> file_name("Homework: club / 2", "pdf", "2026-05-04")
        'Homework-club-2-2026-05-04.pdf'
    """
    stem = _NO_NAME.sub("-", title)[:NAME_LIMIT_CHARS].strip("-_")
    return f"{'-'.join(filter(None, (stem, day)))}.{format}"


def _write(document: Document, format: str) -> bytes:
    """Write it; the libraries are loaded when they are first needed, since most programs never write a paper."""
    if format == "md":
        return write_markdown(document)
    if format == "docx":
        from learning.papers.docx_writer import write_docx

        return write_docx(document)
    from learning.papers.pdf_writer import write_pdf

    return write_pdf(document)
