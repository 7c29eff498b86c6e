"""Conversation events, as the assistant's tracker store keeps them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table of events."""
    op.create_table(
        "conversation_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender_id", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("timestamp", sa.Float, nullable=False),
        sa.Column("message_id", sa.String(80), nullable=True),
        sa.Column("intent", sa.String(80), nullable=True),
        sa.Column("action", sa.String(80), nullable=True),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("slots", sa.Text, nullable=True),
        sa.UniqueConstraint("sender_id", "seq", name="uq_conversation_event_seq"),
    )
    op.create_index("ix_conversation_event_message", "conversation_event", ["sender_id", "message_id"])
    op.create_index("ix_conversation_event_time", "conversation_event", ["timestamp"])


def downgrade() -> None:
    """Drop the table of events."""
    op.drop_table("conversation_event")
