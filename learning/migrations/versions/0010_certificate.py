"""Certificates: what was certified, when, and whether it still holds; no name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "certificate",
        sa.Column("code_hash", sa.String(64), primary_key=True),
        sa.Column("code_start", sa.String(8), nullable=False),
        sa.Column("learner_id", sa.String(64)),
        sa.Column("course", sa.Text, nullable=False),
        sa.Column("version", sa.String(16), nullable=False),
        sa.Column("titles", sa.Text, nullable=False),
        sa.Column("lessons_asked", sa.Integer, nullable=False),
        sa.Column("score_percent", sa.Integer, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("issued_at", sa.DateTime, nullable=False),
        sa.Column("replaced_at", sa.DateTime),
        sa.Column("revoked_at", sa.DateTime),
        sa.Column("reason", sa.Text),
    )
    op.create_index("ix_certificate_learner_id", "certificate", ["learner_id"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("certificate")
