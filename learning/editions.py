"""What a lesson was made of when a learner was last in it, and what an author changed since.

A place in a lesson names a step by its key. To find that step again in another edition, and to say what changed, the
keys of each edition are kept, in their order, with a fingerprint of each step.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from database import reading
from knowledge.model import Card, Lesson, Step
from learning import tables

Outline = tuple[tuple[str, str], ...]  # key and fingerprint of each step, in order


@dataclass(frozen=True)
class Edit:
    """How many steps are new, reworded and gone; ``is_step_gone`` when the learner's own step is."""

    new: int
    reworded: int
    gone: int
    is_step_gone: bool


def outline(lesson: Lesson) -> Outline:
    """Write down what a lesson is made of."""
    return tuple((step.key, _fingerprint(step)) for step in lesson.steps)


def _fingerprint(step: Step) -> str:
    if isinstance(step, Card):
        told = [step.kind, step.body.text, step.note or ""]
    else:
        told = [step.kind, step.stem.text, step.hint]
        told += [f"{option.text}{option.is_right}{option.feedback.text}" for option in step.options]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]


def find_edit(before: Outline, after: Outline, key: str) -> Edit | None:
    """Compare two editions, for a learner at a step.

    Returns:
        None when no step differs; a step that only has another title counts as the same. All numbers are 0 when the
        edition before is not known, or only the order changed.
    """
    if before == after:
        return None
    if not before:
        return Edit(0, 0, 0, is_step_gone=False)
    old, new = dict(before), dict(after)
    renamed = {mark for one, mark in before if one not in new} & {mark for one, mark in after if one not in old}
    added = sum(one not in old and mark not in renamed for one, mark in after)
    gone = sum(one not in new and mark not in renamed for one, mark in before)
    reworded = sum(one in old and old[one] != mark for one, mark in after)
    if not (added or gone or reworded) and renamed:
        return None
    return Edit(added, reworded, gone, is_step_gone=key in old and find_again(before, after, key) is None)


def find_again(before: Outline, after: Outline, key: str) -> str | None:
    """Find a step in another edition: by its key, or by its words under another title. None when it is gone."""
    if key in dict(after):
        return key
    mark = dict(before).get(key)
    return next((one for one, other in after if mark and other == mark), None)


def nearest(before: Outline, after: Outline, key: str) -> str | None:
    """Find the step that a learner goes on with when theirs is gone: the next one of the old order that is left.

    Returns:
        A key of ``after``; None when nothing is left of what followed, or the edition before is not known.
    """
    keys = [one for one, _ in before]
    following = keys[keys.index(key) + 1 :] if key in keys else []
    return next((found for one in following if (found := find_again(before, after, one))), None)


def keep_editions(engine: Engine, lessons: Iterable[Lesson]) -> None:
    """Keep what each lesson is made of now; what is kept already stays."""
    for lesson in lessons:
        with reading(engine) as connection:
            is_kept = bool(edition_of(connection, lesson.id, lesson.version))
        values = {"lesson_id": lesson.id, "version": lesson.version, "steps": json.dumps(outline(lesson))}
        if not is_kept:
            with suppress(IntegrityError), engine.begin() as connection:  # another process may be as quick
                connection.execute(tables.lesson_edition.insert().values(**values))


def edition_of(connection: Connection, lesson_id: str, version: str) -> Outline:
    """Return what an edition of a lesson was made of; nothing when it was never kept."""
    table = tables.lesson_edition
    query = sa.select(table.c.steps).where(table.c.lesson_id == lesson_id, table.c.version == version)
    steps = connection.execute(query).scalar_one_or_none()
    return tuple((key, mark) for key, mark in json.loads(steps)) if steps else ()
