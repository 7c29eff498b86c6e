"""An exported plan comes back as it was; what was changed in an editor counts; what is no plan is told kindly."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning import tables
from learning.papers.markdown_writer import write_markdown
from learning.plan import Project
from learning.plan_import import ImportedPlan, PlanFileError, PlanImport, read_plan
from learning.plan_store import PlanRecords
from learning.store import LearningStore
from tests.learning.papers.samples import ODD, TEXTS, a_plan, question_ids

IDS = [*question_ids(), "roadmap.gone.old"]
NAMES = st.text(min_size=1, max_size=80).map(lambda text: " ".join(text.split())).filter(lambda name: name.strip())
TEXT = st.one_of(st.text("ab \n\\`*_[]<>&#+-=~|$.:1)!\t\r\x85\u2028;", min_size=1), st.text(min_size=1))
ANSWERS = st.dictionaries(st.sampled_from(IDS), TEXT, max_size=6)


def export(answers: dict[str, str], name: str = "Homework club") -> str:
    """Write a plan as Markdown."""
    return write_markdown(a_plan(answers, name)).decode()


@given(answers=ANSWERS, name=NAMES)
def test_import_of_an_export_gives_the_same_plan(answers: dict[str, str], name: str) -> None:
    """Name and answers, character by character, whatever they are made of."""
    assert read_plan(export(answers, name)) == ImportedPlan(name, answers)


@given(answers=ANSWERS, name=NAMES)
def test_import_survives_what_editors_do(answers: dict[str, str], name: str) -> None:
    """Line ends of another system, a mark at the beginning, blanks cut off line ends: the same plan."""
    text = "\ufeff" + "\r\n".join(line.rstrip(" ") for line in export(answers, name).split("\n"))

    assert read_plan(text) == ImportedPlan(name, answers)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(answers=ANSWERS, name=NAMES)
def test_stored_plan_imported_is_the_same(store: LearningStore, answers: dict[str, str], name: str) -> None:
    """From the database to a file and back into the database, for somebody else."""
    importer = PlanImport(store)
    message_id = f"m{abs(hash((name, tuple(answers.items()))))}"
    first = importer.take("ann", message_id, ImportedPlan(name, answers))["project_id"]
    stored = importer.exported("ann", Project(first, name))

    second = importer.take("ben", message_id, read_plan(export(stored.answers, stored.name)))["project_id"]

    assert importer.exported("ben", Project(second, name)) == ImportedPlan(name, answers)


def test_import_of_the_same_message_twice_makes_one_project(store: LearningStore) -> None:
    """Each answer is there once, and what was there before is left alone."""
    plan = ImportedPlan("Club", dict(zip(IDS, TEXTS, strict=False)))
    importer = PlanImport(store)

    first, second = importer.take("ann", "m1", plan), importer.take("ann", "m1", plan)

    with store.engine.connect() as connection:
        rows = connection.execute(sa.select(sa.func.count()).select_from(tables.plan_answer)).scalar_one()
    assert first == second
    assert rows == len(plan.answers)
    assert [one.name for one in store.read("ann", lambda records: PlanRecords(records).projects())] == ["Club"]


def test_answer_changed_in_an_editor_counts() -> None:
    """New words under an answer's mark take the place of the old ones."""
    text = export({IDS[0]: "Old words.", IDS[1]: "Others."})

    changed = read_plan(text.replace("> Old words.", "\n> New words,\n> in two *lines*."))

    assert changed.answers == {IDS[0]: "New words,\nin two *lines*.", IDS[1]: "Others."}


def test_answer_taken_out_is_not_there() -> None:
    """A mark without a quotation is no answer."""
    assert read_plan(export({IDS[0]: "Old words."}).replace("> Old words.", "")).answers == {}


def test_answer_that_looks_like_a_mark_is_words() -> None:
    """Nobody can smuggle an answer to another question in."""
    answers = {IDS[0]: f"<!-- answer {IDS[1]} -->\n> not mine", IDS[2]: ODD}

    assert read_plan(export(answers)).answers == answers


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "this is no exported plan"),
        ("# A heading", "this is no exported plan"),
        ("<!-- co-creation notes 1 -->\n# My notes", "this is no exported plan"),
        ("<!-- co-creation plan 1 -->\nwords", "the first heading must be the project's name"),
        (f"<!-- co-creation plan 1 -->\n# {'x' * 81}", "the first heading must be the project's name"),
        (f"<!-- co-creation plan 1 -->\n# A\n<!-- answer {IDS[0]} -->\n> {'x' * 4001}", ":3: the answer has 4001"),
    ],
)
def test_file_that_cannot_be_taken_is_told_why(text: str, sentence: str) -> None:
    """The error names the file, and says what would be right."""
    with pytest.raises(PlanFileError, match=r"plan\.md") as error:
        read_plan(text, "plan.md")

    assert sentence in str(error.value)
