"""A copy of the course's content that a test may change, and sound changes of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from knowledge.loader import CONTENT

ENTRY = "answers/system/value.md"
LESSON = "lessons/system/01-phenomenon.md"
TOLD, TOLD_ANEW = "You cannot deliver value like a parcel.", "You cannot hand over value like a parcel."


def copy_content(folder: Path) -> Path:
    """Copy the content into a folder of a test's own."""
    shutil.copytree(CONTENT, folder / "content")
    return folder / "content"


def text_of(folder: Path, path: str = ENTRY) -> str:
    """Return what a file holds."""
    return (folder / path).read_text(encoding="utf-8")


def reworded(folder: Path) -> str:
    """Return the entry's text with one sentence in other words, which passes the check."""
    return text_of(folder).replace(TOLD, TOLD_ANEW)
