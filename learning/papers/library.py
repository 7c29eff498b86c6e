"""The papers that can be made of what a learner has written, each for a link that stands for it."""

from __future__ import annotations

from datetime import date

from knowledge.model import Knowledge
from learning.archive import Archive
from learning.downloads import Link
from learning.notebook import Notebook
from learning.papers.document import Document
from learning.papers.notes_document import make_notes_document
from learning.papers.paper import Paper, write_paper
from learning.papers.plan_document import PlanContent, make_plan_document
from learning.plan import Project
from learning.plan_store import PlanRecords
from learning.store import LearningStore, Records

PLAN, NOTES, DATA = "plan", "notes", "data"
DATA_NAME = "my-data.zip"
FORMATS = ("pdf", "docx", "md")


class Library:
    """Makes the papers of learners."""

    def __init__(self, knowledge: Knowledge, store: LearningStore) -> None:
        self._knowledge = knowledge
        self._store = store
        self._notebook = Notebook(knowledge.course, store)

    def make(self, link: Link) -> Paper | None:
        """Make the paper that a link stands for, as things are now; None when what it was of is gone."""
        if link.kind == DATA:
            return Paper(DATA_NAME, "application/zip", Archive(self._store.engine).pack(link.learner_id))
        if link.format not in FORMATS:
            return None
        if link.kind == NOTES:
            return write_paper(self._notes(link.learner_id), link.format)
        document = self.plan(link.learner_id, link.subject) if link.kind == PLAN else None
        return write_paper(document, link.format) if document else None

    def plan(self, learner_id: str, project_id: str) -> Document | None:
        """Lay out one of a learner's own projects."""

        def find(records: Records) -> tuple[Project, dict[str, str], date] | None:
            rows = PlanRecords(records)
            project = next((one for one in rows.projects() if str(one.id) == project_id), None)
            return (project, rows.answers(project), records.today()) if project else None

        found = self._store.read(learner_id, find)
        if found is None:
            return None
        notes = self._notebook.notes(learner_id)
        return make_plan_document(PlanContent(self._knowledge, found[0], found[1], notes, found[2]))

    def _notes(self, learner_id: str) -> Document:
        today = self._store.read(learner_id, lambda records: records.today())
        return make_notes_document(self._knowledge, self._notebook.notes(learner_id), today)
