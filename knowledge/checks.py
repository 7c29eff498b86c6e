"""Every rule about content, put together. Each room of rules stands in a module of its own, ``..._checks``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from knowledge.coverage_checks import check_coverage
from knowledge.data_checks import check_all_data
from knowledge.entry_checks import check_all_entries
from knowledge.errors import Problem
from knowledge.language_checks import check_all_language
from knowledge.lesson_checks import check_all_lessons
from knowledge.model import Knowledge
from knowledge.question_checks import check_all_questions
from knowledge.readability import count_words
from knowledge.reading_checks import check_all_reading
from knowledge.source_checks import check_all_sources
from knowledge.stage_checks import check_all_stages

__all__ = ["check", "count_words"]
ROOMS: tuple[Callable[[Knowledge], Iterator[Problem]], ...] = (
    check_all_lessons,
    check_all_entries,
    check_all_questions,
    check_all_data,
    check_all_stages,
    check_all_sources,
    check_all_language,
    check_all_reading,
    check_coverage,
)


def check(knowledge: Knowledge) -> list[Problem]:
    """Check all content.

    Returns:
        What is wrong, in the order of files and lines; empty when all is well.
    """
    return sorted(set(chain.from_iterable(room(knowledge) for room in ROOMS)))
