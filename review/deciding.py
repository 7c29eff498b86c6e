"""Puts the pages together on which the team decides about questions, and about models."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.engine import Engine

from knowledge.answering import Answerer
from knowledge.encoder import RememberingEncoder, load_encoder
from knowledge.index_file import load_index
from knowledge.model import Knowledge
from review.audit import Audit
from review.decided import Decisions
from review.door import Way
from review.draft_questions import DraftQuestions, StartsEntries
from review.group_pages import Desk, GroupPages, Groups, Publishing
from review.models import Models, loader
from review.rehearsal import Rehearsal, Tutor
from review.training_pages import TrainingPages
from review.trainings import Trainings, launcher
from settings import Settings

INDEX = "models/index.npz"


def decision_ways(
    settings: Settings,
    engine: Engine,
    knowledge: Knowledge,
    audit: Audit,
    groups: Groups,
    publishing: Publishing,
    drafts: StartsEntries,
    trainings: Trainings | None = None,
) -> list[Way]:
    """Return the pages; what a training waits for is taken up again."""
    trainings = trainings or Trainings(engine, launcher(settings))
    rehearsal = Rehearsal(engine, tutor_loader(settings))
    models = Models(engine, settings.var, loader(settings))
    questions = DraftQuestions(engine, drafts)
    desk = Desk(engine, groups, publishing, questions, rehearsal, trainings, Decisions(engine), audit)
    trainings.resume()
    return [
        *GroupPages(desk, knowledge).ways(),
        *TrainingPages(engine, knowledge, trainings, models, audit, rehearsal).ways(),
    ]


def tutor_loader(settings: Settings) -> Callable[[Knowledge], Tutor]:
    """Return what loads the tutor's own way to answer: the index that is in place, and the encoder."""

    def load(knowledge: Knowledge) -> Tutor:
        encoder = RememberingEncoder(load_encoder(settings.encoder_dir))
        trained = load_index(settings.var / INDEX, knowledge, encoder)
        return Tutor(knowledge, trained, Answerer(knowledge, trained, encoder), encoder)

    return load
