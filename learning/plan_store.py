"""Reading and writing projects and their answers, inside the transaction of one message."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from learning import tables
from learning.plan import Project
from learning.store import Records
from learning.twice import came_twice

NAME_LIMIT_CHARS = 80
ANSWER_LIMIT_CHARS = 4_000


class PlanRecords:
    """One learner's projects. An answer is never overwritten: a newer row takes its place, and the plan reads that."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._connection = records.connection
        self._own = tables.project.c.learner_id == records.learner_id

    def projects(self) -> list[Project]:
        """Return all projects, oldest first."""
        query = sa.select(tables.project).where(self._own).order_by(tables.project.c.id)
        return [_to_project(row) for row in self._connection.execute(query).mappings()]

    def current(self) -> Project | None:
        """Return the project that is worked on."""
        place = tables.plan_place
        is_current = sa.and_(
            place.c.learner_id == tables.project.c.learner_id, place.c.project_id == tables.project.c.id
        )
        query = sa.select(tables.project).join_from(tables.project, place, is_current).where(self._own)
        row = self._connection.execute(query).mappings().one_or_none()
        return _to_project(row) if row else None

    def make(self, name: str) -> Project:
        """Make a project, and turn to it."""
        values = {"name": name[:NAME_LIMIT_CHARS], "stage_id": "", "question_id": ""}
        made = self._connection.execute(
            tables.project.insert().values(
                learner_id=self._records.learner_id,
                message_id=self._records.message_id,
                created_at=self._records.now,
                **values,
            )
        )
        project = Project(int(made.inserted_primary_key[0]), values["name"])
        self.turn_to(project)
        return project

    def turn_to(self, project: Project) -> None:
        """Make a project the one that is worked on."""
        table, values = tables.plan_place, {"project_id": project.id, "updated_at": self._records.now}
        own = table.c.learner_id == self._records.learner_id
        if not self._connection.execute(table.update().where(own).values(**values)).rowcount:
            self._connection.execute(table.insert().values(learner_id=self._records.learner_id, **values))

    def keep(self, project: Project) -> None:
        """Store a project's name and where its walk stands."""
        values = {
            "name": project.name[:NAME_LIMIT_CHARS],
            "stage_id": project.stage_id,
            "question_id": project.question_id,
        }
        table = tables.project
        self._connection.execute(table.update().where(self._own, table.c.id == project.id).values(**values))

    def add_answer(self, project: Project, question_id: str, text: str) -> None:
        """Keep an answer as it was written."""
        self._connection.execute(
            tables.plan_answer.insert().values(
                learner_id=self._records.learner_id,
                project_id=project.id,
                question_id=question_id,
                text=text[:ANSWER_LIMIT_CHARS],
                message_id=self._records.message_id,
                answered_at=self._records.now,
            )
        )

    def answers(self, project: Project, until: int | None = None) -> dict[str, str]:
        """Return what was answered last to each question, by its id; or was last as of an answer, by that one's id."""
        table = tables.plan_answer
        query = sa.select(table.c.question_id, table.c.text).where(*self._answers_of(project))
        query = query if until is None else query.where(table.c.id <= until)
        return {question_id: text for question_id, text in self._connection.execute(query.order_by(table.c.id))}

    def came_twice(self, project: Project, text: str) -> bool:
        """Tell whether a text was given as an answer a moment ago: a double tap, which comes under an id of its own."""
        table = tables.plan_answer
        query = sa.select(table.c.text, table.c.answered_at).where(*self._answers_of(project))
        latest = self._connection.execute(query.order_by(table.c.id.desc()).limit(1)).one_or_none()
        is_same = latest is not None and latest.text == text[:ANSWER_LIMIT_CHARS]
        return is_same and came_twice(latest.answered_at, self._records.now)

    def last_answer_id(self, project: Project) -> int:
        """Return the id of the answer given last; 0 when there is none."""
        query = sa.select(sa.func.max(tables.plan_answer.c.id)).where(*self._answers_of(project))
        return self._connection.execute(query).scalar_one_or_none() or 0

    def _answers_of(self, project: Project) -> tuple[Any, ...]:
        table = tables.plan_answer
        return table.c.learner_id == self._records.learner_id, table.c.project_id == project.id


def _to_project(row: Any) -> Project:
    return Project(row["id"], row["name"], row["stage_id"], row["question_id"])
