"""What can be wrong with content, said so that an author can mend it."""

from __future__ import annotations

from dataclasses import dataclass


class KnowledgeError(Exception):
    """Root of the errors of this package."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one place: ``file:line: what is wrong and what would be right``."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class ContentError(KnowledgeError):
    """Content that cannot be used as it stands; ``problems`` names every place."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class EncoderError(KnowledgeError):
    """The sentence encoder's files are missing or are not the pinned ones."""


class IndexFileError(KnowledgeError):
    """The stored index is missing, or was made from other content or by another encoder."""
