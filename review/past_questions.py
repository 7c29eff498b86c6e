"""The questions that people asked, each once, with vectors that are kept: encoding is most of the work.

A vector is kept beside the first one who asked, under their number, so that it goes with them when they are forgotten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from database import reading
from knowledge.encoder import WIDTH
from learning import tables as learning
from review import question_tables as tables

READ_AT_MOST = 50_000
KEY_CHARS = 16


class PastQuestion(NamedTuple):
    """A text that was asked, how often, and the row and learner of the first time."""

    text: str
    times: int
    question_id: int
    learner_id: str


def read_past(engine: Engine) -> list[PastQuestion]:
    """Read the different texts that were asked, those asked last first; no more than ``READ_AT_MOST``."""
    asked = learning.question
    first = (
        sa.select(
            sa.func.min(asked.c.id).label("id"), sa.func.count().label("times"), sa.func.max(asked.c.id).label("last")
        )
        .group_by(asked.c.text)
        .order_by(sa.desc("last"))
        .limit(READ_AT_MOST)
        .subquery()
    )
    query = sa.select(asked.c.text, first.c.times, asked.c.id, asked.c.learner_id).join(first, first.c.id == asked.c.id)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(first.c.last.desc()))
        return [PastQuestion(row.text, row.times, row.id, row.learner_id) for row in rows]


class KeptVectors:
    """Reads and keeps vectors.

    Args:
        engine: The database.
        encoder_key: Which encoder they are of; those of another one are not used.
    """

    def __init__(self, engine: Engine, encoder_key: str) -> None:
        self._engine = engine
        self._encoder = encoder_key[:KEY_CHARS]

    def find(self, asked: Collection[PastQuestion], read_as: dict[str, str]) -> dict[str, np.ndarray]:
        """Return the vectors that are there, by the text that was encoded.

        Args:
            asked: The questions.
            read_as: What each is read as, by its text: mended, as it is encoded.
        """
        wanted = {one.question_id: read_as[one.text] for one in asked}
        table = tables.desk_vector
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(table).where(table.c.encoder == self._encoder)).all()
        return {
            wanted[row.question_id]: np.frombuffer(row.vector, dtype=np.float32)
            for row in rows
            if row.question_id in wanted and row.text_hash == _hash(wanted[row.question_id])
        }

    def keep(self, asked: Collection[PastQuestion], read_as: dict[str, str], vectors: np.ndarray) -> None:
        """Keep the vectors of some questions, in their order; of those that were erased meanwhile, none."""
        table, question = tables.desk_vector, learning.question
        rows = [
            {
                "question_id": one.question_id,
                "learner_id": one.learner_id,
                "encoder": self._encoder,
                "text_hash": _hash(read_as[one.text]),
                "vector": np.asarray(vector, dtype=np.float32).reshape(WIDTH).tobytes(),
            }
            for one, vector in zip(asked, vectors, strict=True)
        ]
        ids = [row["question_id"] for row in rows]
        with self._engine.begin() as connection:
            there = set(connection.execute(sa.select(question.c.id).where(question.c.id.in_(ids))).scalars())
            connection.execute(table.delete().where(table.c.question_id.in_(ids)))
            _insert(connection, table, [row for row in rows if row["question_id"] in there])


def _insert(connection: Connection, table: sa.Table, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
