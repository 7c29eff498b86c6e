"""Reminders and each learner's own time zone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make two tables and a column."""
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("learner_id", sa.String(64), nullable=False, index=True),
        sa.Column("rule", sa.String(80), nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("at", sa.Time, nullable=False),
        sa.Column("is_named", sa.Boolean, nullable=False),
        sa.Column("moment", sa.DateTime),
        sa.Column("due_at", sa.DateTime, index=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("message_id", sa.String(80), nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("learner_id", "message_id", name="uq_reminder_message"),
    )
    op.create_table(
        "reminded",
        sa.Column("learner_id", sa.String(64), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("reminder_id", sa.Integer, nullable=False),
        sa.Column("sent_at", sa.DateTime, nullable=False),
    )
    op.add_column("learner", sa.Column("time_zone_from", sa.String(8)))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("learner", "time_zone_from")
    op.drop_table("reminded")
    op.drop_table("reminder")
