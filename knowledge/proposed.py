"""Content as it would be with some files changed, read and checked before anything is changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.checks import check
from knowledge.errors import Problem
from knowledge.loader import read_knowledge
from knowledge.model import Knowledge
from knowledge.reading_memo import ReadingMemo

Texts = Mapping[str, str | None]  # by path from the content's folder; None: the file goes
_READ = ReadingMemo()  # one for all: the same name and the same bytes always read alike


class ProposedContent:
    """Reads content with changes laid over it; what did not change is read once only.

    Args:
        folder: Where the content is; it is never written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, texts: Texts) -> tuple[Knowledge | None, list[Problem]]:
        """Read and check the content as it would be.

        Returns:
            The content, or None when a file that stands alone cannot be read; and every problem, as ``tutor check``
            tells it, with files named from the content's folder.
        """
        with TemporaryDirectory(prefix="tutor-content-") as name:
            self._lay_over(Path(name), texts)
            knowledge, problems = read_knowledge(Path(name), _READ)
        if knowledge is not None:
            problems = [*problems, *check(knowledge)]
        return knowledge, sorted(set(problems))

    def _lay_over(self, place: Path, texts: Texts) -> None:
        """Make a folder that holds the changed files, and links to all others."""
        for path in self._folder.rglob("*"):
            name = path.relative_to(self._folder).as_posix()
            if path.is_file() and name not in texts:
                target = place / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.symlink_to(path.resolve())
        for name, text in texts.items():
            if text is not None:
                target = place / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(text.encode("utf-8"))
