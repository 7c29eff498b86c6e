"""What is tidied daily: people who have been away for long, codes that are over, and what was deleted in the log."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from database import cut_log
from learning.errors import LearningError
from learning.link_codes import LinkCodes
from learning.retention import Retention
from settings import Settings


class LogInUse(LearningError):
    """The database's log could not be cut, so that what was deleted may still stand in it; the next run does it."""


def tidy(engine: Engine, settings: Settings) -> str:
    """Tidy up, and say what was done, in counts only.

    Raises:
        LogInUse: All is done but the last: somebody reads or writes all the time.
    """
    people = Retention(engine, settings.retention_days).run()
    codes = LinkCodes(engine, settings.secret).tidy()
    done = f"{people} people forgotten, {codes} codes and tries removed"
    if not cut_log(engine):
        raise LogInUse(f"{done}; the database's log was in use, so what was deleted may stand in it until the next run")
    return done
