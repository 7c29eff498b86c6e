"""What is tidied daily: people who have been away for long, codes that are over, and copies of what was deleted."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from database import drop_deleted
from learning.errors import LearningError
from learning.link_codes import LinkCodes
from learning.retention import Retention
from settings import Settings


class CopiesLeft(LearningError):
    """The file could not be rewritten, so that copies of what was deleted may stand in it; the text says why."""


def tidy(engine: Engine, settings: Settings, largest_bytes: int | None = None) -> str:
    """Tidy up, and say what was done, in counts only.

    Args:
        engine: The database.
        settings: How long people are kept.
        largest_bytes: A larger file of SQLite's is not rewritten, which would keep writers waiting for too long.

    Raises:
        CopiesLeft: All is done but the last.
    """
    people = Retention(engine, settings.retention_days).run()
    codes = LinkCodes(engine, settings.secret).tidy()
    done = f"{people} people forgotten, {codes} codes and tries removed"
    if why := drop_deleted(engine, largest_bytes):
        raise CopiesLeft(f"{done}; copies of what was deleted may stand in the database: {why}")
    return done
