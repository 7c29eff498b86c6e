"""A plan of one's own: projects, their answers, where the walk stands; and comparisons with the pilots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "project",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("stage_id", sa.String(80), nullable=False),
        sa.Column("question_id", sa.String(160), nullable=False),
        sa.Column("message_id", sa.String(80), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("learner_id", "message_id", name="uq_project_message"),
    )
    op.create_table(
        "plan_place",
        sa.Column("learner_id", sa.String(64), primary_key=True),
        sa.Column("project_id", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "plan_answer",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("project_id", sa.Integer, nullable=False),
        sa.Column("question_id", sa.String(160), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("message_id", sa.String(80), nullable=False),
        sa.Column("answered_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("learner_id", "message_id", name="uq_plan_answer_message"),
    )
    op.create_index("ix_plan_answer_project_id", "plan_answer", ["project_id"])
    op.create_table(
        "comparison",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("chosen", sa.Text, nullable=False),
        sa.Column("attribute_key", sa.String(80), nullable=False),
        sa.Column("nearest", sa.Text, nullable=False),
        sa.Column("message_id", sa.String(80), nullable=False),
        sa.Column("begun_at", sa.DateTime, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("learner_id", "message_id", name="uq_comparison_message"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in ("comparison", "plan_answer", "plan_place", "project"):
        op.drop_table(name)
