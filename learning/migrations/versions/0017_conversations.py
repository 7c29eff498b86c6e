"""Conversations on the desk: what was typed and how it was understood, ready to be searched, and intents put right."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Make the tables, and what makes filters quick."""
    op.create_table(
        "desk_said",
        sa.Column("outbox_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("intent", sa.String(80)),
        sa.Column("confidence", sa.Float),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("ix_desk_said_learner_id", "desk_said", ["learner_id"])
    op.create_index("ix_desk_said_intent", "desk_said", ["intent"])
    op.create_table(
        "desk_correction",
        sa.Column("learner_id", sa.String(64), primary_key=True),
        sa.Column("message_id", sa.String(80), primary_key=True),
        sa.Column("meant", sa.String(120), nullable=False),
        sa.Column("changed_by", sa.String(80), nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_inbox_channel", "inbox", ["channel", "learner_id"])
    op.create_index("ix_question_decision", "question", ["decision", "learner_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_question_decision", "question")
    op.drop_index("ix_inbox_channel", "inbox")
    op.drop_table("desk_correction")
    op.drop_table("desk_said")
