"""Pictures of a learner's own, the star map of a plan and the way through the course, with what they show in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knowledge.model import Knowledge
from learning import plan
from learning.course_picture import course_size, draw_course
from learning.papers.plan_document import describe_plan
from learning.papers.words import say
from learning.plan import Project
from learning.plan_picture import draw_plan, plan_size
from learning.plan_store import PlanRecords
from learning.progress import Themed, by_theme
from learning.store import LearningStore, Records

PATH = "/pictures/"
PLAN, COURSE = "plan", "course"
Picture = dict[str, Any]


@dataclass(frozen=True)
class _PlanSeen:
    """A project, its answers, and the id of the last one that counts."""

    project: Project
    answers: dict[str, str]
    at: int


class Gallery:
    """Describes and draws pictures."""

    def __init__(self, knowledge: Knowledge, store: LearningStore) -> None:
        self._knowledge = knowledge
        self._store = store

    def plan_picture(self, learner_id: str, project_id: int) -> Picture:
        """Describe the picture of a plan as it is now; its address shows it so for ever, whatever is answered later."""
        seen = self._see(learner_id, str(project_id), None)
        assert seen, f"project {project_id} is none of this learner's"
        status = plan.status_of(self._knowledge.stages, seen.answers)
        alt = describe_plan(seen.project, status)
        return _picture(f"{PATH}{PLAN}/{project_id}.svg?at={seen.at}", seen.project.name, alt, plan_size(len(status)))

    def course_picture(self, learner_id: str) -> Picture:
        """Describe the picture of the way through the course."""
        themes = self._themes(learner_id)
        return _picture(f"{PATH}{COURSE}.svg", say("course_map"), describe_course(themes), course_size(themes))

    def draw(self, learner_id: str, kind: str, subject: str = "", at: int | None = None) -> str | None:
        """Draw a picture as SVG; None when there is none of this learner's.

        Args:
            learner_id: Whose it is.
            kind: ``plan`` or ``course``.
            subject: The project's id, of a plan.
            at: The last answer of the plan that counts; without it all do.
        """
        if kind == COURSE:
            themes = self._themes(learner_id)
            return draw_course(say("course_map"), themes, describe_course(themes))
        seen = self._see(learner_id, subject, at)
        if kind != PLAN or seen is None:
            return None
        status = plan.status_of(self._knowledge.stages, seen.answers)
        return draw_plan(seen.project.name, status, describe_plan(seen.project, status))

    def _themes(self, learner_id: str) -> list[Themed]:
        return by_theme(self._knowledge, self._store.read(learner_id, lambda records: records.places()))

    def _see(self, learner_id: str, project_id: str, at: int | None) -> _PlanSeen | None:
        def find(records: Records) -> _PlanSeen | None:
            rows = PlanRecords(records)
            project = next((one for one in rows.projects() if str(one.id) == project_id), None)
            if project is None:
                return None
            return _PlanSeen(project, rows.answers(project, until=at), rows.last_answer_id(project))

        return self._store.read(learner_id, find)


def describe_course(themes: list[Themed]) -> str:
    """Tell in words how far each theme is."""
    lines = [say("stage_line", stage=one.title, answered=one.done, total=len(one.lessons)) for one in themes]
    return say("course_map_alt", lines="; ".join(lines))


def _picture(url: str, title: str, alt: str, size: tuple[int, int]) -> Picture:
    return {"url": url, "title": title, "alt": alt, "width": size[0], "height": size[1]}
