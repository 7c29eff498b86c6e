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
from review.draft_questions import DraftQuestions
from review.drafts import Drafts
from review.front import settle
from review.group_pages import Desk, GroupPages, Groups
from review.known import Tutor
from review.models import Models, loader
from review.publishing import Publisher
from review.rehearsal import Rehearsal
from review.taught import AfterPublishing
from review.training_pages import TrainingPages
from review.trainings import Trainings, launcher
from settings import Settings

INDEX = "models/index.npz"


class Deciding:
    """Makes the pages; what they share stays when the content changes. ``front`` is held while a page is made.

    Args:
        settings: Where models and logs are, and where the assistant listens.
        engine: The database.
        publisher: Publishes content.
        audit: Keeps who did what.
        trainings: Those of the database, if they are to be started in another way than as a process.
    """

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        publisher: Publisher,
        audit: Audit,
        trainings: Trainings | None = None,
    ) -> None:
        self._engine, self._publisher, self._audit = engine, publisher, audit
        self.trainings = trainings or Trainings(engine, launcher(settings))
        self._rehearsal = Rehearsal(engine, tutor_loader(settings))
        self.front = self._rehearsal.front
        self._models = Models(engine, settings.var, loader(settings))
        self._drafts = DraftQuestions(engine, Drafts(engine, publisher))

    def ways(self, knowledge: Knowledge, groups: Groups, on_published: AfterPublishing) -> list[Way]:
        """Return the pages over some content.

        Args:
            knowledge: The content.
            groups: Finds the questions that stand together.
            on_published: Called after each publication.
        """
        shared = (self._rehearsal, Decisions(self._engine), self._audit)
        desk = Desk(groups, self._publisher, self._drafts, *shared, on_published)
        pages = TrainingPages(self._engine, knowledge, self.trainings, self._models, self._audit, self._rehearsal)
        return [*GroupPages(desk, knowledge).ways(), *pages.ways()]

    def resume(self) -> None:
        """Have trainings be taken up that wait, or were cut off."""
        self.trainings.resume()


def tutor_loader(settings: Settings) -> Callable[[Knowledge], Tutor]:
    """Return what loads the tutor's own way to answer: the index that is in place, and the encoder."""

    def load(knowledge: Knowledge) -> Tutor:
        encoder = RememberingEncoder(load_encoder(settings.encoder_dir))
        trained = load_index(settings.var / INDEX, knowledge, encoder)
        tutor = Tutor(knowledge, trained, Answerer(knowledge, trained, encoder), encoder)
        settle()
        return tutor

    return load
