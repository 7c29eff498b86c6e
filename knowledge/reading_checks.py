"""Rules about how hard a text is to read, with an exception where its file says why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Literal

from knowledge.errors import Problem
from knowledge.model import Knowledge, Passage
from knowledge.readability import reading_grade
from knowledge.rules import problem

Kind = Literal["card", "answer", "simpler", "longer"]
GRADE_LIMITS: dict[Kind, float] = {"card": 13.0, "answer": 13.0, "simpler": 8.0}  # US school grades
GRADE_AIMS: dict[Kind, str] = {"card": "9 or less", "answer": "9 or less", "simpler": "6"}
MEDIAN_GRADE_LIMIT = 9.0


@dataclass(frozen=True)
class Graded:
    """A text with its reading grade; ``card`` is any step that is read, ``longer`` what is read on request."""

    kind: Kind
    passage: Passage
    grade: float


@lru_cache(maxsize=8_192)
def _grade(text: str) -> float:
    """Grade a text of the course; those that stay when some of the content changes are graded already."""
    return reading_grade(text)


def grade_all(knowledge: Knowledge) -> list[Graded]:
    """Grade cards, stories, reflections and all sections of entries; about a millisecond each."""
    return [Graded(kind, passage, _grade(passage.text)) for kind, passage in _all_passages(knowledge)]


def _all_passages(knowledge: Knowledge) -> Iterator[tuple[Kind, Passage]]:
    for lesson in knowledge.lessons.values():
        yield from (("card", card.body) for card in lesson.cards)
    for entry in knowledge.entries.values():
        yield "answer", entry.answer
        if entry.simpler:
            yield "simpler", entry.simpler
        yield from (("longer", passage) for passage in (entry.more, entry.example) if passage)


def check_all_reading(knowledge: Knowledge) -> Iterator[Problem]:
    """Check the grade of each text, and the middle of all cards and answers."""
    graded = grade_all(knowledge)
    for one in graded:
        yield from _check_grade(one)
    middle = median([one.grade for one in graded if one.kind in ("card", "answer")] or [0.0])
    if middle > MEDIAN_GRADE_LIMIT:
        told = f"half of all cards and answers are above reading grade {middle:.1f}; at most {MEDIAN_GRADE_LIMIT:.0f}"
        yield problem(knowledge.course.place, f"{told}, and tutor check --readability shows which files to begin with")


def _check_grade(one: Graded) -> Iterator[Problem]:
    limit, reason = GRADE_LIMITS.get(one.kind), one.passage.reading
    is_hard = limit is not None and one.grade > limit
    if reason == "":
        yield problem(one.passage.place, "{reading: } without a reason; say why this text may be hard to read")
    elif reason and not is_hard:
        yield problem(one.passage.place, "{reading: ...} excuses nothing, as this text is not too hard; take it out")
    elif is_hard and not reason:
        told = f"reading grade {one.grade:.1f}; at most {limit:.0f}, aim at {GRADE_AIMS[one.kind]}"
        mend = "split sentences, use plainer words, or say why not in {reading: ...}"
        yield problem(one.passage.place, f"{told}: {mend}")
