"""Checking all content, and telling how hard it is to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

from knowledge.checks import check
from knowledge.loader import CONTENT, read_knowledge
from knowledge.reading_checks import Graded, Kind, grade_all

HARD_GRADE = 11.0  # writers aim to stay below it; the rules allow a little more
GROUPS: dict[Kind, str] = {
    "card": "all cards and answers",
    "answer": "all cards and answers",
    "simpler": "all simpler answers",
    "longer": "all that is read on request",
}


def check_content(folder: Path = CONTENT, *, is_graded: bool = False) -> int:
    """Print every problem of the content in a folder.

    Args:
        folder: Where the content is.
        is_graded: Print the reading grades of all files as well, before the problems.

    Returns:
        0 when all is well, 1 when anything is wrong.
    """
    knowledge, problems = read_knowledge(folder)
    if knowledge is not None:
        if is_graded:
            print("\n".join(readability_table(grade_all(knowledge))), end="\n\n")
        problems = sorted({*problems, *check(knowledge)})
    for problem in problems:
        print(problem)
    if problems or knowledge is None:
        print(f"{len(problems)} to mend")
        return 1
    counts = f"{len(knowledge.lessons)} lessons, {len(knowledge.entries)} answers, {len(knowledge.pilots)} pilots"
    print(f"all well: {counts}, {len(knowledge.glossary)} terms, {len(knowledge.sources)} sources")
    return 0


def readability_table(graded: Iterable[Graded]) -> Iterator[str]:
    """Yield a table of reading grades, one line a file, and below it the whole by kind of text."""
    by_file: dict[str, list[float]] = defaultdict(list)
    by_group: dict[str, list[float]] = defaultdict(list)
    for one in graded:
        by_file[one.passage.place.file].append(one.grade)
        by_group[GROUPS[one.kind]].append(one.grade)
    head = "reading grade (Flesch-Kincaid)"
    width = max(map(len, (head, *by_file, *by_group)))
    yield f"{head:{width}}  median  highest  above {HARD_GRADE:.0f}"
    yield from (_row(name, grades, width) for name, grades in sorted(by_file.items()))
    yield ""
    yield from (_row(name, grades, width) for name, grades in by_group.items())


def _row(name: str, grades: list[float], width: int) -> str:
    above = sum(grade > HARD_GRADE for grade in grades)
    return f"{name:{width}}  {median(grades):6.1f}  {max(grades):7.1f}  {above:8}"
