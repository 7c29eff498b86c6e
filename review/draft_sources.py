"""Whose questions a draft comes from, kept while it is written: a question that is put in other words stays theirs.

Whoever asked may be forgotten at any time; what learning/forgotten_drafts.py then takes out of the draft stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from knowledge.listed import form_of
from learning.draft_lines import hash_of, lines_of, without_lines_that
from review import question_tables as tables
from review.masking import mask
from review.questions import Asked

LIKE = 0.3  # of all words of two lines; from here on one is taken for the other in new words


@dataclass(frozen=True)
class Notice:
    """What an erasure took out of a draft: ``lines`` of lists, and ``places`` in the text."""

    id: int
    draft_path: str
    lines: int
    places: int
    is_seen: bool
    noted_at: datetime


def follow(before: Sequence[str], after: Sequence[str], hints: Sequence[str] = ()) -> dict[str, list[str]]:
    """Tell which new lines may come from each line that is gone.

    Args:
        before: The lines as they were.
        after: The lines as they are.
        hints: Lines of long ago, which may come back in other words.

    Returns:
        By each line that is gone the new ones that are like it. One that is like none may come from any that has just
        gone: rather one example too many is taken out later than one too few.
    """
    was, there = {form_of(line) for line in before}, {form_of(line) for line in after}
    gone = [line for line in before if form_of(line) not in there]
    old = list(dict.fromkeys([*gone, *hints]))
    became: dict[str, list[str]] = {line: [] for line in old}
    for fresh in (line for line in after if form_of(line) not in was):
        like = {line: _likeness(line, fresh) for line in old}
        best = max(like.values(), default=0.0)
        for line in [one for one in old if like[one] == best] if best >= LIKE else gone:
            became[line].append(fresh)
    return became


def _likeness(one: str, other: str) -> float:
    words, others = set(form_of(one).split()), set(form_of(other).split())
    return len(words & others) / len(words | others) if words | others else 0.0


def remember(connection: Connection, path: str, text: str, asked: Iterable[Asked]) -> None:
    """Keep whose questions a draft was begun from: in their own words, and in those in which they stand in its text."""
    own = {one.question_id: " ".join(mask(one.text).split()) for one in asked}
    became = follow(list(dict.fromkeys(own.values())), lines_of(text))
    for one in asked:
        line = own[one.question_id]
        row = {"learner_id": one.learner_id, "draft_path": path, "question_id": one.question_id or None}
        _add(connection, row, line, became.get(line, ()))


def remember_line(connection: Connection, path: str, learner_id: str, line: str) -> None:
    """Keep that a line of a draft is somebody's, in their own words."""
    _insert(connection, {"learner_id": learner_id, "draft_path": path, "question_id": None}, [line], is_verbatim=True)


def follow_lines(connection: Connection, path: str, before: str, after: str) -> None:
    """Keep whose questions the new lines of a draft are."""
    table = tables.desk_draft_question
    rows = connection.execute(sa.select(table).where(table.c.draft_path == path)).mappings().all()
    if not rows:
        return
    became = follow(lines_of(before), lines_of(after), [row["line"] for row in rows])
    known = {(row["learner_id"], form_of(row["line"])) for row in rows}
    by_form = {form_of(old): fresh for old, fresh in became.items()}
    for row in rows:
        fresh = [
            line for line in by_form.get(form_of(row["line"]), ()) if (row["learner_id"], form_of(line)) not in known
        ]
        known |= {(row["learner_id"], form_of(line)) for line in fresh}
        _insert(connection, row, fresh, is_verbatim=False)


def _add(connection: Connection, row: Mapping[str, object], line: str, reworded: Iterable[str]) -> None:
    _insert(connection, row, [line], is_verbatim=True)
    _insert(connection, row, reworded, is_verbatim=False)


def _insert(connection: Connection, row: Mapping[str, object], lines: Iterable[str], *, is_verbatim: bool) -> None:
    kept = {name: row[name] for name in ("learner_id", "draft_path", "question_id")}
    values = [{**kept, "line": line, "is_verbatim": is_verbatim} for line in lines]
    if values:
        connection.execute(tables.desk_draft_question.insert(), values)


def without_forgotten(connection: Connection, path: str, text: str) -> str:
    """Return a text without the lines that an erasure took out, as when somebody saves a page opened before it."""
    table = tables.desk_draft_notice
    rows = connection.execute(sa.select(table.c.salt, table.c.hashes).where(table.c.draft_path == path)).all()
    known = [(row.salt, set(row.hashes.split())) for row in rows]
    return without_lines_that(text, lambda line: any(hash_of(salt, line) in hashes for salt, hashes in known))


def notices(connection: Connection, path: str = "") -> list[Notice]:
    """Return what nobody has looked at yet, oldest first; of all drafts, or of one."""
    table = tables.desk_draft_notice
    conditions = [table.c.is_seen.is_(False), *([table.c.draft_path == path] if path else [])]
    columns = [table.c[name] for name in Notice.__dataclass_fields__]
    rows = connection.execute(sa.select(*columns).where(*conditions).order_by(table.c.id)).mappings()
    return [Notice(**row) for row in rows]


def let_go(connection: Connection, paths: Sequence[str]) -> None:
    """Forget where drafts came from, as when they are published or thrown away."""
    for table in (tables.desk_draft_question, tables.desk_draft_notice):
        connection.execute(table.delete().where(table.c.draft_path.in_(paths)))
