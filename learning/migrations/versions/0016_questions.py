"""What the desk does with questions: vectors of them, what was decided, examples in drafts, and trainings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "desk_vector",
        sa.Column("question_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("encoder", sa.String(16), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_desk_vector_learner_id", "desk_vector", ["learner_id"])
    op.create_table(
        "desk_decided",
        sa.Column("question_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(10), nullable=False),
        sa.Column("decided_by", sa.String(80), nullable=False),
        sa.Column("decided_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_desk_decided_learner_id", "desk_decided", ["learner_id"])
    op.create_table(
        "desk_draft_question",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("draft_path", sa.String(160), nullable=False),
        sa.Column("line", sa.Text, nullable=False),
    )
    op.create_index("ix_desk_draft_question_learner_id", "desk_draft_question", ["learner_id"])
    op.create_table(
        "desk_training",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("asked_by", sa.String(80), nullable=False),
        sa.Column("asked_at", sa.DateTime, nullable=False),
        sa.Column("begun_at", sa.DateTime),
        sa.Column("seen_at", sa.DateTime),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("process", sa.Integer),
        sa.Column("doing", sa.Text, nullable=False),
        sa.Column("content", sa.String(16), nullable=False),
        sa.Column("report", sa.Text, nullable=False),
    )
    op.create_index("ix_desk_training_state", "desk_training", ["state"])
    op.create_table(
        "desk_model",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("training_id", sa.Integer),
        sa.Column("taken_by", sa.String(80), nullable=False),
        sa.Column("taken_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for name in ("desk_model", "desk_training", "desk_draft_question", "desk_decided", "desk_vector"):
        op.drop_table(name)
