"""What is tidied daily: people who have been away for long, codes that are over, and copies of what was deleted."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from database import drop_deleted
from learning.errors import LearningError
from learning.link_codes import LinkCodes
from learning.retention import Retention
from settings import Settings


class DatabaseInUse(LearningError):
    """The file could not be rewritten, so that copies of what was deleted may stand in it; the next run does it."""


def tidy(engine: Engine, settings: Settings) -> str:
    """Tidy up, and say what was done, in counts only.

    Raises:
        DatabaseInUse: All is done but the last: somebody reads or writes all the time.
    """
    people = Retention(engine, settings.retention_days).run()
    codes = LinkCodes(engine, settings.secret).tidy()
    done = f"{people} people forgotten, {codes} codes and tries removed"
    if not drop_deleted(engine):
        raise DatabaseInUse(
            f"{done}; the database was in use, so copies of what was deleted may stand in it until the next run"
        )
    return done
