"""Run the migrations against the database that ``database.migrate`` names."""

from __future__ import annotations

from alembic import context

from database import open_engine


def run() -> None:
    """Apply what is missing, each step in a transaction of its own."""
    engine = open_engine(context.config.attributes["url"])
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=None, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


run()
