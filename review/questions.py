"""What people asked and did not get: questions not answered, and answers that did not help, grouped by meaning."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import sqlalchemy as sa
from sklearn.cluster import AgglomerativeClustering
from sqlalchemy.engine import Connection

from learning import tables as learning
from review import question_tables

GROUPED_AT_MOST = 1_500
APART = 0.45  # cosine distance between groups: "who pays?" and "who paid for it" are one, by trying on real questions
EXAMPLES_SHOWN = 6
Encode = Callable[[list[str]], np.ndarray]


@dataclass(frozen=True)
class Asked:
    """One question that somebody did not get an answer to, or not a helpful one."""

    text: str
    decision: str
    topics: tuple[str, ...]
    score: float
    learner_id: str
    asked_at: datetime
    reason: str = ""
    question_id: int = 0


@dataclass(frozen=True)
class Group:
    """Questions of one meaning, the most typical first."""

    asked: tuple[Asked, ...]

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.asked)

    @property
    def nearest(self) -> str:
        """The topic that most of them were near to; empty if none was."""
        topics = [one.topics[0] for one in self.asked if one.topics]
        return max(set(topics), key=topics.count) if topics else ""

    @property
    def score(self) -> float:
        """How near they were on average, 0 to 1."""
        return sum(one.score for one in self.asked) / len(self.asked)


def read_missed(connection: Connection, since: datetime) -> list[Asked]:
    """Read the questions since a moment that were not answered, or whose answer did not help, newest first.

    Those about which the team decided something are left out.
    """
    question, rating, decided = learning.question, learning.rating, question_tables.desk_decided
    unhelpful = (
        sa.select(rating.c.learner_id, rating.c.topic_id, sa.func.max(rating.c.reason).label("reason"))
        .where(rating.c.is_helpful.is_(False), rating.c.rated_at >= since)
        .group_by(rating.c.learner_id, rating.c.topic_id)
        .subquery()
    )
    is_about = question.c.topics.like(sa.literal('["') + unhelpful.c.topic_id + sa.literal('"%'))
    query = (
        sa.select(question, unhelpful.c.topic_id.label("rated"), unhelpful.c.reason)
        .select_from(question.outerjoin(unhelpful, sa.and_(unhelpful.c.learner_id == question.c.learner_id, is_about)))
        .where(question.c.asked_at >= since)
        .where(sa.or_(question.c.decision == "abstain", unhelpful.c.topic_id.is_not(None)))
        .where(question.c.id.not_in(sa.select(decided.c.question_id)))
        .order_by(question.c.id.desc())
        .limit(GROUPED_AT_MOST)
    )
    return [
        Asked(
            row.text,
            "did not help" if row.rated else "not answered",
            tuple(json.loads(row.topics)),
            row.score,
            row.learner_id,
            row.asked_at,
            row.reason or "",
            row.id,
        )
        for row in connection.execute(query)
    ]


def group(asked: Sequence[Asked], encode: Encode) -> list[Group]:
    """Put questions of one meaning together, the largest group first.

    Args:
        asked: The questions; no more than ``GROUPED_AT_MOST``, the time grows with the square.
        encode: Makes one unit vector a text, shape (n, width).
    """
    if not asked:
        return []
    vectors = encode([one.text for one in asked])
    labels = _cluster(vectors)
    groups = []
    for label in sorted(set(labels)):
        members = np.flatnonzero(labels == label)
        middle = vectors[members].mean(axis=0)
        nearest_first = members[np.argsort(-(vectors[members] @ middle), kind="stable")]
        groups.append(Group(tuple(asked[number] for number in nearest_first)))
    return sorted(groups, key=lambda one: -one.size)


def _cluster(vectors: np.ndarray) -> np.ndarray:
    if len(vectors) == 1:
        return np.zeros(1, dtype=int)
    model = AgglomerativeClustering(n_clusters=None, affinity="cosine", linkage="average", distance_threshold=APART)
    labels: np.ndarray = model.fit_predict(vectors)
    return labels
