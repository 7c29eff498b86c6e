"""Loading all content at once, from one folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from knowledge.data_files import read_course, read_glossary, read_pilot, read_planned, read_sources
from knowledge.entry_file import read_entry
from knowledge.errors import ContentError, Problem
from knowledge.lesson_file import read_lesson
from knowledge.model import Entry, Knowledge, Lesson, Pilot, Place, Stage
from knowledge.picture_file import read_pictures
from knowledge.plan_files import read_comparison, read_stage
from knowledge.premise_files import (
    read_corrections,
    read_evaluation,
    read_facets,
    read_languages,
    read_places,
    read_practice,
    read_refusals,
)
from knowledge.reading_memo import Read, ReadingMemo
from knowledge.word_file import read_labels

EVALUATION_FILE = "evaluation.yml"
CONTENT = Path(__file__).resolve().parent / "content"
Thing = TypeVar("Thing", Lesson, Entry, Pilot, Stage)
ALONE: dict[str, tuple[str, Callable[[Path, str], Read]]] = {  # files that stand alone, by what they hold
    "course": ("course.yml", read_course),
    "glossary": ("glossary.yml", read_glossary),
    "sources": ("sources.yml", read_sources),
    "planned": ("planned.yml", read_planned),
    "comparison": ("comparison.yml", read_comparison),
    "pictures": ("images/images.yml", read_pictures),
    "places": ("places.yml", read_places),
    "facets": ("facets.yml", read_facets),
    "languages": ("languages.yml", read_languages),
    "refusals": ("refusals.yml", read_refusals),
    "practice": ("practice.yml", read_practice),
    "evaluation": (EVALUATION_FILE, read_evaluation),
    "corrections": ("corrections.yml", read_corrections),
    "labels": ("words.yml", read_labels),
}


def load_knowledge(folder: Path = CONTENT, memo: ReadingMemo | None = None) -> Knowledge:
    """Load content that is known to be right.

    Raises:
        ContentError: Anything is wrong with the form of a file; ``tutor check`` finds more.
    """
    knowledge, problems = read_knowledge(folder, memo)
    if problems or knowledge is None:
        raise ContentError(problems)
    return knowledge


def read_knowledge(folder: Path = CONTENT, memo: ReadingMemo | None = None) -> tuple[Knowledge | None, list[Problem]]:
    """Read every file as far as it can be read.

    Args:
        folder: Where the content is.
        memo: Knows the files that were read before, when content is read again and again.

    Returns:
        The content, or None when the course map or another file that stands alone cannot be read; and what is
        wrong with the files' form.
    """
    problems: list[Problem] = []
    memo = memo or ReadingMemo()
    lessons = _read_each(folder, "lessons/**/*.md", read_lesson, problems, memo)
    entries = _read_each(folder, "answers/**/*.md", read_entry, problems, memo)
    pilots = _read_each(folder, "pilots/*.yml", read_pilot, problems, memo)
    stages = _read_each(folder, "roadmap/*.yml", read_stage, problems, memo)
    alone = {name: _read_one(folder, file, read, problems, memo) for name, (file, read) in ALONE.items()}
    found = {name: one for name, one in alone.items() if one is not None}
    if len(found) < len(alone):
        return None, problems
    knowledge = Knowledge(
        lessons=lessons,
        entries=entries,
        pilots=pilots,
        stages=stages,
        version=content_version(folder),
        source_places=found["sources"][1],
        planned_lessons=found["planned"][1],
        planned_places=found["planned"][2],
        planned_place=Place(_name(folder, folder / "planned.yml"), 1),
        drawings={path.stem: Place(_name(folder, path), 1) for path in sorted(folder.glob("images/*.svg"))},
        **{name: one[0] for name, one in found.items()},
    )
    return knowledge, problems


def _read_one(
    folder: Path, name: str, read: Callable[[Path, str], Read], problems: list[Problem], memo: ReadingMemo
) -> Read | None:
    """Read a file that stands alone; what is wrong with it goes to the others' problems."""
    path, file = folder / name, _name(folder, folder / name)
    try:
        is_alone = read is not read_pictures  # they look at the drawings beside their list
        found = memo.read(path, file, read) if is_alone else read(path, file)
    except ContentError as error:
        problems += error.problems
        return None
    problems += found[-1]
    return found


def _read_each(
    folder: Path,
    pattern: str,
    read: Callable[[Path, str], tuple[Thing, list[Problem]]],
    problems: list[Problem],
    memo: ReadingMemo,
) -> dict[str, Thing]:
    things: dict[str, Thing] = {}
    for path in sorted(folder.glob(pattern)):
        if path.name.startswith("."):  # an editor's lock or a Mac's own file, and no author's
            continue
        try:
            thing, found = memo.read(path, _name(folder, path), read)
        except ContentError as error:
            problems += error.problems
            continue
        problems += found
        if thing.id in things:
            other = things[thing.id].place.file
            problems.append(Problem(_name(folder, path), 1, f"id '{thing.id}' is taken by {other}; ids are unique"))
        things[thing.id] = thing
    return things


def content_version(folder: Path = CONTENT) -> str:
    """Fingerprint of every content file: the same bytes give the same 16 letters."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".md", ".yml", ".svg") and not path.name.startswith(".") and path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _name(folder: Path, path: Path) -> str:
    """Name a file as an author sees it, from the project's root where it is the project's own content."""
    base = CONTENT.parent.parent if folder == CONTENT else folder
    return path.relative_to(base).as_posix()
