"""Reading an exported plan back: the Markdown file, as it was written or changed in an editor since."""

from __future__ import annotations

import re
from dataclasses import dataclass

from learning.errors import LearningError
from learning.papers.escaping import read_quote, unescape
from learning.plan import Project
from learning.plan_store import ANSWER_LIMIT_CHARS, NAME_LIMIT_CHARS, PlanRecords
from learning.store import LearningStore, Payload, Records

FILE_LIMIT_CHARS = 2_000_000
_PLAN = "<!-- co-creation plan 1 -->"
_TITLE = re.compile(r"#\s+(.*\S)")
_ANSWER = re.compile(r"<!-- answer ([a-z0-9][a-z0-9.-]{0,158}) -->\s*")


class PlanFileError(LearningError):
    """A file that is no exported plan, or not a whole one; the text says what would be right."""


@dataclass(frozen=True)
class ImportedPlan:
    """What a file says: the project's name, and the answers by question id."""

    name: str
    answers: dict[str, str]


def read_plan(text: str, file: str = "the file") -> ImportedPlan:
    """Read an exported plan.

    Args:
        text: The Markdown file; only its title and the quotations under answer marks count.
        file: What to call it in errors.

    Raises:
        PlanFileError: It is no exported plan, or a name or an answer cannot be taken.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if len(text) > FILE_LIMIT_CHARS or lines[0].strip() != _PLAN:
        raise PlanFileError(f"{file}: this is no exported plan; its first line must be {_PLAN}")
    title = next((match.group(1) for line in lines if (match := _TITLE.fullmatch(line.rstrip(" \t")))), "")
    name = _text(unescape(title))
    if not name or len(name) > NAME_LIMIT_CHARS:
        raise PlanFileError(f"{file}: the first heading must be the project's name, 1 to {NAME_LIMIT_CHARS} characters")
    return ImportedPlan(name, _read_answers(lines, file))


def _read_answers(lines: list[str], file: str) -> dict[str, str]:
    answers: dict[str, str] = {}
    for number, line in enumerate(lines):
        if match := _ANSWER.fullmatch(line):
            answer = _text(read_quote(_quotation(lines[number + 1 :])))
            if len(answer) > ANSWER_LIMIT_CHARS:
                raise PlanFileError(
                    f"{file}:{number + 1}: the answer has {len(answer)} characters; {ANSWER_LIMIT_CHARS} are the most"
                )
            if answer:
                answers[match.group(1)] = answer
    return answers


def _quotation(lines: list[str]) -> list[str]:
    """Take the lines of the quotation that comes next; an editor may have put blank lines before it."""
    begin = next((number for number, line in enumerate(lines) if line.strip()), 0)
    end = next((number for number, line in enumerate(lines) if number >= begin and line[:1] != ">"), len(lines))
    return lines[begin:end]


def _text(text: str) -> str:
    return text.encode("utf-8", "ignore").decode()  # half characters cannot be stored


class PlanImport:
    """Makes a project of an exported plan."""

    def __init__(self, store: LearningStore) -> None:
        self._store = store

    def take(self, learner_id: str, message_id: str, imported: ImportedPlan) -> Payload:
        """Make a project with these answers, once for each message id; what was there before is left alone."""

        def work(records: Records) -> Payload:
            project = PlanRecords(records).make(imported.name)
            for number, (question_id, answer) in enumerate(imported.answers.items()):
                _part(records, number).add_answer(project, question_id, answer)
            return {"kind": "plan_imported", "project_id": project.id, "answers": len(imported.answers)}

        return self._store.once(learner_id, message_id, work)

    def exported(self, learner_id: str, project: Project) -> ImportedPlan:
        """Return a stored plan as an import would bring it."""
        return self._store.read(
            learner_id, lambda records: ImportedPlan(project.name, PlanRecords(records).answers(project))
        )


def _part(records: Records, number: int) -> PlanRecords:
    """Write on behalf of a part of a message: one message may leave one answer only."""
    return PlanRecords(Records(records.connection, records.learner_id, f"{records.message_id}#{number}", records.now))
