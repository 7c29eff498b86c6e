"""Walking through the Roadmap with a project: one transaction a message, and an outcome to tell.

An outcome is plain data, as in ``learning.lessons``; its kind begins with ``plan_``. The words are not here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace

from knowledge.model import Knowledge, Stage
from learning import plan
from learning.plan import Project
from learning.plan_store import PlanRecords
from learning.store import LearningStore, Payload, Records

FIRST_NAME = "My project"
BEFORE_LIMIT_CHARS = 400  # enough to recognise an answer by
Work = Callable[[PlanRecords, Project], Payload]


class PlanWalk:
    """Moves people through the questions of the Roadmap, in any order."""

    def __init__(self, knowledge: Knowledge, store: LearningStore) -> None:
        self._stages = knowledge.stages
        self._store = store

    def begin(self, learner_id: str, message_id: str) -> Payload:
        """Begin a first project, or show the question at which the present one stands, or its stages."""

        def work(records: PlanRecords, project: Project) -> Payload:
            if plan.question_at(self._stages, project.question_id):
                return self._ask(records, project, project.question_id, is_resumed=True)
            return self._told("plan_stages", records, project)

        return self._once(learner_id, message_id, work)

    def list_stages(self, learner_id: str, message_id: str) -> Payload:
        """Show the stages to choose from."""
        return self._once(learner_id, message_id, lambda records, project: self._told("plan_stages", records, project))

    def go_on(self, learner_id: str, message_id: str) -> Payload:
        """Take the question at which the walk stands, or else the next stage in which something is open."""

        def work(records: PlanRecords, project: Project) -> Payload:
            if plan.question_at(self._stages, project.question_id):
                return self._ask(records, project, project.question_id, is_resumed=True)
            answers = records.answers(project)
            following = plan.stage_after(self._stages, project.stage_id, answers)
            first = plan.first_open(following, answers) if following else None
            if first is None:
                return self._told("plan_stages", records, project)
            return self._ask(records, project, first, is_entered=True)

        return self._once(learner_id, message_id, work)

    def open_stage(self, learner_id: str, message_id: str, stage_id: str) -> Payload:
        """Open the first open question of a stage, or its end when nothing is open."""

        def work(records: PlanRecords, project: Project) -> Payload:
            stage = self._stages.get(stage_id)
            if stage is None:  # taken out of the course since
                return self._told("plan_stages", records, project)
            first = plan.first_open(stage, records.answers(project))
            if first is None:
                return self._end(records, project, stage)
            return self._ask(records, project, first, is_entered=True)

        return self._once(learner_id, message_id, work)

    def open_question(self, learner_id: str, message_id: str, question_id: str) -> Payload:
        """Open one question, answered or not."""

        def work(records: PlanRecords, project: Project) -> Payload:
            if not plan.question_at(self._stages, question_id):
                return self._told("plan_stale", records, project)
            return self._ask(records, project, question_id)

        return self._once(learner_id, message_id, work)

    def answer(self, learner_id: str, message_id: str, text: str) -> Payload:
        """Keep an answer to the question that is asked, and go on to the next open one of its stage.

        The same text a moment after it was kept is a double tap, and no answer to the question that came meanwhile.
        """

        def work(records: PlanRecords, project: Project, stage: Stage) -> Payload:
            if records.came_twice(project, text):
                return self._ask(records, project, project.question_id, is_twice=True)
            was = records.answers(project).get(project.question_id)
            records.add_answer(project, project.question_id, text)
            following = plan.open_after(stage, project.question_id, records.answers(project))
            told = {"is_kept": True, "is_changed": bool(was)}
            if following is None:
                return self._end(records, project, stage, **told)
            return self._ask(records, project, following, **told)

        return self._at_question(learner_id, message_id, work)

    def skip(self, learner_id: str, message_id: str, question_id: str | None = None) -> Payload:
        """Leave the question open and go to the next open one of its stage; a button names the one it stood under."""

        def work(records: PlanRecords, project: Project, stage: Stage) -> Payload:
            following = plan.open_after(stage, project.question_id, records.answers(project))
            return self._ask(records, project, following) if following else self._end(records, project, stage)

        return self._at_question(learner_id, message_id, work, question_id)

    def go_back(self, learner_id: str, message_id: str, question_id: str | None = None) -> Payload:
        """Go to the question before, answered or not; stays at the first of a stage."""

        def work(records: PlanRecords, project: Project, stage: Stage) -> Payload:
            former = plan.before(stage, project.question_id)
            return self._ask(records, project, former or project.question_id, is_first=former is None)

        return self._at_question(learner_id, message_id, work, question_id)

    def look_up(self, learner_id: str, message_id: str, part: str, question_id: str | None = None) -> Payload:
        """Tell a part of the question that is asked: its ``help`` or its ``example``; it stays open."""
        return self._at_question(
            learner_id,
            message_id,
            lambda records, project, _: self._told(f"plan_{part}", records, project),
            question_id,
        )

    def make_project(self, learner_id: str, message_id: str, name: str) -> Payload:
        """Make one more project and turn to it."""

        def work(records: Records) -> Payload:
            rows = PlanRecords(records)
            return self._told("plan_stages", rows, rows.make(name), is_made=True)

        return self._store.once(learner_id, message_id, work)

    def rename(self, learner_id: str, message_id: str, name: str) -> Payload:
        """Give the present project another name."""

        def work(records: PlanRecords, project: Project) -> Payload:
            renamed = replace(project, name=name)
            records.keep(renamed)
            return self._told("plan_stages", records, renamed, is_renamed=True)

        return self._once(learner_id, message_id, work)

    def turn_to(self, learner_id: str, message_id: str, project_id: str) -> Payload:
        """Turn to another project."""

        def work(records: PlanRecords, project: Project) -> Payload:
            found = next((one for one in records.projects() if str(one.id) == project_id), None)
            if found is None:
                return self._told("plan_stale", records, project)
            records.turn_to(found)
            return self._told("plan_stages", records, found, is_switched=True)

        return self._once(learner_id, message_id, work)

    def projects(self, learner_id: str) -> list[Project]:
        """Return all projects, oldest first, without writing."""
        return self._store.read(learner_id, lambda records: PlanRecords(records).projects())

    def where(self, learner_id: str) -> tuple[Project, dict[str, str]] | None:
        """Return the present project with its answers, without writing."""

        def work(records: Records) -> tuple[Project, dict[str, str]] | None:
            rows = PlanRecords(records)
            project = rows.current()
            return (project, rows.answers(project)) if project else None

        return self._store.read(learner_id, work)

    def _once(self, learner_id: str, message_id: str, work: Work) -> Payload:
        """Work on the present project; whoever has none gets a first one."""

        def guarded(records: Records) -> Payload:
            rows = PlanRecords(records)
            project = rows.current()
            if project:
                return work(rows, project)
            return {**work(rows, rows.make(FIRST_NAME)), "is_opening": True}

        return self._store.once(learner_id, message_id, guarded)

    def _at_question(
        self,
        learner_id: str,
        message_id: str,
        work: Callable[[PlanRecords, Project, Stage], Payload],
        question_id: str | None = None,
    ) -> Payload:
        """Work at the question that is asked; a button of another question changes nothing."""

        def guarded(records: PlanRecords, project: Project) -> Payload:
            found = plan.question_at(self._stages, project.question_id)
            if found is None or (question_id and question_id != project.question_id):
                return self._told("plan_stale", records, project)
            return work(records, project, found[0])

        return self._once(learner_id, message_id, guarded)

    def _ask(self, records: PlanRecords, project: Project, question_id: str, **told: bool) -> Payload:
        found = plan.question_at(self._stages, question_id)
        assert found, f"'{question_id}' is no question of the Roadmap"
        here = replace(project, stage_id=found[0].id, question_id=question_id)
        records.keep(here)
        return self._told("plan_question", records, here, **told)

    def _end(self, records: PlanRecords, project: Project, stage: Stage, **told: bool) -> Payload:
        here = replace(project, stage_id=stage.id, question_id="")
        records.keep(here)
        return self._told("plan_stage_end", records, here, **told)

    def _told(self, kind: str, records: PlanRecords, project: Project, **told: bool) -> Payload:
        answers = records.answers(project)
        before = answers.get(project.question_id, "")[:BEFORE_LIMIT_CHARS]
        return {"kind": kind, "project": asdict(project), "answered": sorted(answers), "before": before, **told}
