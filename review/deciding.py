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


class Deciding:
    """Makes the pages, with what they share.

    Args:
        settings: Where models and logs are, and where the assistant listens.
        engine: The database.
        knowledge: The content.
        audit: Keeps who did what.
        trainings: Those of the database, if they are to be started in another way than as a process.
    """

    def __init__(
        self, settings: Settings, engine: Engine, knowledge: Knowledge, audit: Audit, trainings: Trainings | None = None
    ) -> None:
        self._engine, self._knowledge, self._audit = engine, knowledge, audit
        self._trainings = trainings or Trainings(engine, launcher(settings))
        self._rehearsal = Rehearsal(engine, tutor_loader(settings))
        self._models = Models(engine, settings.var, loader(settings))

    def ways(self, groups: Groups, publishing: Publishing, drafts: StartsEntries) -> list[Way]:
        """Return the pages."""
        questions, decisions = DraftQuestions(self._engine, drafts), Decisions(self._engine)
        desk = Desk(groups, publishing, questions, self._rehearsal, self._trainings, decisions, self._audit)
        shared = (self._trainings, self._models, self._audit, self._rehearsal)
        return [
            *GroupPages(desk, self._knowledge).ways(),
            *TrainingPages(self._engine, self._knowledge, *shared).ways(),
        ]

    def resume(self) -> None:
        """Have trainings be taken up that wait, or were cut off."""
        self._trainings.resume()


def tutor_loader(settings: Settings) -> Callable[[Knowledge], Tutor]:
    """Return what loads the tutor's own way to answer: the index that is in place, and the encoder."""

    def load(knowledge: Knowledge) -> Tutor:
        encoder = RememberingEncoder(load_encoder(settings.encoder_dir))
        trained = load_index(settings.var / INDEX, knowledge, encoder)
        return Tutor(knowledge, trained, Answerer(knowledge, trained, encoder), encoder)

    return load
