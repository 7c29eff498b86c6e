"""What a learner has done: places in lessons, attempts, notes, questions, ratings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = ("handled", "rating", "question", "note", "attempt", "lesson_place", "learner")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "learner",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("lesson_id", sa.String(80)),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "lesson_place",
        sa.Column("learner_id", sa.String(64), primary_key=True),
        sa.Column("lesson_id", sa.String(80), primary_key=True),
        sa.Column("version", sa.String(12), nullable=False),
        sa.Column("step_key", sa.String(120), nullable=False),
        sa.Column("step_number", sa.Integer, nullable=False),
        sa.Column("picked", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("is_closed", sa.Boolean, nullable=False),
        sa.Column("is_done", sa.Boolean, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
    )
    _make_records()
    op.create_table(
        "handled",
        sa.Column("learner_id", sa.String(64), primary_key=True),
        sa.Column("message_id", sa.String(80), primary_key=True),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("handled_at", sa.DateTime, nullable=False),
    )


def _make_records() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("lesson_id", sa.String(80), nullable=False),
        sa.Column("item_id", sa.String(160), nullable=False),
        sa.Column("version", sa.String(12), nullable=False),
        sa.Column("chosen", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("message_id", sa.String(80), nullable=False),
        sa.Column("answered_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("learner_id", "message_id", name="uq_attempt_message"),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("lesson_id", sa.String(80), nullable=False),
        sa.Column("keep_as", sa.String(80), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("message_id", sa.String(80), nullable=False),
        sa.Column("written_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("learner_id", "message_id", name="uq_note_message"),
    )
    op.create_index("ix_note_learner_id", "note", ["learner_id"])
    op.create_table(
        "question",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("decision", sa.String(10), nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("message_id", sa.String(80), nullable=False),
        sa.Column("asked_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("learner_id", "message_id", name="uq_question_message"),
    )
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("topic_id", sa.String(80), nullable=False),
        sa.Column("is_helpful", sa.Boolean, nullable=False),
        sa.Column("message_id", sa.String(80), nullable=False),
        sa.Column("rated_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("learner_id", "message_id", name="uq_rating_message"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in TABLES:
        op.drop_table(name)
