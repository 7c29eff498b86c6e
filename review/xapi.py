"""Learning as statements of the Experience API, version 1.0.3: who did what with which part of the course.

Source:
    ADL, xAPI specification 1.0.3, part two: https://github.com/adlnet/xAPI-Spec; verbs of http://adlnet.gov/expapi/verbs.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy.engine import Engine

from knowledge.model import Knowledge
from review.exporting import Row, Veil, attempts, progress, questions

VERSION = "1.0.3"
VERBS = "http://adlnet.gov/expapi/verbs/"
TYPES = "http://adlnet.gov/expapi/activities/"
LANGUAGE = "en"
Statement = dict[str, Any]


class Statements:
    """Makes statements.

    Args:
        knowledge: The course, for titles.
        home: The tutor's public address, which people and parts of the course are named under.
    """

    def __init__(self, knowledge: Knowledge, home: str) -> None:
        self._home = home.rstrip("/")
        self._titles = {lesson.id: lesson.title for lesson in knowledge.course.lessons}
        self._titles |= {topic.id: topic.title for topic in knowledge.course.topics.values()}
        items = [item for lesson in knowledge.lessons.values() for item in lesson.items]
        self._titles |= {item.id: item.stem.text for item in items}

    def all(self, engine: Engine, veil: Veil, since: datetime | None) -> Iterator[Statement]:
        """Give the statements of everybody: lessons, then quiz answers, then questions."""
        yield from map(self.of_place, progress(engine, veil, since))
        yield from map(self.of_attempt, attempts(engine, veil, since))
        yield from map(self.of_question, questions(engine, veil, since))

    def of_place(self, row: Row) -> Statement:
        """Say how far somebody came in a lesson: completed it, or made progress."""
        verb = "completed" if row["is_done"] else "progressed"
        result = {"completion": bool(row["is_done"])}
        return self._statement(row, verb, self._activity("lesson", row["lesson"]), row["updated_at"], result=result)

    def of_attempt(self, row: Row) -> Statement:
        """Say that somebody answered a quiz question."""
        success = {"right": True, "wrong": False, "partly": False}.get(row["outcome"])
        result: dict[str, Any] = {"response": str(row["chosen"])}
        if success is not None:
            result["success"] = success
        lesson = {"contextActivities": {"parent": [self._activity("lesson", row["lesson"])]}}
        activity = self._activity("question", row["item"])
        return self._statement(row, "answered", activity, row["answered_at"], result=result, context=lesson)

    def of_question(self, row: Row) -> Statement:
        """Say that somebody asked something, and what came near."""
        topics = row["topics"].split()
        about = self._activity("objective", topics[0]) if topics else self._activity("course", "")
        extension = {f"{self._home}/xapi/decision": row["decision"], f"{self._home}/xapi/score": row["score"]}
        result = {"response": row["text"], "extensions": extension}
        return self._statement(row, "asked", about, row["asked_at"], result=result)

    def _statement(self, row: Row, verb: str, activity: Statement, at: str, **more: Mapping[str, Any]) -> Statement:
        name = f"{row['person']} {verb} {activity['id']} {at} {row.get('number', '')}"
        return {
            "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self._home}/{name}")),
            "version": VERSION,
            "actor": {"objectType": "Agent", "account": {"homePage": self._home, "name": row["person"]}},
            "verb": {"id": f"{VERBS}{verb}", "display": {LANGUAGE: verb}},
            "object": activity,
            "timestamp": at,
            **more,
        }

    def _activity(self, kind: str, name: str) -> Statement:
        title = self._titles.get(name, name) or "The course"
        return {
            "objectType": "Activity",
            "id": f"{self._home}/xapi/{kind}/{quote(name, safe='')}",
            "definition": {"type": f"{TYPES}{kind}", "name": {LANGUAGE: title}},
        }
