"""Repetition, how sure people were, notes that were changed, and the time zone of a learner."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make two tables and four columns."""
    op.create_table(
        "repetition",
        sa.Column("learner_id", sa.String(64), primary_key=True),
        sa.Column("item_id", sa.String(160), primary_key=True),
        sa.Column("fingerprint", sa.String(12), nullable=False),
        sa.Column("stability", sa.Float, nullable=False),
        sa.Column("difficulty", sa.Float, nullable=False),
        sa.Column("answered_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
    )
    op.create_table(
        "sitting",
        sa.Column("learner_id", sa.String(64), primary_key=True),
        sa.Column("item_ids", sa.Text, nullable=False),
        sa.Column("begun_at", sa.DateTime, nullable=False),
    )
    op.add_column("learner", sa.Column("time_zone", sa.String(64)))
    op.add_column("lesson_place", sa.Column("answered", sa.Text, nullable=False, server_default="[]"))
    op.add_column("attempt", sa.Column("sureness", sa.String(8)))
    op.add_column("note", sa.Column("changed_at", sa.DateTime))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("note", "changed_at")
    op.drop_column("attempt", "sureness")
    op.drop_column("lesson_place", "answered")
    op.drop_column("learner", "time_zone")
    op.drop_table("sitting")
    op.drop_table("repetition")
