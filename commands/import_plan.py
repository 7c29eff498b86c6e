"""Bringing an exported plan back, such as from another installation, or after changing it in an editor."""

from __future__ import annotations

import hashlib
from pathlib import Path

from database import migrate, open_engine
from knowledge.loader import load_knowledge
from learning.plan import question_at
from learning.plan_import import PlanFileError, PlanImport, read_plan
from learning.store import LearningStore
from settings import Settings


def import_plan(settings: Settings, path: Path, learner_id: str) -> str:
    """Make a project of an exported plan for a learner, and say what became of it; the same file twice makes one.

    Raises:
        PlanFileError: The file cannot be read, is no exported plan, or nobody is known by that id.
        DatabaseUnusable: See ``database.migrate``.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PlanFileError(f"{path.name} cannot be read ({error}); it must be an exported plan in Markdown") from error
    plan = read_plan(text, path.name)
    migrate(settings.database_url)
    store = LearningStore(open_engine(settings.database_url))
    try:
        if store.read(learner_id, lambda records: records.seen_at()) is None:
            raise PlanFileError(f"'{learner_id}' has never written to this tutor; --learner must name somebody who has")
        PlanImport(store).take(learner_id, f"import-{hashlib.sha256(text.encode()).hexdigest()[:40]}", plan)
    finally:
        store.engine.dispose()
    stages = load_knowledge(settings.content_dir).stages
    unknown = sum(question_at(stages, one) is None for one in plan.answers)
    kept = f"; {unknown} of them belong to questions that the course does not ask any more" if unknown else ""
    return f"'{plan.name}' is there as a project with {len(plan.answers)} answers{kept}"
