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
from knowledge.model import Course, Entry, Knowledge, Lesson, Pilot, Place

CONTENT = Path(__file__).resolve().parent / "content"
Thing = TypeVar("Thing", Lesson, Entry, Pilot)


def load_knowledge(folder: Path = CONTENT) -> Knowledge:
    """Load content that is known to be right.

    Raises:
        ContentError: Anything is wrong with the form of a file; ``tutor check`` finds more.
    """
    knowledge, problems = read_knowledge(folder)
    if problems or knowledge is None:
        raise ContentError(problems)
    return knowledge


def read_knowledge(folder: Path = CONTENT) -> tuple[Knowledge | None, list[Problem]]:
    """Read every file as far as it can be read.

    Returns:
        The content, or None when the course map cannot be read; and what is wrong with the files' form.
    """
    problems: list[Problem] = []
    try:
        course, found = read_course(folder / "course.yml", _name(folder, folder / "course.yml"))
        knowledge = _read_all(folder, course, problems)
    except ContentError as error:
        return None, [*problems, *error.problems]
    except FileNotFoundError as error:
        name = _name(folder, Path(error.filename))
        return None, [*problems, Problem(name, 1, "the file is missing; the course cannot be read without it")]
    return knowledge, [*found, *problems]


def _read_all(folder: Path, course: Course, problems: list[Problem]) -> Knowledge:
    lessons = _read_each(folder, "lessons/**/*.md", read_lesson, problems)
    entries = _read_each(folder, "answers/**/*.md", read_entry, problems)
    pilots = _read_each(folder, "pilots/*.yml", read_pilot, problems)
    glossary, found = read_glossary(folder / "glossary.yml", _name(folder, folder / "glossary.yml"))
    problems += found
    sources, places, found = read_sources(folder / "sources.yml", _name(folder, folder / "sources.yml"))
    problems += found
    planned_name = _name(folder, folder / "planned.yml")
    planned, found = read_planned(folder / "planned.yml", planned_name)
    problems += found
    return Knowledge(
        course,
        lessons,
        entries,
        pilots,
        glossary,
        sources,
        planned,
        content_version(folder),
        places,
        Place(planned_name, 1),
    )


def _read_each(
    folder: Path, pattern: str, read: Callable[[Path, str], tuple[Thing, list[Problem]]], problems: list[Problem]
) -> dict[str, Thing]:
    things: dict[str, Thing] = {}
    for path in sorted(folder.glob(pattern)):
        try:
            thing, found = read(path, _name(folder, path))
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
        if path.suffix in (".md", ".yml"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _name(folder: Path, path: Path) -> str:
    """Name a file as an author sees it, from the project's root where it is the project's own content."""
    base = CONTENT.parent.parent if folder == CONTENT else folder
    return path.relative_to(base).as_posix()
