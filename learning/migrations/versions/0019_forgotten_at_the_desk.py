"""An erasure reaches the desk: whose question each line of a draft comes from, what was taken out, and files taken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the columns, and make the tables."""
    op.add_column("desk_draft_question", sa.Column("question_id", sa.Integer))
    op.add_column("desk_draft_question", sa.Column("is_verbatim", sa.Boolean, nullable=False, server_default=sa.true()))
    op.create_table(
        "desk_draft_notice",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("draft_path", sa.String(160), nullable=False),
        sa.Column("lines", sa.Integer, nullable=False),
        sa.Column("places", sa.Integer, nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("hashes", sa.Text, nullable=False),
        sa.Column("is_seen", sa.Boolean, nullable=False),
        sa.Column("noted_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "desk_taken",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("learner_id", sa.String(64)),
        sa.Column("file", sa.String(80), nullable=False),
        sa.Column("line_ids", sa.Text, nullable=False),
        sa.Column("taken_by", sa.String(80), nullable=False),
        sa.Column("taken_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_desk_taken_learner_id", "desk_taken", ["learner_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("desk_taken")
    op.drop_table("desk_draft_notice")
    op.drop_column("desk_draft_question", "is_verbatim")
    op.drop_column("desk_draft_question", "question_id")
