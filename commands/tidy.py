"""Forgetting who has been away for long, by hand; the gateway does the same daily."""

from __future__ import annotations

from commands.run import say
from database import migrate, open_engine
from learning.tidying import tidy
from settings import Settings


def tidy_up(settings: Settings) -> None:
    """Do it, and print what was done, in counts only."""
    migrate(settings.database_url)
    engine = open_engine(settings.database_url)
    try:
        say(tidy(engine, settings))
    finally:
        engine.dispose()
