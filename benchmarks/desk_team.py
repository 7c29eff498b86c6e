"""What a course team leaves on its desk in half a year: deeds, corrections, certificates, publications, trainings."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import reading
from knowledge.loader import CONTENT
from learning import tables as learning
from review.intents import load_intents

NAMES = ("anna", "ben", "chioma")
DEEDS = ("came in", "read", "marked", "drafted", "published")
REPORTED_CHANGES = 200
Rows = Iterator[tuple[str, dict[str, Any]]]


class Question(NamedTuple):
    """A question that somebody asked."""

    id: int
    learner_id: str
    message_id: str


@dataclass(frozen=True)
class Work:
    """How much the team did."""

    deeds: int = 20_000
    corrections: int = 2_000
    certificates: int = 1_500
    revisions: int = 300
    trainings: int = 20
    drafts: int = 8


def read_questions(engine: Engine, limit: int = 5_000) -> list[Question]:
    """Read the newest questions, of which the team's work tells."""
    asked = learning.question.c
    query = sa.select(asked.id, asked.learner_id, asked.message_id).order_by(asked.id.desc()).limit(limit)
    with reading(engine) as connection:
        return [Question(*row) for row in connection.execute(query)]


class Team:
    """Makes the rows; the same seed gives the same rows.

    Args:
        questions: Some that were asked, at least one.
        work: How much of everything.
        seed: Of all that happens by chance.
        now: The end of the half year, UTC without a zone.
    """

    def __init__(self, questions: Sequence[Question], work: Work, seed: int, now: datetime) -> None:
        self._questions, self._work, self._now = questions, work, now
        self._chance = random.Random(seed)
        self._files = sorted(path.relative_to(CONTENT).as_posix() for path in (CONTENT / "answers").rglob("*.md"))

    def rows(self) -> Rows:
        """Give table and row of everything."""
        for _ in range(self._work.deeds):
            target = self._chance.choice(self._questions).learner_id
            row = {"action": self._chance.choice(DEEDS), "target": target, "reason": ""}
            yield "desk_audit", {"done_at": self._moment(), "name": self._name(), **row}
        yield from self._corrections()
        yield from self._certificates()
        yield from self._revisions()
        yield from self._trainings()
        yield from self._drafts()

    def _corrections(self) -> Rows:
        meanings = [*load_intents().teachable]
        for one in self._questions[: self._work.corrections]:
            row = {"learner_id": one.learner_id, "message_id": one.message_id, "meant": self._chance.choice(meanings)}
            yield "desk_correction", {**row, "changed_by": self._name(), "changed_at": self._moment()}

    def _certificates(self) -> Rows:
        titles = json.dumps([f"Lesson {number}" for number in range(1, 9)])
        said = {"course": "Co-creation", "version": "1", "titles": titles, "lessons_asked": 8, "score_percent": 70}
        for number in range(self._work.certificates):
            code = f"{self._chance.getrandbits(256):064x}"
            own = {"code_hash": code, "code_start": code[:8].upper(), "learner_id": None, "minutes": 150}
            is_revoked = number % 10 == 0
            over = {"revoked_at": self._now if is_revoked else None, "reason": "asked for by mistake" * is_revoked}
            yield "certificate", {**own, **said, **over, "issued_at": self._moment(), "replaced_at": None}

    def _revisions(self) -> Rows:
        for number in range(1, self._work.revisions + 1):
            row = {"id": number, "made_at": self._moment(), "made_by": self._name(), "why": "plainer words for this"}
            yield "content_revision", {**row, "undoes": None, "is_written": True, "git_commit": ""}
            path = self._chance.choice(self._files)
            text = (CONTENT / path).read_text(encoding="utf-8")
            before = text.replace(" the ", " that ")
            yield "content_revision_file", {"revision_id": number, "path": path, "before": before, "after": text}

    def _trainings(self) -> Rows:
        figures = [{"group": name, "before": 50, "after": 52, "of": 60} for name in ("Kept to test with", "Practice")]
        changed = [
            {"question": one.id, "times": 2, "before": ["none", ["near"]], "after": ["answer", ["system.value"]]}
            for one in self._questions[:REPORTED_CHANGES]
        ]
        lost = [
            {"group": "Practice", "text": "who pays", "before": ["answer", ["system.value"]], "after": ["none", []]}
        ]
        done = {"figures": figures, "changed": changed, "lost": lost, "past": 36_000}
        failed = {"trouble": "answers/system/value.md:3: the answer names no source"}
        for number in range(1, self._work.trainings + 1):
            is_failed, at = number % 5 == 2, self._moment()
            times = {"asked_at": at, "begun_at": at, "seen_at": at, "ended_at": at + timedelta(seconds=150)}
            told = {"state": "failed" if is_failed else "done", "report": json.dumps(failed if is_failed else done)}
            own = {"why": "3 questions under “Value”", "asked_by": self._name(), "doing": "", "content": "0"}
            yield "desk_training", {**own, **times, **told}

    def _drafts(self) -> Rows:
        for path in self._files[: self._work.drafts]:
            row = {"path": path, "text": (CONTENT / path).read_text(encoding="utf-8"), "base": "0", "saves": 1}
            yield "content_draft", {**row, "goes_with": "", "changed_by": self._name(), "changed_at": self._moment()}

    def _name(self) -> str:
        return self._chance.choice(NAMES)

    def _moment(self) -> datetime:
        return self._now - timedelta(days=180 * self._chance.random())
