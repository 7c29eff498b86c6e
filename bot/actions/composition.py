"""What the actions work with, put together once, and anew when the content changes.

Rasa makes actions without arguments, so it is kept here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sqlalchemy.engine import Engine

from database import open_engine
from knowledge.answering import Answerer
from knowledge.encoder import load_encoder
from knowledge.index_file import load_index
from knowledge.live import Live
from knowledge.model import Knowledge
from learning.comparing import CompareWalk
from learning.doorways import OpenDoors
from learning.downloads import Downloads
from learning.editions import keep_editions
from learning.gallery import Gallery
from learning.lessons import LessonWalk
from learning.link_codes import LinkCodes
from learning.notebook import Notebook
from learning.plan_walk import PlanWalk
from learning.reminder_book import ReminderBook
from learning.reminders import QuietHours
from learning.repeating import Repeating
from learning.store import LearningStore
from settings import Settings, load_settings

INDEX_NAME = "index.npz"


@dataclass(frozen=True)
class Parts:
    """Everything an action may use."""

    knowledge: Knowledge
    answerer: Answerer
    store: LearningStore
    walk: LessonWalk
    settings: Settings = field(default_factory=load_settings)

    @property
    def reminders(self) -> ReminderBook:
        """What people asked to be reminded of, and where they are."""
        return ReminderBook(self.store, QuietHours(*self.settings.quiet_hours))

    @property
    def plan(self) -> PlanWalk:
        """The walk through the Roadmap with a person's own project."""
        return PlanWalk(self.knowledge, self.store)

    @property
    def compare(self) -> CompareWalk:
        """The comparison of a person's own setting with the pilots."""
        return CompareWalk(self.knowledge, self.store)

    @property
    def repeating(self) -> Repeating:
        """Sittings of repetition."""
        return Repeating(self.knowledge, self.store, self.walk)

    @property
    def notebook(self) -> Notebook:
        """What people wrote in reflections."""
        return Notebook(self.knowledge.course, self.store)

    @property
    def downloads(self) -> Downloads:
        """Links to what people take away."""
        return Downloads(self.store.engine, self.store.clock)

    @property
    def link_codes(self) -> LinkCodes:
        """Codes that open one's course on another device."""
        return LinkCodes(self.store.engine, self.settings.secret, self.store.clock)

    @property
    def doors(self) -> OpenDoors:
        """The doors that lead to a learner."""
        return OpenDoors(self.store.engine)

    @property
    def gallery(self) -> Gallery:
        """Pictures of a person's own."""
        return Gallery(self.knowledge, self.store)


def index_path(settings: Settings) -> Path:
    """Return where the trained index is kept."""
    return settings.var / "models" / INDEX_NAME


def parts() -> Parts:
    """Return the parts, made from the content as it is now."""
    return live_parts()()


@lru_cache(maxsize=1)
def live_parts() -> Live[Parts]:
    """Put the parts together once, as the settings say; they are made anew when content or index change."""
    settings = load_settings()
    engine = open_engine(settings.database_url)
    return Live(
        lambda knowledge: make_parts(settings, knowledge, engine),
        settings.content_dir,
        also=[index_path(settings)],
        kept=settings.kept_content,
    )


def make_parts(settings: Settings, knowledge: Knowledge, engine: Engine) -> Parts:
    """Put the parts together; about a second. What changed since the training is fitted in.

    Raises:
        IndexFileError: The trained index is missing or cannot be used.
    """
    encoder = load_encoder(settings.encoder_dir)
    answerer = Answerer(knowledge, load_index(index_path(settings), knowledge, encoder), encoder)
    keep_editions(engine, knowledge.lessons.values())
    store = LearningStore(engine, time_zone=settings.time_zone)
    return Parts(knowledge, answerer, store, LessonWalk(knowledge, store), settings)
