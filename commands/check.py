"""Checking all content."""

from __future__ import annotations

from pathlib import Path

from knowledge.checks import check
from knowledge.loader import CONTENT, read_knowledge


def check_content(folder: Path = CONTENT) -> int:
    """Print every problem of the content in a folder.

    Returns:
        0 when all is well, 1 when anything is wrong.
    """
    knowledge, problems = read_knowledge(folder)
    if knowledge is not None:
        problems = sorted({*problems, *check(knowledge)})
    for problem in problems:
        print(problem)
    if problems or knowledge is None:
        print(f"{len(problems)} to mend")
        return 1
    counts = f"{len(knowledge.lessons)} lessons, {len(knowledge.entries)} answers, {len(knowledge.pilots)} pilots"
    print(f"all well: {counts}, {len(knowledge.glossary)} terms, {len(knowledge.sources)} sources")
    return 0
