"""Run the migrations against the database that ``database.migrate`` names."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

from database import open_engine

MIGRATION_LOCK = 770492


def run() -> None:
    """Apply what is missing in one transaction: another program that starts now waits, and finds it done."""
    engine = open_engine(context.config.attributes["url"])
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # SQLite's transactions begin with the lock
            connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
        context.configure(connection=connection, target_metadata=None)
        context.run_migrations()
    engine.dispose()


run()
