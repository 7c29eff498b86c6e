"""An exported plan is brought back from the command line, for somebody who is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.import_plan import import_plan
from database import open_engine
from learning.papers.markdown_writer import write_markdown
from learning.plan_import import ImportedPlan, PlanFileError, PlanImport
from learning.plan_store import PlanRecords
from learning.store import LearningStore
from settings import Settings, load_settings
from tests.learning.papers.samples import ENGLISH, a_plan, question_ids


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Give settings of a database in which Ann is known."""
    settings = load_settings({"TUTOR_VAR": str(tmp_path), "TUTOR_SECRET": "secret", "DATABASE_URL": database_url})
    store = _store(settings)
    PlanImport(store).take("ann", "m1", ImportedPlan("First", {}))
    store.engine.dispose()
    return settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give an exported plan with an answer that the course still asks for, and one that it does not."""
    path = tmp_path / "plan.md"
    path.write_bytes(write_markdown(a_plan({question_ids()[0]: ENGLISH, "roadmap.gone.old": "Kept."})))
    return path


def _store(settings: Settings) -> LearningStore:

    return LearningStore(open_engine(settings.database_url))


def test_plan_imported_is_a_project(settings: Settings, file: Path) -> None:
    """It is said how many answers came, and how many of them belong to nothing any more; twice makes one."""
    said = [import_plan(settings, file, "ann") for _ in range(2)]

    store = _store(settings)
    projects = store.read("ann", lambda records: PlanRecords(records).projects())
    store.engine.dispose()
    assert said[0] == said[1]
    assert said[0].startswith("'Homework club' is there as a project with 2 answers; 1 of them")
    assert [one.name for one in projects] == ["First", "Homework club"]


def test_plan_for_a_stranger_is_refused(settings: Settings, file: Path) -> None:
    """A slip in the id makes no project that nobody can see."""
    with pytest.raises(PlanFileError, match="'bob' has never written to this tutor"):
        import_plan(settings, file, "bob")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"no plan"])
def test_file_that_is_no_plan_is_named(settings: Settings, file: Path, content: bytes) -> None:
    """The sentence names the file and says what it must be."""
    file.write_bytes(content)

    with pytest.raises(PlanFileError, match=r"plan\.md.*exported plan"):
        import_plan(settings, file, "ann")


def test_file_that_is_not_there_is_named(settings: Settings, tmp_path: Path) -> None:
    """No traceback for a wrong path."""
    with pytest.raises(PlanFileError, match=r"none\.md cannot be read"):
        import_plan(settings, tmp_path / "none.md", "ann")
