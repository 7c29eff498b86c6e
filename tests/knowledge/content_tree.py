"""A small, complete and right body of content, in ``garden``, to be broken in one place by a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.checks import check
from knowledge.errors import Problem
from knowledge.loader import load_knowledge, read_knowledge
from knowledge.model import Knowledge

LESSON = "lessons/system/01-garden.md"
SHARING = "answers/system/sharing.md"
TOOLS = "answers/system/tools.md"
PILOT = "pilots/north.yml"
STAGE = "roadmap/1-begin.yml"

GARDEN = Path(__file__).parent / "garden"
FILES = {
    path.relative_to(GARDEN).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(GARDEN.rglob("*"))
    if path.is_file()
}


def broken(name: str, old: str, new: str, at: str, gist: str) -> pytest.ParameterSet:
    """Make a case: the edit, how the line begins that is blamed, and what is said of it."""
    return pytest.param(name, old, new, at, gist, id=f"{name.partition('/')[0]}: {gist}")


class ContentTree:
    """The content's folder on disk, and what the rules say about it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file, exactly these bytes or this text."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        return path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def line(self, name: str, text: str) -> int:
        """Return the first line of a file that begins with a text, counting from 1."""
        lines = (self.folder / name).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if line.strip().startswith(text))

    def problems(self) -> list[Problem]:
        """Return everything that is wrong, as ``tutor check`` finds it."""
        knowledge, problems = read_knowledge(self.folder)
        return sorted({*problems, *(check(knowledge) if knowledge else [])})

    def knowledge(self) -> Knowledge:
        """Return the content."""
        return load_knowledge(self.folder)
