"""A person's plan: which questions of the Roadmap there are, which are answered, what comes next. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.model import PlanQuestion, Stage

Stages = Mapping[str, Stage]
Answers = Mapping[str, str]


@dataclass(frozen=True)
class Project:
    """A project of a person; ``stage_id`` and ``question_id`` say where the walk stands, empty when nowhere."""

    id: int
    name: str
    stage_id: str = ""
    question_id: str = ""


@dataclass(frozen=True)
class StageStatus:
    """How far one stage of a plan is: the ids of its questions that are answered, and of those still open."""

    stage: Stage
    answered: tuple[str, ...]
    still_open: tuple[str, ...]


def id_of(stage: Stage, question: PlanQuestion) -> str:
    """Name a question of the Roadmap in the whole course: ``roadmap.prepare.purpose``."""
    return f"{stage.id}.{question.key}"


def ids_of(stage: Stage) -> list[str]:
    """List the ids of a stage's questions, in order."""
    return [id_of(stage, question) for question in stage.questions]


def question_at(stages: Stages, question_id: str) -> tuple[Stage, PlanQuestion] | None:
    """Return the stage and the question of an id; None when the course has it no more."""
    stage = stages.get(question_id.rpartition(".")[0])
    found = [one for one in stage.questions if id_of(stage, one) == question_id] if stage else []
    return (stage, found[0]) if stage and found else None


def status_of(stages: Stages, answers: Answers) -> list[StageStatus]:
    """Tell for each stage what is answered and what is open."""
    return [
        StageStatus(
            stage,
            tuple(one for one in ids_of(stage) if answers.get(one)),
            tuple(one for one in ids_of(stage) if not answers.get(one)),
        )
        for stage in stages.values()
    ]


def first_open(stage: Stage, answers: Answers) -> str | None:
    """Return the first open question of a stage."""
    return next((one for one in ids_of(stage) if not answers.get(one)), None)


def open_after(stage: Stage, question_id: str, answers: Answers) -> str | None:
    """Return the next open question behind another one, in its stage; None at the stage's end."""
    ids = ids_of(stage)
    behind = ids[ids.index(question_id) + 1 :] if question_id in ids else ids
    return next((one for one in behind if not answers.get(one)), None)


def before(stage: Stage, question_id: str) -> str | None:
    """Return the question before another one, answered or not; None at the stage's beginning."""
    ids = ids_of(stage)
    position = ids.index(question_id) if question_id in ids else 0
    return ids[position - 1] if position else None


def stage_after(stages: Stages, stage_id: str, answers: Answers) -> Stage | None:
    """Return the next stage in which something is open, after this one and then from the first on."""
    ids = list(stages)
    position = ids.index(stage_id) + 1 if stage_id in ids else 0
    turn = [*ids[position:], *ids[:position]]
    return next((stages[one] for one in turn if one != stage_id and first_open(stages[one], answers)), None)
