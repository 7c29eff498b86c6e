"""Reading the examples of distress, and of what only sounds like it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import ContentError, Problem
from knowledge.markup import parse_yaml, read_text
from knowledge.report import Report

DISTRESS_FILE = Path(__file__).resolve().parent / "content" / "distress.yml"


@dataclass(frozen=True)
class DistressExamples:
    """Texts that tell of danger or despair (``told``), and texts that sound grave and are not (``calm``)."""

    told: tuple[str, ...]
    calm: tuple[str, ...]


def read_distress(path: Path = DISTRESS_FILE) -> DistressExamples:
    """Read the examples.

    Raises:
        ContentError: A list is missing, or a text stands twice; each problem names file and line.
    """
    file = path.name
    report, data = Report(file), parse_yaml(read_text(path, file), file)
    told, calm = report.texts(data, "told"), report.texts(data, "calm")
    problems = [*report.problems, *_twice((*told, *calm), file)]
    if problems:
        raise ContentError(problems)
    return DistressExamples(told, calm)


def _twice(texts: tuple[str, ...], file: str) -> list[Problem]:
    seen: set[str] = set()
    found = []
    for text in texts:
        if text.lower() in seen:
            found.append(Problem(file, 1, f"'{text}' stands twice; keep it where it belongs"))
        seen.add(text.lower())
    return found
