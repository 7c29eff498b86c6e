"""Taking a person's questions out of drafts that the course team writes, also where they were put in other words.

The team's desk keeps for each draft whose question a line comes from (``desk_draft_question``). What is taken out
leaves a notice beside the draft, without the words, so that nobody wonders where a line is.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from database import now_utc
from learning.belongings import Holding
from learning.draft_lines import LEAST_WORDS, hash_of, lines_of, without_lines_that, without_words, wording_of
from learning.tables import question

QUOTES = "desk_draft_question"  # which lines of drafts are somebody's questions
_draft = sa.table("content_draft", *(sa.column(name) for name in ("path", "text", "saves")))
_notice = sa.table(
    "desk_draft_notice",
    *(sa.column(name) for name in ("draft_path", "lines", "places", "salt", "hashes", "is_seen", "noted_at")),
)


def take_out_of_drafts(connection: Connection, quotes: Holding, learner_id: str) -> None:
    """Take a person's questions out of drafts, before their own rows go.

    A line stays only where somebody else asked it in the same words. Who has such a draft open is told, when saving,
    that it has changed.
    """
    query = sa.select(quotes.table).where(quotes.owner == learner_id)
    own: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        own.setdefault(row.draft_path, []).append(row)
    for path, rows in own.items():
        text = connection.execute(sa.select(_draft.c.text).where(_draft.c.path == path)).scalar_one_or_none()
        if text is not None:
            _take_out(connection, path, text, _words(connection, rows), _others(connection, quotes, path, learner_id))


def _words(connection: Connection, rows: Sequence[Any]) -> tuple[set[str], set[str]]:
    """Return the forms of the lines that come from a person's questions, and the questions in their own words."""
    ids = [row.question_id for row in rows if row.question_id is not None]
    texts = connection.execute(sa.select(question.c.text).where(question.c.id.in_(ids))).scalars().all()
    verbatim = {row.line for row in rows if row.is_verbatim}
    return {wording_of(row.line) for row in rows if row.line}, {*texts, *verbatim}


def _others(connection: Connection, quotes: Holding, path: str, learner_id: str) -> set[str]:
    """Return the forms of the lines of a draft that somebody else asked in just these words."""
    table = quotes.table
    query = sa.select(table.c.line).where(
        table.c.draft_path == path, quotes.owner != learner_id, table.c.is_verbatim.is_(True)
    )
    return {wording_of(line) for line in connection.execute(query).scalars()}


def _take_out(connection: Connection, path: str, text: str, words: tuple[set[str], set[str]], kept: set[str]) -> None:
    forms, own = words
    gone = {form for form in (*forms, *map(wording_of, own)) if form} - kept
    taken = [line for line in lines_of(text) if wording_of(line) in gone]
    changed, places = without_lines_that(text, lambda line: wording_of(line) in gone), 0
    for one in own:
        if wording_of(one) in gone:
            changed, count = without_words(changed, one)
            places += count
    if changed != text or _still_tells(changed, gone):
        update = _draft.update().where(_draft.c.path == path)
        connection.execute(update.values(text=changed, saves=_draft.c.saves + 1))
        connection.execute(_notice.insert().values(_told(path, len(taken), places, gone, now_utc())))


def _still_tells(text: str, gone: set[str]) -> bool:
    """Tell whether a question in other words stands outside of the list, where no program can take it out."""
    words = f" {wording_of(text)} "
    return any(f" {form} " in words for form in gone if len(form.split()) >= LEAST_WORDS)


def _told(path: str, lines: int, places: int, gone: set[str], now: datetime) -> dict[str, Any]:
    """Return the row of a notice: how much was taken out, and by what it is known if somebody saves it again."""
    salt = secrets.token_hex(8)
    hashes = " ".join(sorted(hash_of(salt, form) for form in gone))
    counts = {"draft_path": path, "lines": lines, "places": places}
    return {**counts, "salt": salt, "hashes": hashes, "is_seen": False, "noted_at": now}
