"""What is tidied daily: people who have been away for long, codes that are over, and what was deleted in the log."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from database import cut_log
from learning.link_codes import LinkCodes
from learning.retention import Retention
from settings import Settings


def tidy(engine: Engine, settings: Settings) -> str:
    """Tidy up, and say what was done, in counts only."""
    people = Retention(engine, settings.retention_days).run()
    codes = LinkCodes(engine, settings.secret).tidy()
    is_clear = cut_log(engine)
    after = "" if is_clear else "; the database's log was in use and is cut the next time"
    return f"{people} people forgotten, {codes} codes and tries removed{after}"
