"""The desk of the course team: logins, sessions, audit trail, and marks on conversations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the tables, and what makes a month of questions and answers quick to read."""
    op.create_table(
        "desk_user",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("disabled_at", sa.DateTime),
    )
    op.create_table(
        "desk_session",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_desk_session_name", "desk_session", ["name"])
    op.create_table(
        "desk_try",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("tried_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_desk_try_name", "desk_try", ["name"])
    op.create_index("ix_desk_try_address", "desk_try", ["address"])
    op.create_table(
        "desk_audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("done_at", sa.DateTime, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("target", sa.String(160), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_desk_audit_done_at", "desk_audit", ["done_at"])
    op.create_table(
        "desk_mark",
        sa.Column("learner_id", sa.String(64), primary_key=True),
        sa.Column("reviewed_to", sa.Integer),
        sa.Column("is_flagged", sa.Boolean, nullable=False),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("handed_to", sa.String(80)),
        sa.Column("changed_by", sa.String(80), nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_question_asked_at", "question", ["asked_at"])
    op.create_index("ix_attempt_item", "attempt", ["item_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_attempt_item", "attempt")
    op.drop_index("ix_question_asked_at", "question")
    for name in ("desk_mark", "desk_audit", "desk_try", "desk_session", "desk_user"):
        op.drop_table(name)
